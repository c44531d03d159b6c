import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCaseRepository, OutdatedChannel, type CaseRepository } from '../../src/db/cases';
import { createConversationRepository, type Conversation } from '../../src/db/conversations';
import { GUILD, OPENER } from '../contracts/case-fixtures';
import { CASE, CHANNEL, Life, NOW } from '../contracts/recorded-life';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords();

let cases: CaseRepository;
beforeAll(() => {
  cases = createCaseRepository(records.knex);
});

describe('a case’s channel', () => {
  it('is found before the case is open', async () => {
    await new Life(cases).accepted();
    await cases.rememberChannel(CASE, 1, CHANNEL);
    expect(await cases.byChannel(CHANNEL)).toMatchObject({ caseId: CASE, status: 'opening' });
    expect(await cases.openChannels(GUILD)).toEqual([
      { caseId: CASE, channelId: CHANNEL, lastMessageId: null, status: 'opening' },
    ]);
  });

  it('can be replaced while it is not in use, and noted again', async () => {
    await new Life(cases).accepted();
    await cases.rememberChannel(CASE, 1, '1');
    await cases.rememberChannel(CASE, 1, CHANNEL);
    await cases.rememberChannel(CASE, 1, CHANNEL);
    expect(await cases.byChannel('1')).toBeNull();
    expect(await cases.byChannel(CHANNEL)).not.toBeNull();
  });

  it('stays when the record before it is tried again', async () => {
    const life = await new Life(cases).open();
    await life.record({ type: 'closing', cause: 'opener', by: OPENER, note: null });
    await life.record({ type: 'closed', messages: 0 });
    const reopened = life.step({ type: 'reopened', by: OPENER, newChannel: true });
    await life.write(reopened);
    await cases.rememberChannel(CASE, 2, '77');
    await life.write(reopened);
    expect(await cases.byChannel('77')).toMatchObject({ caseId: CASE, status: 'reopening' });
  });

  it('is not taken away by a try of an earlier time', async () => {
    const life = await new Life(cases).open();
    await cases.rememberChannel(CASE, 1, CHANNEL);
    await expect(cases.rememberChannel(CASE, 1, '99')).rejects.toThrow(OutdatedChannel);
    await life.record({ type: 'closing', cause: 'opener', by: OPENER, note: null });
    await life.record({ type: 'closed', messages: 0 });
    await life.record({ type: 'reopened', by: OPENER, newChannel: true });
    await expect(cases.rememberChannel(CASE, 1, '99')).rejects.toThrow(OutdatedChannel);
    expect(await cases.byChannel('99')).toBeNull();
  });

  it('belongs to one case', async () => {
    await new Life(cases, 'ticket-1').accepted();
    await new Life(cases, 'ticket-2').accepted();
    await cases.rememberChannel('ticket-1', 1, CHANNEL);
    await expect(cases.rememberChannel('ticket-2', 1, CHANNEL)).rejects.toThrow(/unique/u);
  });

  it('is no longer open when the case is closed', async () => {
    const life = await new Life(cases).open();
    expect(await cases.openChannels(GUILD)).toHaveLength(1);
    await life.record({ type: 'closing', cause: 'opener', by: OPENER, note: null });
    expect(await cases.openChannels(GUILD)).toMatchObject([{ status: 'closing' }]);
    await life.record({ type: 'closed', messages: 0 });
    expect(await cases.openChannels(GUILD)).toEqual([]);
    expect(await cases.byChannel(CHANNEL)).toBeNull();
  });

  it('remembers its newest message, and never an older one', async () => {
    await new Life(cases).open();
    await cases.rememberLastMessage(CASE, '999');
    await cases.rememberLastMessage(CASE, '1000');
    await cases.rememberLastMessage(CASE, '998');
    await cases.rememberLastMessage(CASE, '1000');
    expect((await cases.openChannels(GUILD))[0]?.lastMessageId).toBe('1000');
  });
});

describe('stored conversations', () => {
  const conversation: Conversation = {
    caseId: CASE,
    generation: 1,
    storageKey: 'conversations/ticket-1/1.json',
    sha256: 'ab'.repeat(32),
    messages: 4,
    lastMessageId: '600000000000000009',
    complete: false,
    storedAt: NOW,
  };
  const conversations = () => createConversationRepository(records.knex);

  it('are known by case and generation', async () => {
    await new Life(cases).open();
    await conversations().save(conversation);
    await conversations().save({ ...conversation, generation: 2, lastMessageId: null });
    expect(await conversations().get(CASE, 1)).toEqual(conversation);
    expect(await conversations().get(CASE, 2)).toMatchObject({ lastMessageId: null });
    expect(await conversations().get(CASE, 3)).toBeNull();
  });

  it('are replaced until they are complete', async () => {
    await new Life(cases).open();
    const complete = { ...conversation, messages: 9, complete: true };
    await conversations().save(conversation);
    await conversations().save(complete);
    await conversations().save({ ...conversation, messages: 2 });
    expect(await conversations().get(CASE, 1)).toEqual(complete);
    await conversations().save({ ...complete, messages: 10 });
    expect(await conversations().get(CASE, 1)).toMatchObject({ messages: 10 });
  });
});
