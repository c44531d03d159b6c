import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const { EventType } = temporal.api.enums.v1;

/** What is begun, and what ends it, by types of events. */
const UNDER_WAY = [
  {
    begins: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    ends: [
      EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
      EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
      EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    ],
  },
  {
    begins: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    ends: [
      EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
      EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
      EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
      EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
    ],
  },
];

/**
 * Waits until nothing of a workflow is under way and its history has something at all that is
 * wanted: then it waits for people or for a timer.
 *
 * @param wanted types of events that have to have come, as often as they are named
 * @returns the history
 */
export async function untilAtRest(
  client: Client,
  workflowId: string,
  wanted: readonly temporal.api.enums.v1.EventType[] = [],
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  for (;;) {
    // The server answers when there is something new, or after a while to be asked again.
    const page = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId },
      waitNewEvent: true,
      nextPageToken,
    });
    events.push(...(page.history?.events ?? []));
    const count = (types: readonly unknown[]): number =>
      events.filter(({ eventType }) => types.includes(eventType)).length;
    const resting = UNDER_WAY.every(({ begins, ends }) => count([begins]) === count(ends));
    const complete = wanted.every(
      (type) => count([type]) >= wanted.filter((other) => other === type).length,
    );
    if (events.length > 0 && resting && complete) return events;
    nextPageToken = page.nextPageToken;
    if (nextPageToken.length === 0) throw new Error(`${workflowId} ended: nothing more will come.`);
  }
}
