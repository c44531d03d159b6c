import { z } from 'zod';
import type { Client } from '@temporalio/client';
import type { Driver, RestEntry, WorldMessage } from '../../../sandbox';
import { FAILURE_CAUSES } from '../../../src/domain/watching/check';
import type { Castle, Kill } from '../castle/castle';
import { grouped } from '../evidence/grouped';
import type { Fleet, Turn } from './fleet';
import { ALERTS_ID, BOARD_ID, PUBLIC_ID, statusChannelId } from './places';
import type { PlannedServer } from './plan';
import { trueOutages, type TrueOutage } from './truth';

/** Instants are milliseconds since the epoch. */
const instant = z.date().transform((date) => date.getTime());
const cause = z.enum(FAILURE_CAUSES);

const checkRow = z
  .object({
    server_key: z.number(),
    at: instant,
    players: z.number().nullable(),
    cause: cause.nullable(),
  })
  .transform(({ server_key: serverKey, ...row }) => ({ serverKey, ...row }));
/** A row of `server_checks`. */
export type CheckRow = z.infer<typeof checkRow>;

const spanRow = z
  .object({
    server_key: z.number(),
    kind: z.enum(['up', 'down', 'unknown', 'maintenance']),
    started_at: instant,
    // `null`: the present one.
    ended_at: instant.nullable(),
  })
  .transform((row) => ({
    serverKey: row.server_key,
    kind: row.kind,
    from: row.started_at,
    to: row.ended_at,
  }));
/** A row of `server_spans`. */
export type SpanRow = z.infer<typeof spanRow>;

const downtimeRow = z
  .object({
    incident_id: z.string(),
    server_key: z.number(),
    started_at: instant,
    ended_at: instant.nullable(),
    cause,
    unknown_ms: z.coerce.number(),
  })
  .transform((row) => ({
    incidentId: row.incident_id,
    serverKey: row.server_key,
    from: row.started_at,
    to: row.ended_at,
    cause: row.cause,
    unknownMs: row.unknown_ms,
  }));
/** A row of `incident_servers`. */
export type Downtime = z.infer<typeof downtimeRow>;

const incidentRow = z
  .object({
    id: z.string(),
    number: z.number(),
    host: z.string(),
    status: z.string(),
    recovered_at: instant.nullable(),
    alert_message_id: z.string().nullable(),
    public_message_id: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    number: row.number,
    host: row.host,
    status: row.status,
    recoveredAt: row.recovered_at,
    alertMessageId: row.alert_message_id,
    publicMessageId: row.public_message_id,
  }));
/** A row of `incidents`. */
export type Incident = z.infer<typeof incidentRow>;

const incidentEvent = z
  .object({ incident_id: z.string(), seq: z.number(), type: z.string() })
  .transform((row) => ({ incidentId: row.incident_id, seq: row.seq, type: row.type }));
export type IncidentEventRow = z.infer<typeof incidentEvent>;

const serverRow = z.object({
  key: z.number(),
  id: z.string(),
  added_at: instant,
  wished: z.record(z.string(), z.object({ name: z.string(), at: z.number() })),
});

/** Everything that is known of one server: what was so, and what was recorded of it. */
export interface WatchedLife {
  readonly key: number;
  readonly planned: PlannedServer;
  readonly turns: readonly Turn[];
  readonly outages: readonly TrueOutage[];
  readonly addedAt: number;
  /** Oldest first. */
  readonly checks: readonly CheckRow[];
  readonly spans: readonly SpanRow[];
  readonly downtimes: readonly Downtime[];
  /** Its channel, with the name that was wished last and the one that Discord shows. */
  readonly channel: {
    readonly id: string;
    readonly wished: string | null;
    readonly shown: string | null;
  } | null;
}

/** What matters of a message of the bot. */
export interface BotMessage {
  readonly id: string;
  readonly content: string;
  /** Of its first embed. */
  readonly title: string;
  /** Whether there is something to press. */
  readonly hasButtons: boolean;
  readonly repliesTo: string | null;
}

/** A workflow as Temporal lists it. */
export interface SeenWorkflow {
  readonly workflowId: string;
  readonly type: string;
  readonly status: string;
}

