import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DatabaseUnavailable } from '../../src/db/connection';
import {
  createWatchReader,
  createWatchRecorder,
  type DueServer,
  type ServerResult,
} from '../../src/db/watching';
import type { ServerFact, SpanKind } from '../../src/domain/watching/server-state';
import { GUILD } from '../contracts/case-fixtures';
import { recordedSpans, recordedSpansByKey } from '../contracts/recorded-spans';
import {
  answered,
  checked,
  concluded,
  everyServer,
  HOUR,
  INTERVAL,
  outage,
  POLICIES,
  recovery,
  round,
  SECOND,
  settings,
  START,
  watchOnHosts,
} from '../contracts/watch-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords();

const recorder = () => createWatchRecorder(records.knex);
const reader = () => createWatchReader(records.knex);

const watch = (...servers: readonly (readonly [id: string, host?: string])[]) =>
  watchOnHosts(recorder(), servers);
const spans = () => recordedSpans(records.knex);

/** What a round writes. */
async function stored() {
  const rows = (table: string) => records.knex<object>(table).select().orderByRaw('1, 2');
  return Promise.all([
    rows('server_states'),
    rows('server_checks'),
    rows('server_spans'),
    rows('incidents'),
    rows('watch_news'),
  ]);
}

const incidents = async () => (await reader().incidents({ guildId: GUILD, limit: 50 })).incidents;

describe('a round', () => {
  it('records checks, state and span', async () => {
    await watch(['survival']);
    const at = START + 2 * SECOND;
    expect(await round(recorder(), () => [answered(at, 17.5, 4)])).toEqual({
      news: false,
      skipped: [],
    });
    expect(await reader().server(GUILD, 'survival', at)).toMatchObject({
      status: 'up',
      since: at,
      checkedAt: at,
      state: { lastAnswer: { latencyMs: 17.5, players: 4, motd: 'Hello' } },
    });
    expect(await spans()).toEqual([
      { id: 'survival', kind: 'unknown', from: START, to: at },
      { id: 'survival', kind: 'up', from: at, to: null },
    ]);
    const [key] = await records.knex('game_servers').pluck<number[]>('key');
    const exported = { serverKey: key ?? 0, from: START, to: START + HOUR, limit: 9 };
    expect(await reader().exportChecks(exported)).toEqual({
      rows: [{ at, cause: null, latencyMs: 17.5, players: 4 }],
      next: null,
    });
  });

  it('counts once when it is tried again', async () => {
    await watch(['survival']);
    await round(recorder(), () => [answered(START)]);
    const results = (await everyServer(recorder())).map((due) =>
      checked(due, outage(START + INTERVAL)),
    );
    const first = await recorder().saveRound({ results, policies: POLICIES });
    const before = await stored();
    const again = await recorder().saveRound({ results, policies: POLICIES });
    expect(first).toEqual({ news: true, skipped: [] });
    // The news of the first try may not have been told: they are not lost.
    expect(again).toEqual({ news: true, skipped: results.map(({ server }) => server.key) });
    expect(await stored()).toEqual(before);
  });

  it('counts once when several workers save it at once', async () => {
    await watch(...Array.from({ length: 20 }, (_, n) => [`server-${n}`, 'box'] as const));
    await round(recorder(), () => [answered(START)]);
    const results = (await everyServer(recorder())).map((due) =>
      checked(due, outage(START + INTERVAL)),
    );
    const orders = [results, results.toReversed(), results, results.toReversed()];
    const outcomes = await Promise.all(
      orders.map((order) => recorder().saveRound({ results: order, policies: POLICIES })),
    );
    expect(outcomes.map(({ skipped }) => skipped.length).toSorted()).toEqual([0, 20, 20, 20]);
    expect(await incidents()).toHaveLength(1);
    expect(await records.knex('incident_servers')).toHaveLength(20);
    expect(await records.knex('server_checks')).toHaveLength(20 + 60);
    expect(await recorder().pendingNews(100)).toHaveLength(20);
  });

  it.each([
    'server_states',
    'server_checks',
    'server_spans',
    'incidents',
    'incident_servers',
    'watch_news',
  ])('leaves nothing half when it dies just after writing %s', async (table) => {
    await watch(['survival'], ['creative']);
    await round(recorder(), () => [answered(START)]);
    const results = (await everyServer(recorder())).map((due) =>
      checked(due, outage(START + INTERVAL)),
    );
    const before = await stored();
    await records.knex.raw(`
      create function die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create trigger die after insert or update on ${table} for each statement execute function die();
    `);
    try {
      await expect(recorder().saveRound({ results, policies: POLICIES })).rejects.toThrow(
        DatabaseUnavailable,
      );
    } finally {
      await records.knex.raw('drop function die cascade');
    }
    expect(await stored()).toEqual(before);
    const again = await recorder().saveRound({ results, policies: POLICIES });
    expect(again).toEqual({ news: true, skipped: [] });
    expect(await incidents()).toHaveLength(2);
    expect(await records.knex('server_checks')).toHaveLength(2 + 6);
  });

  it('stores whatever a server calls itself, and however many players it claims', async () => {
    await watch(['survival']);
    const odd = { ...answered(START, 0, 1e12).result, version: 'a\0b', motd: '\ud83d half' };
    const results = (await everyServer(recorder())).map((due) => {
      const state = { ...due.state, lastAnswer: { ...odd, up: true, latencyMs: 1 } as const };
      return concluded(due, {
        state: { ...state, lastAnswer: lastAnswer(odd) },
        checks: [
          answered(START, Number.NaN, 1e12),
          answered(START + 1, 3, -4),
          answered(START + 2, 3, 1.5),
        ],
      });
    });
    await recorder().saveRound({ results, policies: POLICIES });
    const server = await reader().server(GUILD, 'survival', START);
    expect(server?.state.lastAnswer).toMatchObject({
      version: 'a\u{FFFD}b',
      motd: '\u{FFFD} half',
    });
    expect(await records.knex('server_checks').pluck('players')).toEqual([null, null, null]);
  });

  it('remembers the last wish for each channel, and hands the wishes over', async () => {
    await watch(['survival']);
    const wish = { name: '🟢 survival 3/20', urgent: true, at: START, onManualRename: 'respect' };
    const results = (await everyServer(recorder())).map((due) =>
      concluded(due, {
        wishes: [{ channelId: '5', wish: { ...wish, onManualRename: 'respect' } }],
      }),
    );
    expect(await recorder().saveRound({ results, policies: POLICIES })).toMatchObject({
      news: true,
    });
    const [due] = await everyServer(recorder());
    expect(due?.wished).toEqual({ '5': { name: '🟢 survival 3/20', at: START, urgent: true } });
    const [news] = await recorder().pendingNews(10);
    expect(news).toMatchObject({ type: 'name', guildId: GUILD, channelId: '5', wish });
    await recorder().newsDelivered([news?.id ?? 0]);
    await recorder().newsDelivered([news?.id ?? 0]);
    expect(await recorder().pendingNews(10)).toEqual([]);
  });
});

