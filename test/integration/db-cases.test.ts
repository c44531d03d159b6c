import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCaseRepository, UnknownCase, type CaseRepository } from '../../src/db/cases';
import { newCase } from '../../src/domain/cases/case';
import { GUILD, opening, OPENER, POLICY, SENIOR, STAFF } from '../contracts/case-fixtures';
import { CASE, Life, NOW } from '../contracts/recorded-life';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords();

let cases: CaseRepository;
beforeAll(() => {
  cases = createCaseRepository(records.knex);
});

describe('recording what happened', () => {
  it('keeps a whole life: who did what, when, to what effect', async () => {
    const life = await new Life(cases).open();
    await life.record({ type: 'claimed', by: STAFF, from: null });
    await life.record(
      { type: 'first-answered', by: STAFF, answeredAt: NOW + 2_500 },
      { type: 'messages-seen', lastAt: NOW + 2_900 },
    );
    await life.record({ type: 'raised', by: { userId: STAFF }, team: 'seniors' });
    const raisedAt = life.now;
    await life.record({ type: 'claimed', by: SENIOR, from: null });
    const resolved = life.step({ type: 'resolved', by: SENIOR, note: 'sealed' });
    await life.write(resolved, [[resolved.state.seq, 'Gave the diamonds back.']]);
    const resolvedAt = life.now;
    const closing = life.step({ type: 'closing', cause: 'opener', by: OPENER, note: 'sealed' });
    await life.write(closing, [[closing.state.seq, 'Thanks!']]);
    await life.record({ type: 'closed', messages: 12 });

    expect(await cases.get(CASE)).toMatchObject({
      status: 'closed',
      teamId: 'seniors',
      assigneeId: SENIOR,
      channelId: null,
      messageId: null,
      raisedAt,
      raisedBy: STAFF,
      raisedToTeam: 'seniors',
      firstAnsweredAt: NOW + 2_500,
      firstAnsweredBy: STAFF,
      resolvedAt,
      resolvedBy: SENIOR,
      resolution: 'Gave the diamonds back.',
      closedAt: life.now,
      closedBy: OPENER,
      closeCause: 'opener',
      closeReason: 'Thanks!',
      lastSeq: life.state.seq,
    });
    const history = await cases.events(CASE);
    expect(history.map(({ seq, type, actorId, note }) => [seq, type, actorId, note])).toEqual([
      [1, 'accepted', OPENER, null],
      [2, 'channel-created', null, null],
      [3, 'claimed', STAFF, null],
      [4, 'first-answered', STAFF, null],
      // 5, messages seen, is no part of the history.
      [6, 'raised', STAFF, null],
      [7, 'claimed', SENIOR, null],
      [8, 'resolved', SENIOR, 'Gave the diamonds back.'],
      [9, 'closing', OPENER, 'Thanks!'],
      [10, 'closed', null, null],
    ]);
    expect(history[5]).toMatchObject({ at: raisedAt + 1_000, data: { by: SENIOR, from: null } });
    expect(JSON.stringify(history)).not.toContain('sealed');
  });

  it('says when it was the service level that raised a case', async () => {
    const life = await new Life(cases).open();
    await life.record({ type: 'raised', by: { serviceLevel: true }, team: 'seniors' });
    expect(await cases.get(CASE)).toMatchObject({ raisedBy: 'service-level' });
    expect((await cases.events(CASE)).at(-1)).toMatchObject({ type: 'raised', actorId: null });
  });

  it('only moves the last activity when messages were seen', async () => {
    const life = await new Life(cases).open();
    const before = await cases.events(CASE);
    await life.record({ type: 'messages-seen', lastAt: NOW + 60_000 });
    expect(await cases.events(CASE)).toEqual(before);
    expect(await cases.get(CASE)).toMatchObject({ lastActivityAt: NOW + 60_000, lastSeq: 3 });
  });

  it('happens once, however often it is tried', async () => {
    const life = await new Life(cases).open();
    const closing = life.step({ type: 'closing', cause: 'staff', by: STAFF, note: 'sealed' });
    const notes: [number, string][] = [[closing.state.seq, 'Spam']];
    await Promise.all(Array.from({ length: 5 }, () => life.write(closing, notes)));
    await life.record({ type: 'closed', messages: 0 });
    const [row, history] = [await cases.get(CASE), await cases.events(CASE)];

    await life.write(closing, notes);
    expect(await cases.get(CASE)).toEqual(row);
    expect(await cases.events(CASE)).toEqual(history);
    expect(row).toMatchObject({ status: 'closed', closedBy: STAFF, closeReason: 'Spam' });
  });

  it('is not turned back by a late try, which still completes the history', async () => {
    const life = await new Life(cases).open();
    const resolved = life.step({ type: 'resolved', by: STAFF, note: 'sealed' });
    const closing = life.step({ type: 'closing', cause: 'opener', by: OPENER, note: 'sealed' });
    const closed = life.step({ type: 'closed', messages: 3 });
    await life.write(closed);
    await life.write(closing, [[closing.state.seq, 'Bye']]);
    await life.write(resolved, [[resolved.state.seq, 'Done']]);

    expect(await cases.get(CASE)).toMatchObject({
      status: 'closed',
      lastSeq: closed.state.seq,
      resolvedBy: STAFF,
      resolution: 'Done',
      closedBy: OPENER,
      closeReason: 'Bye',
    });
    expect((await cases.events(CASE)).map(({ type }) => type)).toEqual([
      'accepted',
      'channel-created',
      'resolved',
      'closing',
      'closed',
    ]);
  });

  it('goes on with what the last try of a step has led to', async () => {
    const life = await new Life(cases).accepted();
    const before = life.state;
    await life.record({ type: 'channel-created', channelId: '51', messageId: '61' });
    // The process died before it could say so, and somebody deleted the channel.
    life.state = before;
    await life.record({ type: 'channel-created', channelId: '52', messageId: '62' });
    expect(await cases.get(CASE)).toMatchObject({ channelId: '52', messageId: '62', lastSeq: 2 });
    expect(await cases.byChannel('51')).toBeNull();
  });

  it('comes to the same end in whatever order it arrives', async () => {
    const life = await new Life(cases).open();
    const changes = [
      life.step({ type: 'claimed', by: STAFF, from: null }),
      life.step({ type: 'resolved', by: STAFF, note: null }),
      life.step({ type: 'reopened', by: OPENER, newChannel: false }),
      life.step({ type: 'resolved', by: SENIOR, note: null }),
      life.step({ type: 'closing', cause: 'staff', by: SENIOR, note: null }),
    ];
    await Promise.all([...changes].reverse().map((change) => life.write(change)));
    expect(await cases.get(CASE)).toMatchObject({
      status: 'closing',
      lastSeq: life.state.seq,
      resolvedBy: SENIOR,
      closedBy: SENIOR,
    });
    expect((await cases.events(CASE)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('forgets a resolution that did not last, but for the history', async () => {
    const life = await new Life(cases).open();
    const resolved = life.step({ type: 'resolved', by: STAFF, note: 'sealed' });
    await life.write(resolved, [[resolved.state.seq, 'Done']]);
    await life.record({ type: 'reopened', by: OPENER, newChannel: false });
    expect(await cases.get(CASE)).toMatchObject({
      status: 'open',
      resolvedAt: null,
      resolvedBy: null,
      resolution: null,
    });
    expect((await cases.events(CASE)).at(-2)).toMatchObject({ type: 'resolved', note: 'Done' });
  });

  it('shows a case as closed as before when its reopening fails', async () => {
    const life = await new Life(cases).open();
    const closing = life.step({ type: 'closing', cause: 'staff', by: STAFF, note: 'sealed' });
    await life.write(closing, [[closing.state.seq, 'Done']]);
    await life.record({ type: 'closed', messages: 3 });
    const closedAt = life.now;
    await life.record({ type: 'reopened', by: OPENER, newChannel: true });
    expect(await cases.get(CASE)).toMatchObject({ status: 'reopening', generation: 2 });
    await life.record({ type: 'opening-failed', code: '50013' });
    expect(await cases.get(CASE)).toMatchObject({
      status: 'closed',
      closedAt,
      closedBy: STAFF,
      closeCause: 'staff',
      closeReason: 'Done',
    });
    await life.record({ type: 'reopened', by: OPENER, newChannel: true });
    await life.record({ type: 'channel-created', channelId: '7', messageId: '8' });
    expect(await cases.get(CASE)).toMatchObject({
      status: 'open',
      channelId: '7',
      generation: 3,
      closedAt: null,
      closedBy: null,
      closeCause: null,
      closeReason: null,
    });
  });

  it('refuses what belongs to no case', async () => {
    const state = { ...newCase(OPENER, NOW), seq: 3, policy: POLICY, status: 'open' } as const;
    const released = { type: 'released', by: STAFF, from: STAFF } as const;
    const unknown = { caseId: 'ticket-0', state, notes: new Map<number, string>() };
    await expect(
      cases.record({ ...unknown, events: [{ seq: 3, at: NOW, event: released }] }),
    ).rejects.toThrow(UnknownCase);
    await expect(cases.record({ ...unknown, events: [] })).rejects.toThrow(UnknownCase);
    await expect(cases.rememberLastMessage('ticket-0', '1')).rejects.toThrow(UnknownCase);
    await expect(cases.rememberChannel('ticket-0', 1, '1')).rejects.toThrow(UnknownCase);
  });

  it('stores what people wrote, whatever they wrote', async () => {
    const odd = `a\0b \ud800 \udc00 c\\ 'd" {} ? :id $1 \u202e 🏰`;
    const even = odd.replace('\0', '\ufffd').replace('\ud800 \udc00', '\ufffd \ufffd');
    await cases.accept(
      opening(CASE, {
        openerName: odd,
        answers: [{ fieldId: 'what', label: odd, value: odd }],
      }),
    );
    const life = new Life(cases);
    life.step({ type: 'accepted', number: 1, policy: POLICY });
    const resolved = life.step({ type: 'resolved', by: STAFF, note: 'sealed' });
    await life.write(resolved, [[resolved.state.seq, odd]]);
    expect(await cases.answers(CASE)).toEqual([{ fieldId: 'what', label: even, value: even }]);
    expect(await cases.get(CASE)).toMatchObject({ openerName: even, resolution: even });
    expect((await cases.events(CASE)).at(-1)?.note).toBe(even);
  });

  it('says nothing of what people wrote when Postgres refuses it', async () => {
    const refused = cases.accept(
      opening(CASE, {
        openerId: 'nobody',
        openerName: 'My secret',
        answers: [{ fieldId: 'what', label: 'What?', value: 'My secret' }],
      }),
    );
    const error: unknown = await refused.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 9 })).toContain('cases_opener_id_check');
    expect(inspect(error, { depth: 9 })).not.toContain('secret');
  });
});

describe('the history', () => {
  it('is only added to', async () => {
    await new Life(cases).open();
    const before = await cases.events(CASE);
    const attempts = [
      records.knex('case_events').update({ actor_id: SENIOR }),
      records.knex('case_events').delete(),
      records.knex.raw('truncate case_events'),
      records.knex('cases').delete(),
      records
        .knex('case_events')
        .insert({ case_id: CASE, seq: 1, type: 'claimed', at: new Date(), data: {} })
        .onConflict(['case_id', 'seq'])
        .merge(),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toThrow();
    expect(await cases.events(CASE)).toEqual(before);
  });

  it('is erased by who says so, in that transaction only', async () => {
    await new Life(cases).open();
    await records.knex.transaction(async (transaction) => {
      await transaction.raw(`set local castellan.erase = 'on'`);
      await transaction('case_events').update({ note: null });
      await transaction('case_events').where('seq', 2).delete();
    });
    expect(await cases.events(CASE)).toHaveLength(1);
    await expect(records.knex('case_events').delete()).rejects.toThrow('only added to');
  });
});

describe('a case', () => {
  it('is found by its number in its guild', async () => {
    await new Life(cases).open();
    expect(await cases.byNumber(GUILD, 1)).toMatchObject({ caseId: CASE });
    expect(await cases.byNumber(GUILD, 2)).toBeNull();
    expect(await cases.byNumber('1', 1)).toBeNull();
    expect(await cases.get('ticket-2')).toBeNull();
  });
});