/** Everything that can be seen from the outside, at one moment. */
export interface WatchEvidence {
  readonly lives: readonly WatchedLife[];
  readonly incidents: readonly Incident[];
  readonly events: readonly IncidentEventRow[];
  readonly untoldNews: number;
  readonly workflows: readonly SeenWorkflow[];
  /** What the bot asked of Discord. */
  readonly requests: readonly RestEntry[];
  /** Of the bot, in the channel of the administration and in that of the users; oldest first. */
  readonly alerts: readonly BotMessage[];
  readonly notices: readonly BotMessage[];
  /** Where the live status message is. */
  readonly board: readonly BotMessage[];
  readonly kills: readonly Kill[];
  readonly takenAt: number;
}

/** Looks at Discord, Postgres, Temporal and the game servers' own memory. */
export async function gatherWatching(
  driver: Driver,
  castle: Castle,
  fleet: Fleet,
): Promise<WatchEvidence> {
  const [servers, checks, spans, downtimes, incidents, events, news] = await Promise.all([
    castle.query(
      `select g.key, g.id, g.added_at, t.wished from game_servers g
       join server_states t on t.server_key = g.key order by g.key`,
    ),
    castle.query('select server_key, at, players, cause from server_checks order by at'),
    castle.query(
      `select server_key, kind, started_at, nullif(ended_at, 'infinity') as ended_at
       from server_spans order by started_at`,
    ),
    castle.query('select * from incident_servers order by started_at'),
    castle.query('select * from incidents order by number'),
    castle.query('select incident_id, seq, type from incident_events order by incident_id, seq'),
    castle.query('select from watch_news'),
  ]);
  const channels = new Map((await driver.guild()).channels.map(({ id, name }) => [id, name]));
  const checksOf = grouped(z.array(checkRow).parse(checks), ({ serverKey }) => serverKey);
  const spansOf = grouped(z.array(spanRow).parse(spans), ({ serverKey }) => serverKey);
  const downtimesOf = grouped(z.array(downtimeRow).parse(downtimes), ({ serverKey }) => serverKey);
  const known = z.array(serverRow).parse(servers);
  const lives = fleet.servers.map(({ planned, turns }, index): WatchedLife => {
    const row = known.find(({ id }) => id === planned.id);
    if (row === undefined) throw new Error(`${planned.id} is not in the records.`);
    const channelId = statusChannelId(index);
    return {
      key: row.key,
      planned,
      turns,
      outages: trueOutages(turns),
      addedAt: row.added_at,
      checks: checksOf.get(row.key) ?? [],
      spans: spansOf.get(row.key) ?? [],
      downtimes: downtimesOf.get(row.key) ?? [],
      channel:
        planned.channel === null
          ? null
          : {
              id: channelId,
              wished: row.wished[channelId]?.name ?? null,
              shown: channels.get(channelId) ?? null,
            },
    };
  });
  const byBot = async (channelId: string): Promise<BotMessage[]> =>
    (await driver.messages(channelId)).filter(({ author }) => author.bot === true).map(botMessage);
  const journal = await driver.journal({ kind: 'rest' });
  return {
    lives,
    incidents: z.array(incidentRow).parse(incidents),
    events: z.array(incidentEvent).parse(events),
    untoldNews: news.length,
    workflows: await castle.temporal(workflows),
    requests: journal.filter((entry) => entry.kind === 'rest'),
    alerts: await byBot(ALERTS_ID),
    notices: await byBot(PUBLIC_ID),
    board: await byBot(BOARD_ID),
    kills: castle.kills,
    takenAt: Date.now(),
  };
}

const embed = z.object({ title: z.string() });

function botMessage(message: WorldMessage): BotMessage {
  const { id, content, components, embeds, message_reference } = message;
  return {
    id,
    content,
    title: embed.safeParse(embeds[0]).data?.title ?? '',
    hasButtons: components.length > 0,
    repliesTo: message_reference?.message_id ?? null,
  };
}

async function workflows(client: Client): Promise<SeenWorkflow[]> {
  const seen: SeenWorkflow[] = [];
  for await (const { workflowId, type, status } of client.workflow.list()) {
    seen.push({ workflowId, type, status: status.name });
  }
  return seen;
}