function lastAnswer(
  result: ReturnType<typeof answered>['result'] & { version: string; motd: string },
) {
  if (!result.up) throw new Error('It is an answer.');
  return result;
}

describe('the mark of what has changed', () => {
  it('is another one after a check and after an event of an incident, and the same otherwise', async () => {
    const mark = () => reader().changeMark(GUILD);
    const marks = [await mark()];
    await watch(['survival']);
    marks.push(await mark());
    await round(recorder(), () => [answered(START)]);
    marks.push(await mark());
    await round(recorder(), () => outage(START + INTERVAL));
    marks.push(await mark());
    expect(new Set(marks).size).toBe(marks.length);
    expect(await mark()).toBe(marks.at(-1));
    await round(recorder(), () => null);
    expect(await mark()).toBe(marks.at(-1));
  });
});

const KINDS: readonly SpanKind[] = ['up', 'down', 'unknown', 'maintenance'];

describe('spans', () => {
  const step = fc.record({
    server: fc.integer({ min: 0, max: 2 }),
    spans: fc.array(
      fc.record({ kind: fc.constantFrom(...KINDS), after: fc.integer({ min: 0, max: 3 }) }),
      { minLength: 1, maxLength: 4 },
    ),
  });

  it('give every instant of a life exactly one kind, whatever follows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await records.empty();
        await watch(['a'], ['b'], ['c']);
        // What holds at which second, told independently: each fact holds from its second on.
        const truth = new Map<string, SpanKind[]>();
        const clocks = new Map<string, number>();
        for (const { server, spans: made } of steps) {
          const results: ServerResult[] = [];
          for (const due of (await everyServer(recorder())).slice(server, server + 1)) {
            results.push(concluded(due, { facts: facts(due, made, truth, clocks) }));
          }
          await recorder().saveRound({ results, policies: POLICIES });
        }
        const recorded = await spans();
        for (const id of ['a', 'b', 'c']) {
          const own = recorded.filter((span) => span.id === id);
          expect(own[0]?.from).toBe(START);
          expect(own.slice(1).map(({ from }) => from)).toEqual(
            own.slice(0, -1).map(({ to }) => to),
          );
          expect(own.at(-1)?.to).toBeNull();
          const end = START + ((clocks.get(id) ?? 0) + 1) * SECOND;
          expect(
            own.flatMap(({ kind, from, to }) =>
              Array.from({ length: ((to ?? end) - from) / SECOND }, () => kind),
            ),
          ).toEqual(truth.get(id) ?? ['unknown']);
        }
      }),
      { numRuns: 15 },
    );
  });

  function facts(
    { server }: DueServer,
    made: readonly { readonly kind: SpanKind; readonly after: number }[],
    truth: Map<string, SpanKind[]>,
    clocks: Map<string, number>,
  ): ServerFact[] {
    const seconds = truth.get(server.id) ?? ['unknown'];
    let now = clocks.get(server.id) ?? 0;
    const following = made.map(({ kind, after }): ServerFact => {
      const before = seconds[now] ?? 'unknown';
      for (let second = now + 1; second < now + after; second += 1) seconds[second] = before;
      now += after;
      seconds[now] = kind;
      return { type: 'span', kind, since: START + now * SECOND };
    });
    truth.set(server.id, seconds);
    clocks.set(server.id, now);
    return following;
  }

  it('that overlap are refused by the database itself', async () => {
    await watch(['survival']);
    const [key] = await records.knex('game_servers').pluck<number[]>('key');
    await expect(
      records.knex('server_spans').insert({
        server_key: key,
        kind: 'up',
        started_at: new Date(START + 1),
        ended_at: new Date(START + 2),
      }),
    ).rejects.toThrow('spans_never_overlap');
  });
});

