import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { z } from 'zod';

/** An event of a case as the workflow numbered it. */
export interface NumberedEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
}

/** What a ticket's workflow did, read from its history. */
export interface TicketHistory {
  readonly status: string;
  /** The events that went to activities, by their numbers. */
  readonly events: ReadonlyMap<number, NumberedEvent>;
  /** The interactions whose commands were taken. */
  readonly updates: ReadonlySet<string>;
  /** Types of activities that were begun and have neither completed nor failed. */
  readonly underWay: readonly string[];
  /** How often the workflow's own code failed. */
  readonly failedTasks: number;
}

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

const change = z.object({
  events: z.array(
    z.object({ seq: z.number(), at: z.number(), event: z.object({ type: z.string() }) }),
  ),
});

/** Reads a ticket's history; its payloads must not be encrypted. */
export function ticketHistory(history: History, status: string): TicketHistory {
  const events = new Map<number, NumberedEvent>();
  const updates = new Set<string>();
  const underWay = new Map<string, string>();
  let failedTasks = 0;
  for (const event of history.events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      underWay.set(String(event.eventId), scheduled.activityType?.name ?? '');
      for (const payload of scheduled.input?.payloads ?? []) {
        const input = change.safeParse(defaultPayloadConverter.fromPayload(payload));
        for (const { seq, at, event: told } of input.data?.events ?? []) {
          events.set(seq, { seq, at, type: told.type });
        }
      }
    }
    const ended =
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (ended) underWay.delete(String(ended.scheduledEventId));
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (accepted) updates.add(accepted.protocolInstanceId ?? '');
    if (event.workflowTaskFailedEventAttributes) failedTasks += 1;
  }
  return { status, events, updates, underWay: [...underWay.values()], failedTasks };
}
