import type { Knex } from 'knex';
import { z } from 'zod';
import { CASE_STATUSES, type CaseStatus } from '../domain/cases/case';
import { parseCaseRow, type CaseKind, type CaseRow } from './case-row';
import { whileAvailable } from './connection';

/** Which cases of a guild are listed, newest number first. What is absent does not filter. */
export interface CaseQuery {
  readonly guildId: string;
  readonly kind?: CaseKind;
  readonly status?: readonly CaseStatus[];
  readonly categoryId?: string;
  /** `null`: the cases that nobody has. */
  readonly assigneeId?: string | null;
  readonly openerId?: string;
  /** Only cases with smaller numbers: the `next` of the page before. */
  readonly before?: number;
  /** The most cases on the page. */
  readonly limit: number;
}

export interface CasePage {
  readonly cases: CaseRow[];
  /** The `before` of the following page; `null` when this is the last one. */
  readonly next: number | null;
}

/** One answer in the form with which the case was opened. */
export interface CaseAnswer {
  readonly fieldId: string;
  /** The field's title as it was then. */
  readonly label: string;
  readonly value: string;
}

/** One line of a case's history. */
export interface CaseHistoryEntry {
  readonly seq: number;
  /** A `CaseEvent`'s type. */
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Who did it; `null` when nobody did, as when time passed. */
  readonly actorId: string | null;
  /** The other parts of the event. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A person's own words: a resolution, a reason. */
  readonly note: string | null;
}

export interface OpenChannel {
  readonly caseId: string;
  readonly channelId: string;
  /** The newest message that is known; `null`: none yet. */
  readonly lastMessageId: string | null;
  readonly status: CaseStatus;
}

/** What reads cases. Every method throws `DatabaseUnavailable` while Postgres is away. */
export interface CaseReader {
  get(caseId: string): Promise<CaseRow | null>;
  byNumber(guildId: string, number: number): Promise<CaseRow | null>;
  /** The case whose conversation happens in this channel now. */
  byChannel(channelId: string): Promise<CaseRow | null>;
  /** All channels that cases have now, to be compared with those in Discord. */
  openChannels(guildId: string): Promise<OpenChannel[]>;
  /** In the order of the form. */
  answers(caseId: string): Promise<CaseAnswer[]>;
  /** The history, oldest first. */
  events(caseId: string): Promise<CaseHistoryEntry[]>;
  list(query: CaseQuery): Promise<CasePage>;
  /** The newest case's number; 0 before the first, and in a guild that is not set up. */
  lastNumber(guildId: string): Promise<number>;
}

export function createCaseReader(knex: Knex): CaseReader {
  const one = (where: Readonly<Record<string, string | number>>) =>
    whileAvailable(async () => {
      const row: unknown = await knex('cases').where(where).first();
      return row === undefined ? null : parseCaseRow(row);
    });
  return {
    get: (id) => one({ id }),
    byNumber: (guildId, number) => one({ guild_id: guildId, number }),
    byChannel: (channelId) => one({ channel_id: channelId }),
    openChannels: (guildId) =>
      whileAvailable(async () => openChannels.parse(await openChannelsQuery(knex, guildId))),
    answers: (caseId) =>
      whileAvailable(async () =>
        answers.parse(
          await knex('case_answers')
            .where('case_id', caseId)
            .orderBy('position')
            .select({ fieldId: 'field_id', label: 'label', value: 'answer' }),
        ),
      ),
    events: (caseId) =>
      whileAvailable(async () =>
        history.parse(
          await knex('case_events')
            .where('case_id', caseId)
            .orderBy('seq')
            .select('seq', 'type', 'at', 'data', 'note', { actorId: 'actor_id' }),
        ),
      ),
    list: (query) => whileAvailable(() => list(knex, query)),
    lastNumber: (guildId) =>
      whileAvailable(async () => {
        const found = await knex('guilds').where('id', guildId).select('last_case_number');
        return numbers.parse(found)[0]?.last_case_number ?? 0;
      }),
  };
}

export function openChannelsQuery(knex: Knex, guildId: string): Knex.QueryBuilder {
  return knex('cases')
    .where('guild_id', guildId)
    .whereNotNull('channel_id')
    .orderBy('number')
    .select('id', 'channel_id', 'last_message_id', 'status');
}

const openChannels = z.array(
  z
    .object({
      id: z.string(),
      channel_id: z.string(),
      last_message_id: z.string().nullable(),
      status: z.enum(CASE_STATUSES),
    })
    .transform((row): OpenChannel => ({
      caseId: row.id,
      channelId: row.channel_id,
      lastMessageId: row.last_message_id,
      status: row.status,
    })),
);

const numbers = z.array(z.object({ last_case_number: z.number() }));

const answers = z.array(z.object({ fieldId: z.string(), label: z.string(), value: z.string() }));

const history = z.array(
  z.object({
    seq: z.number(),
    type: z.string(),
    at: z.date().transform((date) => date.getTime()),
    actorId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    note: z.string().nullable(),
  }),
);

async function list(knex: Knex, query: CaseQuery): Promise<CasePage> {
  if (query.status?.length === 0) return { cases: [], next: null };
  const rows = z.array(z.unknown()).parse(await caseListQuery(knex, query));
  const cases = rows.slice(0, query.limit).map(parseCaseRow);
  const more = rows.length > query.limit;
  return { cases, next: (more && cases.at(-1)?.number) || null };
}

/**
 * One row more than the page has, to know whether another follows. The page's ids come from an index
 * alone; then only its rows are read. Each status is walked on its own, newest first, because one
 * walk in the order of numbers could pass any number of cases in other statuses.
 */
export function caseListQuery(knex: Knex, query: CaseQuery): Knex.QueryBuilder {
  const most = query.limit + 1;
  const ids = (status: CaseStatus | null) => {
    const found = knex('cases')
      .where('guild_id', query.guildId)
      .orderBy('number', 'desc')
      .limit(most)
      .select('id', 'number');
    if (status !== null) void found.where('status', status);
    if (query.kind !== undefined) void found.where('kind', query.kind);
    if (query.categoryId !== undefined) void found.where('category_id', query.categoryId);
    if (query.assigneeId !== undefined) void found.where('assignee_id', query.assigneeId);
    if (query.openerId !== undefined) void found.where('opener_id', query.openerId);
    if (query.before !== undefined) void found.where('number', '<', query.before);
    return found;
  };
  const statuses = query.status === undefined ? [null] : [...new Set(query.status)];
  const page = knex
    .select('id')
    .from(knex.unionAll(statuses.map(ids), true).as('found'))
    .orderBy('number', 'desc')
    .limit(most);
  return knex('cases').whereIn('id', page).orderBy('number', 'desc').select();
}
