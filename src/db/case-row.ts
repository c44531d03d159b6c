import { z } from 'zod';
import {
  CASE_STATUSES,
  type CasePolicy,
  type CaseStatus,
  type CloseCause,
} from '../domain/cases/case';

export type CaseKind = 'ticket' | 'report';

/** A case as the lists and the page of one case show it. Instants are milliseconds since the epoch. */
export interface CaseRow {
  /** The id of the workflow that carries it. */
  readonly caseId: string;
  readonly guildId: string;
  readonly number: number;
  readonly kind: CaseKind;
  readonly categoryId: string;
  /** As it was when the case opened. */
  readonly categoryTitle: string;
  readonly status: CaseStatus;
  /** The team that handles it now. */
  readonly teamId: string;
  readonly openerId: string;
  readonly openerName: string;
  readonly assigneeId: string | null;
  readonly channelId: string | null;
  readonly messageId: string | null;
  readonly generation: number;
  readonly raisedAt: number | null;
  /** A user's id, or `service-level`. */
  readonly raisedBy: string | null;
  readonly raisedToTeam: string | null;
  readonly firstAnsweredAt: number | null;
  readonly firstAnsweredBy: string | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
  readonly closedAt: number | null;
  /** `null` while open, and when nobody closed it but time, or the loss of its channel. */
  readonly closedBy: string | null;
  readonly closeCause: CloseCause | null;
  readonly closeReason: string | null;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  /** The newest message of the channel that is known. */
  readonly lastMessageId: string | null;
  /** How many events led here. */
  readonly lastSeq: number;
  readonly policy: CasePolicy;
}

const instant = z.date().transform((date) => date.getTime());

export const policySchema: z.ZodType<CasePolicy> = z.object({
  teamChain: z.array(z.string()),
  inactivity: z.object({ warnAfterMs: z.number(), closeAfterMs: z.number() }).nullable(),
  reopenWindowMs: z.number(),
});

const schema = z
  .object({
    id: z.string(),
    guild_id: z.string(),
    number: z.number(),
    kind: z.enum(['ticket', 'report']),
    category_id: z.string(),
    category_title: z.string(),
    status: z.enum(CASE_STATUSES),
    team_id: z.string(),
    opener_id: z.string(),
    opener_name: z.string(),
    assignee_id: z.string().nullable(),
    channel_id: z.string().nullable(),
    message_id: z.string().nullable(),
    generation: z.number(),
    raised_at: instant.nullable(),
    raised_by: z.string().nullable(),
    raised_to_team: z.string().nullable(),
    first_answered_at: instant.nullable(),
    first_answered_by: z.string().nullable(),
    resolved_at: instant.nullable(),
    resolved_by: z.string().nullable(),
    resolution: z.string().nullable(),
    closed_at: instant.nullable(),
    closed_by: z.string().nullable(),
    close_cause: z.enum(['opener', 'staff', 'inactivity', 'channel-gone']).nullable(),
    close_reason: z.string().nullable(),
    opened_at: instant,
    last_activity_at: instant,
    last_message_id: z.string().nullable(),
    last_seq: z.number(),
    policy: policySchema,
  })
  .transform((row): CaseRow => ({
    caseId: row.id,
    guildId: row.guild_id,
    number: row.number,
    kind: row.kind,
    categoryId: row.category_id,
    categoryTitle: row.category_title,
    status: row.status,
    teamId: row.team_id,
    openerId: row.opener_id,
    openerName: row.opener_name,
    assigneeId: row.assignee_id,
    channelId: row.channel_id,
    messageId: row.message_id,
    generation: row.generation,
    raisedAt: row.raised_at,
    raisedBy: row.raised_by,
    raisedToTeam: row.raised_to_team,
    firstAnsweredAt: row.first_answered_at,
    firstAnsweredBy: row.first_answered_by,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    resolution: row.resolution,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    closeCause: row.close_cause,
    closeReason: row.close_reason,
    openedAt: row.opened_at,
    lastActivityAt: row.last_activity_at,
    lastMessageId: row.last_message_id,
    lastSeq: row.last_seq,
    policy: row.policy,
  }));

/** A row of `cases` as `pg` gives it. */
export function parseCaseRow(row: unknown): CaseRow {
  return schema.parse(row);
}
