import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
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
  /** The interactions whose commands were taken and not refused. */
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

/** What an activity answers that found no need to tell its events. */
const untold = z.object({ closed: z.object({}) });
const refusal = z.object({ done: z.literal(false) });

type Payloads = { readonly payloads?: readonly Payload[] | null } | null | undefined;

function firstOf(payloads: Payloads): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload && defaultPayloadConverter.fromPayload(payload);
}

/** Reads a ticket's history; its payloads must not be encrypted. */
export function ticketHistory(history: History, status: string): TicketHistory {
  const events = new Map<number, NumberedEvent>();
  const updates = new Set<string>();
  const accepted = new Map<string, string>();
  const underWay = new Map<string, string>();
  const toldBy = new Map<string, number[]>();
  let failedTasks = 0;
  for (const event of history.events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      underWay.set(String(event.eventId), scheduled.activityType?.name ?? '');
      for (const payload of scheduled.input?.payloads ?? []) {
        const input = change.safeParse(defaultPayloadConverter.fromPayload(payload));
        for (const { seq, at, event: told } of input.data?.events ?? []) {
          events.set(seq, { seq, at, type: told.type });
          toldBy.set(String(event.eventId), [...(toldBy.get(String(event.eventId)) ?? []), seq]);
        }
      }
    }
    const ended =
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (ended) underWay.delete(String(ended.scheduledEventId));
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed && untold.safeParse(firstOf(completed.result)).success) {
      for (const seq of toldBy.get(String(completed.scheduledEventId)) ?? []) events.delete(seq);
    }
    const taken = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (taken) {
      updates.add(taken.protocolInstanceId ?? '');
      accepted.set(String(event.eventId), taken.protocolInstanceId ?? '');
    }
    const answered = event.workflowExecutionUpdateCompletedEventAttributes;
    if (answered && refusal.safeParse(firstOf(answered.outcome?.success)).success) {
      updates.delete(accepted.get(String(answered.acceptedEventId)) ?? '');
    }
    if (event.workflowTaskFailedEventAttributes) failedTasks += 1;
  }
  return { status, events, updates, underWay: [...underWay.values()], failedTasks };
}
