import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor, CaseStatus } from '../../src/domain/cases/case';
import type { PersonCommandType, Refusal } from '../../src/domain/cases/commands';

/** What starts, signals and updates a ticket. The bot and the tests import this file and nothing else of the workflow. */

export const TICKET_WORKFLOW = 'ticketWorkflow';

/** All of Castellan's workflows and activities run on one task queue. */
export const TASK_QUEUE = 'castellan';

/**
 * The workflow's id, which is also the id of the case in Postgres.
 * The same click, delivered twice, is the same ticket.
 *
 * @param interactionId snowflake of the interaction that asked for the ticket
 */
export function ticketWorkflowId(interactionId: string): string {
  return `ticket-${interactionId}`;
}

export interface TicketInput {
  readonly guildId: string;
  readonly categoryId: string;
  readonly openerId: string;
  /** `SealedOpening`, sealed: the person's text and the interaction's token are not readable in the history. */
  readonly sealed: string;
}

/** What one person said in the form, and how to answer the interaction. It is sealed in `TicketInput`. */
export interface SealedOpening {
  readonly applicationId: string;
  /** Valid for 15 minutes after the interaction. */
  readonly interactionToken: string;
  /** The opener's display name when the ticket was opened. */
  readonly openerName: string;
  readonly answers: readonly { readonly fieldId: string; readonly value: string }[];
}

/** A person's command. `note` is a sealed text: a resolution or a reason. */
export interface PersonRequest {
  readonly actor: Actor;
  readonly note?: string;
}

/** The case as far as whoever gave a command needs to know it. */
export interface CaseSummary {
  readonly number: number;
  readonly status: CaseStatus;
  readonly assigneeId: string | null;
  readonly channelId: string | null;
  readonly teamId: string | null;
}

/** What became of a command: carried out (its effects follow by themselves), or refused. */
export type Verdict =
  | { readonly done: true; readonly case: CaseSummary }
  | { readonly done: false; readonly refusal: Refusal; readonly case: CaseSummary };

/** An update for each command; use the interaction's id as the update's id, so that a repeated click counts once. */
export const commandUpdates = {
  claim: defineUpdate<Verdict, [PersonRequest]>('claim'),
  release: defineUpdate<Verdict, [PersonRequest]>('release'),
  raise: defineUpdate<Verdict, [PersonRequest]>('raise'),
  resolve: defineUpdate<Verdict, [PersonRequest]>('resolve'),
  close: defineUpdate<Verdict, [PersonRequest]>('close'),
  reopen: defineUpdate<Verdict, [PersonRequest]>('reopen'),
} satisfies Record<PersonCommandType, unknown>;

/** Messages were written in the channel; the bot sends one signal for a burst. Instants in milliseconds since the epoch. */
export interface MessagesSeen {
  readonly lastAt: number;
  /** The first message of the burst by a member of staff, if there is one. */
  readonly staff: { readonly userId: string; readonly at: number } | null;
}

export const messagesSignal = defineSignal<[MessagesSeen]>('messages');

/** A channel was deleted in Discord. Sent for every deletion that the bot sees, also our own. */
export const channelGoneSignal = defineSignal<[{ readonly channelId: string }]>('channelGone');
