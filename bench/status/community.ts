import type { Knex } from 'knex';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { createGuildRepository } from '../../src/db/guilds';
import { createWatchRecorder, type DueServer, type ServerResult } from '../../src/db/watching';
import type { Answered } from '../../src/domain/watching/check';
import type { IncidentPolicy } from '../../src/domain/watching/incident';
import type { ServerFact, ServerState, SpanKind } from '../../src/domain/watching/server-state';
import { statusOf } from '../../src/domain/watching/status';
import { WATCHING_DEFAULTS } from '../../src/config/guild/resolved-servers';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../src/domain/watching/server';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The guild of the seeded community. */
export const COMMUNITY_GUILD = '1100000000000000009';

/** What a seeded community is like. */
export interface Community {
  readonly servers: number;
  /** Its last check was some seconds before; milliseconds since the epoch. */
  readonly now: number;
  readonly name: string;
  /** For how many servers hourly and daily figures are stored as well: charts and exports show them. */
  readonly withFigures: number;
}

/**
 * A community whose servers were watched for 100 days, with outages, maintenance and times that nobody saw:
 * the same for the same numbers. The first server is down at the moment; the second is not public.
 */
export async function seedCommunity(
  knex: Knex,
  { servers, now, name, withFigures }: Community,
): Promise<void> {
  const began = now - 100 * DAY;
  await createGuildRepository(knex).apply(configuration(name), `seeded ${servers}`);
  const recorder = createWatchRecorder(knex);
  const definitions = Array.from({ length: servers }, (_, index) =>
    settings(
      `server-${index + 1}`,
      `${NAMES[index % NAMES.length] ?? 'Realm'} ${index + 1}`,
      index !== 1,
    ),
  );
  await recorder.applyServers(COMMUNITY_GUILD, 'file', definitions, began);
  const due = await recorder.due(now, { batch: 0, of: 1 });
  const results = due.map((server, index) => life(server, index, began, now));
  await recorder.saveRound({ results, policies: new Map([[COMMUNITY_GUILD, POLICY]]) });
  await recoverIncidents(knex);
  await storeFigures(
    knex,
    due.slice(0, withFigures).map(({ server }) => server.key),
    now,
  );
}

/** As the workflows of the incidents do when the last server is back. */
async function recoverIncidents(knex: Knex): Promise<void> {
  await knex.raw(
    `update incidents set status = 'recovered', recovered_at = ended.at
     from (select incident_id, max(ended_at) as at from incident_servers
           group by incident_id having bool_and(ended_at is not null)) as ended
     where incidents.id = ended.incident_id`,
  );
}

const POLICY: IncidentPolicy = {
  alertChannelId: null,
  pingRoleIds: [],
  seniorRoleIds: [],
  raiseAfterMs: null,
  remindAfterMs: [],
  publicChannelId: null,
};

const configuration = (guildName: string): GuildConfiguration => ({
  guildId: COMMUNITY_GUILD,
  guildName,
  adminRoleIds: [],
  teams: {},
  categories: [],
  limits: { mostOpen: null, cooldownMs: null, mostPerDay: null },
  deskLogChannelId: null,
  panels: [],
  servers: [],
  watching: WATCHING_DEFAULTS,
  registration: null,
  games: [],
  sources: [],
  shownIn: {},
});

const settings = (id: string, name: string, isPublic: boolean): ServerSettings => ({
  id,
  name,
  isPublic,
  probe: 'java',
  address: `${id}.example.org`,
  port: null,
  intervalMs: 30 * SECOND,
  timeoutMs: 3 * SECOND,
  thresholds: DEFAULT_THRESHOLDS,
  allowInternal: false,
  host: id,
  channels: [],
  maintenance: [],
  expectStatus: null,
  rcon: null,
});

const NAMES = ['Survival', 'Creative', 'Skyblock', 'Bedwars', 'Hardcore', 'Lobby', 'Anarchy'];

function life(due: DueServer, index: number, began: number, now: number): ServerResult {
  const chance = chances(index + 1);
  const facts: ServerFact[] = [span('up', began)];
  let at = began;
  let outages = 0;
  for (;;) {
    at += Math.round(DAY * (2 + 18 * chance()));
    const kind = KINDS[Math.floor(chance() * KINDS.length)] ?? 'down';
    const lasts = Math.round((2 + 90 * chance() ** 3) * MINUTE);
    if (at + lasts > now - HOUR) break;
    facts.push(span(kind, at));
    if (kind === 'down') {
      outages += 1;
      facts.push(
        { type: 'outage-began', since: at, confirmedAt: at + 10 * SECOND, cause: 'timed-out' },
        { type: 'outage-ended', since: at, until: at + lasts, unknownMs: 0 },
      );
    }
    facts.push(span('up', at + lasts));
    at += lasts;
  }
  const isDown = index === 0;
  const since = isDown ? now - 14 * MINUTE : at;
  if (isDown) {
    facts.push(span('down', since), {
      type: 'outage-began',
      since,
      confirmedAt: since + 10 * SECOND,
      cause: 'refused',
    });
  }
  const checkedAt = now - 5 * SECOND;
  const lastAnswer: Answered = {
    up: true,
    latencyMs: 10 + outages + 20 * chance(),
    players: Math.floor(60 * chance()),
    maxPlayers: 100,
    version: '1.21.4',
    motd: 'A cosy world',
  };
  const state = stateOf(due.state, { isDown, since, checkedAt, lastAnswer });
  return {
    server: due.server,
    version: due.version,
    checks: [],
    state,
    status: statusOf(state),
    facts,
    nextDueAt: now + 20 * SECOND,
    wishes: [],
  };
}

const KINDS: readonly SpanKind[] = ['down', 'down', 'down', 'unknown', 'maintenance'];

const span = (kind: SpanKind, since: number): ServerFact => ({ type: 'span', kind, since });

function stateOf(
  before: ServerState,
  now: { isDown: boolean; since: number; checkedAt: number; lastAnswer: Answered },
): ServerState {
  const { isDown, since, checkedAt, lastAnswer } = now;
  const verdict = isDown ? 'down' : 'up';
  return {
    ...before,
    kind: verdict,
    since,
    verdict,
    verdictSince: since,
    lastSeen: verdict,
    outageSince: isDown ? since : null,
    cause: isDown ? 'refused' : null,
    checkedAt,
    lastAnswer,
    asOf: checkedAt,
  };
}

async function storeFigures(knex: Knex, keys: readonly number[], now: number): Promise<void> {
  for (const { table, column, step, count } of [
    { table: 'server_hours', column: 'hour', step: '1 hour', count: 90 * 24 },
    { table: 'server_days', column: 'day', step: '1 day', count: 100 },
  ]) {
    const unit = column === 'hour' ? HOUR : DAY;
    const until = new Date(Math.floor(now / unit) * unit).toISOString();
    await knex.raw(
      `insert into ${table} (server_key, ${column}, checks, failures, latency_p50, latency_p95,
         latency_p99, players_min, players_avg, players_max)
       select key, :until::timestamptz - n * interval '${step}', 120, n % 7, 20 + key % 10,
         40 + key % 10, 80, n % 5, 10 + n % 5, 30 + n % 20
       from unnest(:keys::int[]) as key, generate_series(1, :count::int) as n`,
      { keys: [...keys], until, count },
    );
    await knex('history_progress')
      .insert({ task: `${column}s`, until, last_key: 0 })
      .onConflict('task')
      .merge();
  }
}

/** Numbers from 0 up to 1 that a seed repeats: Lehmer's generator. */
function chances(seed: number): () => number {
  let state = seed * 7_919;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
