import { describe, expect, it } from '@jest/globals';
import type { AllowedMentions, MentionInput } from './mentions';
import { mentionsInText, pingedBy } from './mentions';

const ANNA = '111111111111111111';
const BEN = '222222222222222222';
const STAFF = '333333333333333333';
const PLAYERS = '444444444444444444';

const pinged = (content: string, allowed?: AllowedMentions, more: Partial<MentionInput> = {}) =>
  pingedBy({
    content,
    allowed,
    mayMentionEveryone: false,
    isRoleMentionable: (id) => (id === STAFF ? true : id === PLAYERS ? false : undefined),
    isUser: (id) => id === ANNA || id === BEN,
    ...more,
  });
const text = `<@${ANNA}> <@!${BEN}> <@&${STAFF}> <@&${PLAYERS}> @everyone`;

describe('mentionsInText', () => {
  it('finds users, roles, channels and everyone', () => {
    expect(mentionsInText(`${text} <#${BEN}>`)).toEqual({
      users: [ANNA, BEN],
      roles: [STAFF, PLAYERS],
      channels: [BEN],
      everyone: true,
    });
  });

  it('takes code for text', () => {
    expect(mentionsInText(`\`<@${ANNA}>\` \`\`\`\n@everyone\n\`\`\``)).toEqual({
      users: [],
      roles: [],
      channels: [],
      everyone: false,
    });
  });
});

describe('pingedBy', () => {
  it('pings users and mentionable roles when nothing is said', () => {
    expect(pinged(text)).toEqual({ users: [ANNA, BEN], roles: [STAFF], everyone: false });
  });

  it('pings everyone and closed roles only with the right', () => {
    const right = { mayMentionEveryone: true };
    expect(pinged(text, undefined, right)).toEqual({
      users: [ANNA, BEN],
      roles: [STAFF, PLAYERS],
      everyone: true,
    });
  });

  it('pings nobody with an empty parse', () => {
    const nobody = { users: [], roles: [], everyone: false };
    expect(pinged(text, { parse: [] }, { mayMentionEveryone: true })).toEqual(nobody);
    expect(pinged(text, {}, { repliedTo: BEN })).toEqual(nobody);
  });

  it('pings the named users and roles', () => {
    expect(pinged(text, { parse: [], users: [BEN], roles: [STAFF, PLAYERS] })).toEqual({
      users: [BEN],
      roles: [STAFF],
      everyone: false,
    });
  });

  it('pings only what the text mentions, and users that exist', () => {
    expect(pinged('hello', { users: [ANNA] }).users).toEqual([]);
    expect(pinged('<@999999999999999999>').users).toEqual([]);
  });

  it('pings whom it answers, unless told not to', () => {
    expect(pinged('hello', undefined, { repliedTo: BEN }).users).toEqual([BEN]);
    expect(pinged('hello', { parse: [], replied_user: true }, { repliedTo: BEN }).users).toEqual([
      BEN,
    ]);
    expect(pinged('hello', { parse: ['users'] }, { repliedTo: BEN }).users).toEqual([]);
  });
});