describe('everything at once', () => {
  it('neither locks itself out nor leaves anything contradictory', async () => {
    const seed = Date.now() % 1_000_000;
    const chance = random(seed);
    process.stderr.write(`  seed ${seed}\n`);
    await watch(['a', 'box'], ['b', 'box'], ['c', 'other']);
    let second = 0;
    const one = async () => {
      const luck = chance();
      second += 20;
      const at = START + second * SECOND;
      const id = `x${Math.floor(chance() * 3)}`;
      if (luck < 0.1) await recorder().removeServer(GUILD, id, at);
      else if (luck < 0.3) await recorder().putServer(GUILD, settings(id, { host: 'box' }), at);
      else await round(recorder(), () => (chance() < 0.5 ? outage(at) : recovery(at)));
    };
    const workers = Array.from({ length: 4 }, async () => {
      for (let step = 0; step < 15; step += 1) await one();
    });
    await Promise.all(workers);

    const lives = new Map<number, { from: number; to: number | null }[]>();
    for (const span of await recordedSpansByKey(records.knex)) {
      lives.set(span.key, [...(lives.get(span.key) ?? []), span]);
    }
    const begins = [...lives.values()].flatMap((own) => own.slice(1).map(({ from }) => from));
    const ends = [...lives.values()].flatMap((own) => own.slice(0, -1).map(({ to }) => to));
    expect(begins).toEqual(ends);
    // Whoever lives has one present span and at most one outage; whoever was removed has neither.
    const present = [...lives].filter(([, own]) => own.at(-1)?.to === null).map(([key]) => key);
    const alive = await records
      .knex('server_states')
      .orderBy('server_key')
      .pluck<number[]>('server_key');
    expect(present.toSorted((a, b) => a - b)).toEqual(alive);
    const down = await records
      .knex('incident_servers')
      .whereNull('ended_at')
      .pluck<number[]>('server_key');
    const outages = await records
      .knex('server_states')
      .whereRaw(`state ->> 'outageSince' is not null`)
      .pluck<number[]>('server_key');
    expect(down.toSorted()).toEqual(outages.toSorted());
    // Each beginning and end was told, and nothing twice.
    const news = (await recorder().pendingNews(10_000)).flatMap((told) =>
      told.type === 'incident' ? [told.news.type] : [],
    );
    const told = (type: string) => news.filter((other) => other === type).length;
    const downtimes = await records
      .knex('incident_servers')
      .count<{ count: string }[]>('* as count');
    expect(told('server-down')).toBe(Number(downtimes[0]?.count));
    expect(told('server-up')).toBe(told('server-down') - down.length);
  });
});

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
