import { z } from 'zod';
import type { Client } from '@temporalio/client';
import type { Driver, InteractionState, JournalEntry, WorldSnapshot } from '../../../sandbox';
import { parseCaseRow, type CaseRow } from '../../../src/db/case-row';
import { TICKET_WORKFLOW } from '../../../workflows/ticket/contract';
import type { Castle } from '../castle/castle';
import type { Asked, PeopleRecord } from '../people/record';
import { grouped } from './grouped';
import { ticketHistory, type TicketHistory } from './ticket-history';

/** A row of `case_events`. */
export interface EventRow {
  readonly caseId: string;
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly actorId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A row of `case_conversations`. */
export interface ConversationRow {
  readonly caseId: string;
  readonly generation: number;
  readonly storageKey: string;
  readonly sha256: string;
  readonly messages: number;
  readonly complete: boolean;
}

/** Everything that can be seen from the outside, at one moment. */
export interface Evidence {
  readonly cases: readonly CaseRow[];
  /** By case, oldest first. */
  readonly events: ReadonlyMap<string, readonly EventRow[]>;
  readonly conversations: readonly ConversationRow[];
  /** The last number that each guild has given. */
  readonly lastNumbers: ReadonlyMap<string, number>;
  /** What Temporal knows of each ticket, by case. */
  readonly histories: ReadonlyMap<string, TicketHistory>;
  /** Workflows of any type that neither run nor have completed. */
  readonly brokenWorkflows: readonly string[];
  readonly world: WorldSnapshot;
  readonly journal: readonly JournalEntry[];
  readonly interactions: readonly (Asked & { readonly state: InteractionState })[];
  readonly people: PeopleRecord;
  readonly storageDir: string;
}

const eventRow = z
  .object({
    case_id: z.string(),
    seq: z.number(),
    type: z.string(),
    at: z.date(),
    actor_id: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .transform((row): EventRow => ({
    caseId: row.case_id,
    seq: row.seq,
    type: row.type,
    at: row.at.getTime(),
    actorId: row.actor_id,
    data: row.data,
  }));

const conversationRow = z
  .object({
    case_id: z.string(),
    generation: z.number(),
    storage_key: z.string(),
    sha256: z.string(),
    messages: z.number(),
    complete: z.boolean(),
  })
  .transform((row): ConversationRow => ({
    caseId: row.case_id,
    generation: row.generation,
    storageKey: row.storage_key,
    sha256: row.sha256,
    messages: row.messages,
    complete: row.complete,
  }));

const guildRow = z.object({ id: z.string(), last_case_number: z.number() });

/** Looks at Discord, Postgres, Temporal and what people remember. */
export async function gather(
  driver: Driver,
  castle: Castle,
  people: PeopleRecord,
): Promise<Evidence> {
  const [cases, events, conversations, guilds] = await Promise.all([
    castle.query('select * from cases order by number'),
    castle.query('select * from case_events order by case_id, seq'),
    castle.query('select * from case_conversations'),
    castle.query('select id, last_case_number from guilds'),
  ]);
  const { histories, broken } = await castle.temporal(workflows);
  return {
    cases: cases.map(parseCaseRow),
    events: grouped(z.array(eventRow).parse(events), ({ caseId }) => caseId),
    conversations: z.array(conversationRow).parse(conversations),
    lastNumbers: new Map(
      z
        .array(guildRow)
        .parse(guilds)
        .map((guild) => [guild.id, guild.last_case_number]),
    ),
    histories,
    brokenWorkflows: broken,
    world: await driver.world(),
    journal: await driver.journal(),
    interactions: await Promise.all(
      people.asked.map(async (asked) => ({
        ...asked,
        state: (await driver.interaction(asked.handle.id)) ?? asked.handle.state,
      })),
    ),
    people,
    storageDir: castle.storageDir,
  };
}

async function workflows(
  client: Client,
): Promise<{ histories: Map<string, TicketHistory>; broken: string[] }> {
  const histories = new Map<string, TicketHistory>();
  const broken: string[] = [];
  for await (const { workflowId, runId, type, status } of client.workflow.list()) {
    if (!['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW'].includes(status.name)) {
      broken.push(`${workflowId} is ${status.name}`);
    }
    if (type !== TICKET_WORKFLOW) continue;
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.set(workflowId, ticketHistory(history, status.name));
  }
  return { histories, broken };
}
