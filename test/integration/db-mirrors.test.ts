import { describe, expect, it } from '@jest/globals';
import { createMirrorReader, createMirrorRecorder, type Wish } from '../../src/db/mirrors';
import { UnknownGuild } from '../../src/db/case-errors';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import { asRole } from '../contracts/as-role';
import { GUILD, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { mirrorSettings } from '../contracts/mirror-fixtures';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' }, { poolMax: 20 });
const recorder = () => createMirrorRecorder(records.knex);
const reader = () => createMirrorReader(records.knex);

const AFTER = '1000000000000000000';
const [HALL, YARD, ATTIC, FAR] = ['301', '302', '303', '901'];
const shown = { editedAt: null, attachments: [], reactions: [] };

const settings = (id: string, more: Partial<MirrorSettings> = {}): MirrorSettings =>
  mirrorSettings({ id, fromChannelId: HALL, to: { guildId: GUILD, channelId: YARD }, ...more });

const put = (wanted: MirrorSettings, agreed = true) =>
  recorder().putMirror(GUILD, { settings: wanted, agreed }, AFTER);

/** An id so many messages behind the beginning. */
const message = (count: number): string => (BigInt(AFTER) + BigInt(count)).toString();

const wish = (more: Partial<Wish> = {}): Wish => ({
  guildId: GUILD,
  mirrorId: 'news',
  fromChannelId: HALL,
  isThread: false,
  upTo: message(1),
  changed: null,
  reviewAfter: null,
  holder: 'workflow-1',
  token: 'try-1',
  ...more,
});

describe('the definitions of mirrors', () => {
  it('are those of the file, in step with it, beside those of commands', async () => {
    const apply = (...all: MirrorSettings[]) =>
      recorder().applyMirrors(
        GUILD,
        all.map((one) => ({ settings: one, agreed: true })),
        AFTER,
      );
    expect(await put(settings('own', { fromChannelId: ATTIC }))).toEqual({ outcome: 'added' });
    expect(await apply(settings('news'))).toEqual({ added: ['news'], changed: [], removed: [] });
    expect(await apply(settings('news'))).toEqual({ added: [], changed: [], removed: [] });
    const edited = settings('news', { reactions: true });
    expect(await apply(edited)).toEqual({ added: [], changed: ['news'], removed: [] });
    expect(await reader().mirror(GUILD, 'news')).toEqual({
      ...{ guildId: GUILD, origin: 'file', settings: edited, agreement: 'agreed', told: [] },
    });
    expect(await recorder().removeMirror(GUILD, 'news')).toEqual({ outcome: 'in-file' });
    expect(await apply()).toEqual({ added: [], changed: [], removed: ['news'] });
    expect((await reader().mirrors()).map((one) => one.settings.id)).toEqual(['own']);
    expect(await recorder().removeMirror(GUILD, 'own')).toEqual({ outcome: 'removed' });
    expect(await recorder().removeMirror(GUILD, 'own')).toEqual({ outcome: 'unknown' });
  });

  it('are not of a guild that nobody set up', async () => {
    const definition = { settings: settings('news'), agreed: true };
    await expect(recorder().putMirror('404', definition, AFTER)).rejects.toBeInstanceOf(
      UnknownGuild,
    );
  });

  it('make no circle, also when all of its mirrors are added at once', async () => {
    const ring = [
      settings('a', { fromChannelId: HALL, to: { guildId: GUILD, channelId: YARD } }),
      settings('b', { fromChannelId: YARD, to: { guildId: GUILD, channelId: ATTIC } }),
      settings('c', { fromChannelId: ATTIC, to: { guildId: GUILD, channelId: HALL } }),
    ];
    const outcomes = await Promise.all(ring.map((one) => put(one)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['added', 'added', 'loop']);
    expect(await reader().mirrors()).toHaveLength(2);
  });

  it('copy into another guild when it agrees, and only what is written from then on', async () => {
    const abroad = settings('news', { to: { guildId: OTHER_GUILD, channelId: FAR } });
    await put(abroad, false);
    expect(await recorder().want(wish())).toEqual({ outcome: 'off' });
    const answer = { guildId: GUILD, id: 'news', userId: '7', agreed: true, after: message(5) };
    expect(await recorder().answerMirror({ ...answer, toGuildId: GUILD })).toBe(false);
    expect(await recorder().answerMirror({ ...answer, toGuildId: OTHER_GUILD })).toBe(true);
    expect((await reader().mirrorsOf(OTHER_GUILD)).map((one) => one.agreement)).toEqual(['agreed']);
    const taken = await recorder().want(wish({ upTo: message(6) }));
    expect(taken).toMatchObject({ outcome: 'taken', targetChannelId: FAR });
    expect(await recorder().nextWork(FAR)).toMatchObject({
      ...{ kind: 'copy', stream: { cursor: message(5), wanted: message(6) } },
    });
  });

  it('tell of a trouble once, until it is over', async () => {
    await put(settings('news'));
    expect(await recorder().told(GUILD, 'news', 'cannot-read')).toBe(true);
    expect(await recorder().told(GUILD, 'news', 'cannot-read')).toBe(false);
    await recorder().over(GUILD, 'news');
    expect(await recorder().told(GUILD, 'news', 'cannot-read')).toBe(true);
  });
});

describe('a target', () => {
  it('is worked on by one at a time, who does what the others want', async () => {
    await put(settings('news'));
    const wishes = Array.from({ length: 12 }, (_, index) =>
      recorder().want(
        wish({ upTo: message(index + 1), holder: `workflow-${index}`, token: `try-${index}` }),
      ),
    );
    const outcomes = await Promise.all(wishes);
    expect(outcomes.filter(({ outcome }) => outcome === 'taken')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'queued')).toHaveLength(11);
    expect(await recorder().nextWork(YARD)).toMatchObject({ stream: { wanted: message(12) } });
  });

  it('is not let go of while something is left, whenever that was wished', async () => {
    await put(settings('news'));
    for (let round = 1; round <= 10; round += 1) {
      const first = wish({ upTo: message(round), token: `first-${round}` });
      expect(await recorder().want(first)).toMatchObject({ outcome: 'taken' });
      const work = await recorder().nextWork(YARD);
      if (work === null) throw new Error('There is something to do.');
      const copy = {
        messageId: message(round),
        copyId: message(1_000 + round),
        shownIn: YARD,
        shown,
      };
      await recorder().copied(work.stream, copy);
      const other = wish({ holder: 'workflow-2', token: 'other', upTo: message(round + 1) });
      const [left, wished] = await Promise.all([
        recorder().release(YARD, `first-${round}`),
        recorder().want(other),
      ]);
      // Either it saw the wish and goes on, or the wisher has the target: never neither.
      expect([left, wished.outcome]).toEqual(left ? [true, 'taken'] : [false, 'queued']);
      await recorder().rest(YARD, left ? 'other' : `first-${round}`, 0);
    }
  });

  it('waits for a try that may still be at it, and is free for the same workflow when it rests', async () => {
    await put(settings('news'));
    await recorder().want(wish());
    const again = await recorder().want(wish({ token: 'try-2' }));
    if (again.outcome !== 'wait') throw new Error('It has to wait.');
    expect(again.forMs).toBeGreaterThan(5_000);
    await recorder().rest(YARD, 'try-1', 60_000);
    expect(await recorder().want(wish({ holder: 'another', token: 'x' }))).toMatchObject({
      outcome: 'queued',
    });
    expect(await recorder().want(wish({ token: 'try-2' }))).toMatchObject({ outcome: 'taken' });
    expect(await recorder().keep(YARD, 'try-1')).toBe(false);
    expect(await recorder().keep(YARD, 'try-2')).toBe(true);
  });

  it('does changes of what was copied first, and leaves blocked streams alone', async () => {
    await put(settings('news'));
    const taken = await recorder().want(wish({ upTo: message(3), changed: message(2) }));
    if (taken.outcome !== 'taken') throw new Error('It is free.');
    const { streamKey } = taken;
    const first = await recorder().nextWork(YARD);
    if (first?.kind !== 'copy') throw new Error('Nothing is copied yet.');
    expect(await recorder().isChanged(streamKey, message(2))).toBe(true);
    expect(await recorder().isChanged(streamKey, message(3))).toBe(false);
    expect(await recorder().begunCopies(streamKey)).toEqual([]);
    const begun = { messageId: message(2), shownIn: YARD, words: null };
    await recorder().beginCopy(streamKey, begun);
    await recorder().beginCopy(streamKey, { ...begun, words: 'digest' });
    expect(await recorder().begunCopies(streamKey)).toEqual([{ ...begun, words: 'digest' }]);
    await recorder().notPosted(streamKey, message(2));
    expect(await recorder().begunCopies(streamKey)).toEqual([]);
    await recorder().beginCopy(streamKey, begun);
    expect(await recorder().standing(streamKey, message(2))).toBe('waiting');
    const copy = { messageId: message(2), copyId: '5', shownIn: YARD, shown };
    await recorder().copied(first.stream, copy);
    expect(await recorder().begunCopies(streamKey)).toEqual([]);
    // What is recorded is not forgotten by somebody who comes late.
    await recorder().notPosted(streamKey, message(2));
    expect(await recorder().nextWork(YARD)).toMatchObject({
      kind: 'change',
      messageId: message(2),
    });
    await recorder().noteChanges(streamKey, [message(2)]);
    await recorder().followed(streamKey, message(2), 1, shown);
    // It changed once more meanwhile.
    expect(await recorder().nextWork(YARD)).toMatchObject({ kind: 'change', version: 2 });
    await recorder().followed(streamKey, message(2), 2, null);
    expect(await recorder().standing(streamKey, message(2))).toBe('absent');
    expect(await recorder().nextWork(YARD)).toMatchObject({ kind: 'copy' });
    await recorder().block(streamKey, 60_000);
    expect(await recorder().nextWork(YARD)).toBeNull();
    expect(await recorder().release(YARD, 'try-1')).toBe(true);
  });

  it('knows its webhook, and every one that it ever had', async () => {
    await put(settings('news'));
    await recorder().setWebhook(YARD, { id: '71', sealedToken: 'a' });
    await recorder().setWebhook(YARD, null);
    expect(await recorder().webhook(YARD)).toBeNull();
    await recorder().setWebhook(YARD, { id: '72', sealedToken: 'b' });
    expect(await recorder().webhook(YARD)).toEqual({ id: '72', sealedToken: 'b' });
    expect(await reader().mirrorWebhooks()).toEqual(['71', '72']);
  });
});

describe('the copies', () => {
  it('are found by their originals and among the messages of a channel, and go with their mirror', async () => {
    await put(settings('news'));
    await recorder().want(wish({ upTo: message(9) }));
    const work = await recorder().nextWork(YARD);
    if (work === null) throw new Error('There is something to do.');
    for (const count of [1, 2, 10]) {
      const copyId = message(1_000 + count);
      await recorder().copied(work.stream, {
        messageId: message(count),
        copyId,
        shownIn: YARD,
        shown,
      });
    }
    expect(await reader().copyOf(GUILD, 'news', message(2))).toEqual({
      ...{ copyId: message(1_002), shownIn: YARD },
    });
    expect(await recorder().newestCopy(YARD)).toBe(message(1_010));
    expect(await recorder().copiesAmong(YARD, [message(1_001), '9', message(1_010)])).toHaveLength(
      2,
    );
    const behind = await recorder().knownCopies(work.stream.key, message(1), message(9));
    expect(behind.map(({ messageId }) => messageId)).toEqual([message(2)]);
    // A stream never goes back.
    await recorder().passedBy(work.stream, message(4));
    expect(await recorder().standing(work.stream.key, message(10))).toBe('copied');
    await recorder().removeMirror(GUILD, 'news');
    expect(await reader().copyOf(GUILD, 'news', message(2))).toBeNull();
  });

  it('of a thread have a stream of their own, from its beginning where it is younger than the mirror', async () => {
    await put(settings('news', { threads: true }));
    const young = ((BigInt(Date.now()) + 60_000n - 1_420_070_400_000n) << 22n).toString();
    const inYoung = wish({ fromChannelId: young, isThread: true, upTo: `${young}9` });
    expect(await recorder().want(inYoung)).toMatchObject({ outcome: 'taken' });
    const old = wish({ fromChannelId: '77', isThread: true, upTo: message(50), token: 't' });
    await recorder().want({ ...old, holder: 'workflow-1' });
    const cursors = await records
      .knex('mirror_streams')
      .where('is_thread', true)
      .orderBy('key')
      .pluck('cursor');
    expect(cursors).toEqual([young, message(49)]);
  });
});

describe('least privilege', () => {
  it('lets a reader read mirrors, and nothing else', async () => {
    await put(settings('news'));
    await asRole(
      { url: records.url, owner: records.knex },
      'grant select on all tables in schema public to ROLE',
      async (knex) => {
        expect(await createMirrorReader(knex).mirrors()).toHaveLength(1);
        expect(await createMirrorReader(knex).copyOf(GUILD, 'news', '1')).toBeNull();
        await expect(createMirrorRecorder(knex).removeMirror(GUILD, 'news')).rejects.toThrow(
          'denied',
        );
      },
    );
  });
});
