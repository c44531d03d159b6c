import { describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import fc from 'fast-check';
import {
  ALL_PERMISSIONS,
  channelPermissions,
  guildPermissions,
  has,
  missing,
  permissionNames,
  threadPermissions,
} from './permissions';
import type { GuildView, MemberView, OverwriteView } from './permissions';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const guild: GuildView = {
  id: '1',
  owner_id: '10',
  roles: [
    { id: '1', position: 0, permissions: String(P.ViewChannel | P.SendMessages | P.EmbedLinks) },
    { id: '2', position: 1, permissions: String(P.ManageMessages | P.Connect | P.Speak) },
    { id: '3', position: 2, permissions: String(P.Administrator) },
    { id: '4', position: 3, permissions: '0' },
  ],
};
const member = (id: string, roles: string[] = [], until?: string): MemberView => ({
  user: { id },
  roles,
  communication_disabled_until: until ?? null,
});
const overwrite = (id: string, type: 0 | 1, allow: bigint, deny: bigint): OverwriteView => ({
  id,
  type,
  allow: String(allow),
  deny: String(deny),
});

describe('guildPermissions', () => {
  it('adds up @everyone and the roles of the member', () => {
    expect(guildPermissions(guild, member('20', ['2']), NOW)).toBe(
      P.ViewChannel | P.SendMessages | P.EmbedLinks | P.ManageMessages | P.Connect | P.Speak,
    );
  });

  it('gives everything to the owner and to administrators', () => {
    expect(guildPermissions(guild, member('10'), NOW)).toBe(ALL_PERMISSIONS);
    expect(guildPermissions(guild, member('20', ['3']), NOW)).toBe(ALL_PERMISSIONS);
  });

  it('leaves a member in time-out only reading, and an administrator everything', () => {
    const until = new Date(NOW + 1).toISOString();
    expect(guildPermissions(guild, member('20', [], until), NOW)).toBe(P.ViewChannel);
    expect(guildPermissions(guild, member('20', [], until), NOW + 2)).toBe(
      P.ViewChannel | P.SendMessages | P.EmbedLinks,
    );
    expect(guildPermissions(guild, member('20', ['3'], until), NOW)).toBe(ALL_PERMISSIONS);
  });
});

describe('channelPermissions', () => {
  const inChannel = (who: MemberView, ...permission_overwrites: OverwriteView[]): bigint =>
    channelPermissions(guild, who, { permission_overwrites }, NOW);

  it('takes everything from who may not view the channel', () => {
    expect(inChannel(member('20', ['2']), overwrite('1', 0, 0n, P.ViewChannel))).toBe(0n);
  });

  it('lets a role see what @everyone may not, and the member overwrite decide last', () => {
    const hidden = overwrite('1', 0, 0n, P.ViewChannel);
    const team = overwrite('2', 0, P.ViewChannel, 0n);
    const banned = overwrite('20', 1, 0n, P.ViewChannel);
    expect(has(inChannel(member('20', ['2']), hidden, team), P.ViewChannel)).toBe(true);
    expect(inChannel(member('20', ['2']), banned, hidden, team)).toBe(0n);
  });

  it('lets one role allow what another role denies', () => {
    const denies = overwrite('4', 0, 0n, P.SendMessages);
    const allows = overwrite('2', 0, P.SendMessages, 0n);
    expect(has(inChannel(member('20', ['4', '2']), allows, denies), P.SendMessages)).toBe(true);
  });

  it('does not let overwrites bind administrators or the owner', () => {
    const hidden = overwrite('1', 0, 0n, P.ViewChannel);
    expect(inChannel(member('10'), hidden)).toBe(ALL_PERMISSIONS);
    expect(inChannel(member('20', ['3']), hidden)).toBe(ALL_PERMISSIONS);
  });

  it('takes embeds, files and pings with the right to send, and speaking with the right to join', () => {
    const mute = overwrite('1', 0, P.AttachFiles | P.MentionEveryone, P.SendMessages | P.Connect);
    const left = inChannel(member('20', []), mute);
    expect(permissionNames(left)).toEqual(['ViewChannel']);
  });

  it('never gives more than base permissions and allowances together', () => {
    const bits = fc.bigInt({ min: 0n, max: ALL_PERMISSIONS });
    fc.assert(
      fc.property(bits, bits, bits, bits, (everyoneAllow, everyoneDeny, ownAllow, ownDeny) => {
        const who = member('20', ['2']);
        const got = inChannel(
          who,
          overwrite('1', 0, everyoneAllow, everyoneDeny),
          overwrite('20', 1, ownAllow, ownDeny),
        );
        const most = guildPermissions(guild, who, NOW) | everyoneAllow | ownAllow;
        expect(missing(most, got)).toBe(0n);
        expect(got & ownDeny & ~ownAllow).toBe(0n);
      }),
    );
  });
});

describe('threadPermissions', () => {
  const parent = {
    permission_overwrites: [overwrite('1', 0, P.SendMessagesInThreads, P.SendMessages)],
  };

  it('lets who may write in threads embed, though not in the parent', () => {
    const open = { isPrivate: false, isMember: false };
    const got = threadPermissions(guild, member('20'), parent, open, NOW);
    expect(has(got, P.SendMessagesInThreads | P.EmbedLinks)).toBe(true);
    expect(has(channelPermissions(guild, member('20'), parent, NOW), P.EmbedLinks)).toBe(false);
  });

  it('shows a private thread to those who were added and to those who manage threads', () => {
    const hidden = { isPrivate: true, isMember: false };
    expect(threadPermissions(guild, member('20'), parent, hidden, NOW)).toBe(0n);
    const added = { isPrivate: true, isMember: true };
    expect(threadPermissions(guild, member('20'), parent, added, NOW)).not.toBe(0n);
    const manager = { permission_overwrites: [overwrite('20', 1, P.ManageThreads, 0n)] };
    expect(threadPermissions(guild, member('20'), manager, hidden, NOW)).not.toBe(0n);
  });
});
