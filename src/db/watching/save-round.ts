import type { Knex } from 'knex';
import { z } from 'zod';
import type { Check } from '../../domain/watching/check';
import { recordOutages } from './outages';
import { execute, instant, iso, json, query } from './query';
import type { Round, RoundSaved, ServerResult } from './recording';
import { continueSpans } from './span-timeline';

/**
 * One transaction, and in it one statement a table however many servers there are. Whoever saves later finds
 * another version of the states and leaves them alone, so that each result counts once.
 */
export async function saveRound(knex: Knex, round: Round): Promise<RoundSaved> {
  const skipped = await knex.transaction(async (transaction) => {
    const current = await lockStates(transaction, round.results);
    const mine = round.results.filter(({ server }) => current.has(server.key));
    if (mine.length > 0) {
      await updateStates(transaction, mine);
      await insertChecks(transaction, mine);
      await moveSpans(
        transaction,
        mine.filter(({ facts }) => facts.some(({ type }) => type === 'span')),
      );
      await recordOutages(transaction, mine, round.policies);
      await insertWishes(
        transaction,
        mine.filter(({ wishes }) => wishes.length > 0),
      );
    }
    const lost = round.results.filter(({ server }) => !current.has(server.key));
    return lost.map(({ server }) => server.key);
  });
  return { news: await hasNews(knex), skipped };
}

/** News may also be left from a try whose answer got lost, or from a server that was removed. */
export async function hasNews(knex: Knex): Promise<boolean> {
  const [found] = await query(
    knex,
    z.object({ news: z.boolean() }),
    'select exists (select from watch_news) as news',
  );
  return found?.news ?? false;
}

/** The servers whose states are still those that the results were made from; locked, in the order of their keys. */
async function lockStates(
  transaction: Knex,
  results: readonly ServerResult[],
): Promise<ReadonlySet<number>> {
  const locked = await query(
    transaction,
    z.object({ key: z.number() }),
    `select t.server_key as key
     from unnest(cast(:keys as int[]), cast(:versions as int[])) as r (key, version)
     join server_states t on t.server_key = r.key and t.version = r.version
     order by t.server_key for update of t`,
    {
      keys: results.map(({ server }) => server.key),
      versions: results.map(({ version }) => version),
    },
  );
  return new Set(locked.map(({ key }) => key));
}

async function updateStates(transaction: Knex, results: readonly ServerResult[]): Promise<void> {
  const rows = results.map(({ server, state, status, nextDueAt, wishes }) => ({
    key: server.key,
    state,
    status,
    checked_at: state.checkedAt === null ? null : iso(state.checkedAt),
    due_at: iso(nextDueAt),
    wished: Object.fromEntries(
      wishes.map(({ channelId, wish: { name, at, urgent } }) => [channelId, { name, at, urgent }]),
    ),
  }));
  await execute(
    transaction,
    `update server_states t
     set version = t.version + 1, state = r.state, status = r.status, checked_at = r.checked_at,
       due_at = r.due_at, wished = t.wished || r.wished
     from jsonb_to_recordset(:rows) as r (key int, state jsonb, status text, checked_at timestamptz,
       due_at timestamptz, wished jsonb)
     where t.server_key = r.key`,
    { rows: json(rows) },
  );
}

const MOST_PLAYERS = 2_147_483_647;

async function insertChecks(transaction: Knex, results: readonly ServerResult[]): Promise<void> {
  const rows = results.flatMap(({ server, checks }) =>
    checks.map((check) => ({ key: server.key, at: iso(check.at), ...figures(check) })),
  );
  if (rows.length === 0) return;
  await execute(
    transaction,
    `insert into server_checks (at, server_key, latency_ms, players, cause)
     select r.at, r.key, r.latency_ms, r.players, r.cause
     from jsonb_to_recordset(:rows) as r (key int, at timestamptz, latency_ms real, players int, cause text)
     on conflict (server_key, at) do nothing`,
    { rows: json(rows) },
  );
}

/** One odd answer must not keep a thousand others from being recorded. */
function figures({ result }: Check) {
  if (!result.up) return { cause: result.cause };
  const { latencyMs, players } = result;
  return {
    latency_ms: Number.isFinite(latencyMs) ? Math.max(0, latencyMs) : 0,
    players:
      players !== null && Number.isInteger(players) && players >= 0 && players <= MOST_PLAYERS
        ? players
        : null,
  };
}

const presentSpan = z.object({
  server_key: z.number(),
  kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
  started_at: instant,
});

async function moveSpans(transaction: Knex, results: readonly ServerResult[]): Promise<void> {
  if (results.length === 0) return;
  const present = await query(
    transaction,
    presentSpan,
    `select server_key, kind, started_at from server_spans
     where server_key = any(:keys) and ended_at = 'infinity'`,
    { keys: results.map(({ server }) => server.key) },
  );
  const facts = new Map(results.map((result) => [result.server.key, result.facts]));
  const rows = present.flatMap(({ server_key: key, kind, started_at: from }) =>
    continueSpans({ kind, from }, facts.get(key) ?? []).map((span, index) => ({
      key,
      kind: span.kind,
      started_at: iso(span.from),
      ended_at: span.to === null ? 'infinity' : iso(span.to),
      begins: index > 0,
    })),
  );
  const recordset = `jsonb_to_recordset(:rows)
    as r (key int, kind text, started_at timestamptz, ended_at timestamptz, begins boolean)`;
  // First the present one makes room: two spans of one server are refused if they overlap.
  await execute(
    transaction,
    `update server_spans s set kind = r.kind, ended_at = r.ended_at from ${recordset}
     where not r.begins and s.server_key = r.key and s.started_at = r.started_at
       and (s.kind, s.ended_at) is distinct from (r.kind, r.ended_at)`,
    { rows: json(rows) },
  );
  await execute(
    transaction,
    `insert into server_spans (server_key, kind, started_at, ended_at)
     select r.key, r.kind, r.started_at, r.ended_at from ${recordset}
     where r.begins order by r.key, r.started_at`,
    { rows: json(rows) },
  );
}

async function insertWishes(transaction: Knex, results: readonly ServerResult[]): Promise<void> {
  if (results.length === 0) return;
  const rows = results.flatMap(({ server, wishes }) =>
    wishes.map(({ channelId, wish }) => ({
      guild_id: server.guildId,
      channel_id: channelId,
      payload: wish,
    })),
  );
  await execute(
    transaction,
    `insert into watch_news (guild_id, channel_id, payload)
     select r.guild_id, r.channel_id, r.payload
     from jsonb_to_recordset(:rows) as r (guild_id text, channel_id text, payload jsonb)`,
    { rows: json(rows) },
  );
}
