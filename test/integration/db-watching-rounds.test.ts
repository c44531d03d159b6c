import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { z } from 'zod';
import { connect, DatabaseUnavailable } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import {
  createWatchReader,
  createWatchRecorder,
  type DueServer,
  type ServerResult,
} from '../../src/db/watching';
import type { ServerFact, SpanKind } from '../../src/domain/watching/server-state';
import { eraseEverything, GUILD, guildNamed } from '../contracts/case-fixtures';
import {
  answered,
  checked,
  concluded,
  everyServer,
  failed,
  HOUR,
  INTERVAL,
  MINUTE,
  POLICIES,
  POLICY,
  round,
  SECOND,
  settings,
  START,
} from '../contracts/watch-fixtures';
import { databaseUrl } from '../parts';

let knex: Knex;
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test' });
});
afterAll(() => knex.destroy());
beforeEach(async () => {
  await eraseEverything(knex);
  await knex.raw('truncate server_checks');
  await createGuildRepository(knex).apply(guildNamed('Anvil'), 'a');
});

const recorder = () => createWatchRecorder(knex);
const reader = () => createWatchReader(knex);

async function watch(...servers: readonly (readonly [id: string, host?: string])[]): Promise<void> {
  await recorder().applyServers(
    GUILD,
    'file',
    servers.map(([id, host = id]) => settings(id, { host })),
    START,
  );
}

const outage = (at: number) => [failed(at), failed(at + 4 * SECOND), failed(at + 8 * SECOND)];
const recovery = (at: number) => [answered(at), answered(at + INTERVAL)];

/** Of every server, in the order of time. */
async function spans(): Promise<z.infer<typeof recordedSpan>[]> {
  const rows: unknown = await knex('server_spans as s')
    .join('game_servers as g', 'g.key', 's.server_key')
    .orderBy(['g.id', 's.started_at'])
    .select('g.id', 's.kind', { from: 's.started_at' })
    .select(knex.raw(`nullif(s.ended_at, 'infinity') as to`));
  return z.array(recordedSpan).parse(rows);
}
const instant = z.date().transform((date) => date.getTime());
const recordedSpan = z.object({
  id: z.string(),
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  from: instant,
  to: instant.nullable(),
});

/** What a round writes. */
async function stored() {
  const rows = (table: string) => knex<object>(table).select().orderByRaw('1, 2');
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
    const [key] = await knex('game_servers').pluck<number[]>('key');
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
    expect(await knex('incident_servers')).toHaveLength(20);
    expect(await knex('server_checks')).toHaveLength(20 + 60);
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
    await knex.raw(`
      create function die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create trigger die after insert or update on ${table} for each statement execute function die();
    `);
    try {
      await expect(recorder().saveRound({ results, policies: POLICIES })).rejects.toThrow(
        DatabaseUnavailable,
      );
    } finally {
      await knex.raw('drop function die cascade');
    }
    expect(await stored()).toEqual(before);
    const again = await recorder().saveRound({ results, policies: POLICIES });
    expect(again).toEqual({ news: true, skipped: [] });
    expect(await incidents()).toHaveLength(2);
    expect(await knex('server_checks')).toHaveLength(2 + 6);
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
    expect(await knex('server_checks').pluck('players')).toEqual([null, null, null]);
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

describe('outages', () => {
  it('open an incident, change its cause and end it', async () => {
    await watch(['survival']);
    await round(recorder(), () => [answered(START)]);
    const down = START + INTERVAL;
    await round(recorder(), () => outage(down));
    const [incident] = await incidents();
    expect(incident).toMatchObject({
      guildId: GUILD,
      number: 1,
      host: 'survival',
      status: 'open',
      openedAt: down,
      servers: [{ name: 'The survival', since: down, until: null, cause: 'refused', unknownMs: 0 }],
    });
    await round(recorder(), () => [failed(down + MINUTE, 'timed-out')]);
    await round(recorder(), () => recovery(down + 2 * MINUTE));
    expect((await incidents())[0]?.servers).toMatchObject([
      { since: down, until: down + 2 * MINUTE, cause: 'timed-out' },
    ]);
    const told = await recorder().pendingNews(10);
    const serverKey = incident?.servers[0]?.serverKey;
    const server = { serverKey, name: 'The survival', since: down, cause: 'refused' };
    const about = { type: 'incident', incidentId: incident?.incidentId, openedAt: down };
    expect(told).toMatchObject(
      [
        { type: 'server-down', server: { ...server, until: null, unknownMs: 0 } },
        { type: 'cause-changed', serverKey, cause: 'timed-out' },
        { type: 'server-up', serverKey, until: down + 2 * MINUTE, unknownMs: 0 },
      ].map((news) => ({ ...about, guildId: GUILD, policy: POLICY, news })),
    );
    expect(await spans()).toMatchObject(
      [
        { kind: 'unknown', to: START },
        { kind: 'up', from: START, to: down },
        { kind: 'down', from: down, to: down + 2 * MINUTE },
        { kind: 'up', from: down + 2 * MINUTE, to: null },
      ].slice(1),
    );
  });

  it('of one host that begin together are one incident, also from several rounds at once', async () => {
    await watch(['survival', 'box'], ['creative', 'box'], ['lobby', 'other']);
    await round(recorder(), () => [answered(START)]);
    const results = (await everyServer(recorder())).map((due, index) =>
      checked(due, outage(START + MINUTE + index * SECOND)),
    );
    await Promise.all(
      results.map((result) => recorder().saveRound({ results: [result], policies: POLICIES })),
    );
    const found = await incidents();
    expect(found.map(({ host, servers }) => [host, servers.length]).toSorted()).toEqual([
      ['box', 2],
      ['other', 1],
    ]);
    expect(found.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('that begin long after the others of their host are incidents of their own', async () => {
    await watch(['survival', 'box'], ['creative', 'box']);
    await round(recorder(), () => [answered(START)]);
    const fail = (id: string, at: number) =>
      round(recorder(), ({ server }) => (server.id === id ? outage(at) : null));
    await fail('survival', START + MINUTE);
    await fail('creative', START + 20 * MINUTE);
    expect(await incidents()).toHaveLength(2);
  });

  it('go on in the same incident while another server of the host is down', async () => {
    await watch(['survival', 'box'], ['creative', 'box']);
    await round(recorder(), () => [answered(START)]);
    const one = (id: string, checks: ReturnType<typeof outage>) =>
      round(recorder(), ({ server }) => (server.id === id ? checks : null));
    await one('survival', outage(START + MINUTE));
    // In one round the first comes back and the second fails.
    const results = (await everyServer(recorder())).map((due) =>
      due.server.id === 'survival'
        ? checked(due, recovery(START + 2 * MINUTE))
        : checked(due, outage(START + 2 * MINUTE)),
    );
    await recorder().saveRound({ results, policies: POLICIES });
    expect(await incidents()).toHaveLength(1);
    const news = await recorder().pendingNews(10);
    expect(news.map((told) => told.type === 'incident' && told.news.type)).toEqual([
      'server-down',
      'server-down',
      'server-up',
    ]);
  });

  it('of a server that fails anew are told apart', async () => {
    await watch(['survival']);
    await round(recorder(), () => [answered(START)]);
    const at = START + MINUTE;
    await round(recorder(), () => [...outage(at), ...recovery(at + MINUTE), ...outage(at + HOUR)]);
    const found = await incidents();
    expect(found.map(({ servers }) => servers.map(({ since, until }) => [since, until]))).toEqual([
      [[at + HOUR, null]],
      [[at, at + MINUTE]],
    ]);
    expect(await recorder().pendingNews(10)).toHaveLength(3);
  });

  it('of a guild without a policy are recorded in silence', async () => {
    await watch(['survival']);
    const results = (await everyServer(recorder())).map((due) => checked(due, outage(START)));
    await recorder().saveRound({ results, policies: new Map() });
    const [news] = await recorder().pendingNews(10);
    expect(news).toMatchObject({ policy: { alertChannelId: null, publicChannelId: null } });
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
        await eraseEverything(knex);
        await createGuildRepository(knex).apply(guildNamed('Anvil'), 'a');
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
    const [key] = await knex('game_servers').pluck<number[]>('key');
    await expect(
      knex('server_spans').insert({
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
    for (const span of await spansByKey()) {
      lives.set(span.key, [...(lives.get(span.key) ?? []), span]);
    }
    const begins = [...lives.values()].flatMap((own) => own.slice(1).map(({ from }) => from));
    const ends = [...lives.values()].flatMap((own) => own.slice(0, -1).map(({ to }) => to));
    expect(begins).toEqual(ends);
    // Whoever lives has one present span and at most one outage; whoever was removed has neither.
    const present = [...lives].filter(([, own]) => own.at(-1)?.to === null).map(([key]) => key);
    const alive = await knex('server_states').orderBy('server_key').pluck<number[]>('server_key');
    expect(present.toSorted((a, b) => a - b)).toEqual(alive);
    const down = await knex('incident_servers').whereNull('ended_at').pluck<number[]>('server_key');
    const outages = await knex('server_states')
      .whereRaw(`state ->> 'outageSince' is not null`)
      .pluck<number[]>('server_key');
    expect(down.toSorted()).toEqual(outages.toSorted());
    // Each beginning and end was told, and nothing twice.
    const news = (await recorder().pendingNews(10_000)).flatMap((told) =>
      told.type === 'incident' ? [told.news.type] : [],
    );
    const told = (type: string) => news.filter((other) => other === type).length;
    const downtimes = await knex('incident_servers').count<{ count: string }[]>('* as count');
    expect(told('server-down')).toBe(Number(downtimes[0]?.count));
    expect(told('server-up')).toBe(told('server-down') - down.length);
  });

  async function spansByKey() {
    const rows: unknown = await knex('server_spans')
      .orderBy(['server_key', 'started_at'])
      .select({ key: 'server_key', from: 'started_at' })
      .select(knex.raw(`nullif(ended_at, 'infinity') as to`));
    return z
      .array(z.object({ key: z.number(), from: instant, to: instant.nullable() }))
      .parse(rows);
  }
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
