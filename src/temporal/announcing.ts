import type { WorkflowClient } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  ANNOUNCEMENT_WORKFLOW,
  announcementWorkflowId,
  type AnnouncementInput,
} from '../../workflows/announcement/contract';
import {
  sourceChangedSignal,
  SUBSCRIPTION_WORKFLOW,
  subscriptionWorkflowId,
  type SubscriptionInput,
} from '../../workflows/subscription/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { startAttributes } from './search-attributes';

/** How the workflow of a delivery is started: once, however often the delivery comes. */
export const announcementStart = (input: AnnouncementInput) =>
  ({
    workflowId: announcementWorkflowId(input),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    taskQueue: TASK_QUEUE,
    args: [input],
    staticSummary: `Announce what ${input.sourceId} delivered`,
    typedSearchAttributes: startAttributes(input.guildId, 'announcement'),
  }) as const;

/** How the keeper of a source is started, with a signal: one that runs is only told. */
export const keeperStart = (source: SubscriptionInput) => ({
  workflowId: subscriptionWorkflowId(source),
  taskQueue: TASK_QUEUE,
  args: [source],
  staticSummary: `Keep the source ${source.sourceId}`,
  typedSearchAttributes: startAttributes(source.guildId, 'subscription'),
});

/** Starts an announcement. @returns `repeated`: it was started before */
export async function announce(
  workflows: WorkflowClient,
  input: AnnouncementInput,
): Promise<'accepted' | 'repeated'> {
  try {
    await workflows.start(ANNOUNCEMENT_WORKFLOW, announcementStart(input));
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'repeated';
    throw error;
  }
}

/** Lets the keeper of a source look at the records; a source that has none yet gets one. */
export async function tellKeeper(
  workflows: WorkflowClient,
  source: SubscriptionInput,
): Promise<void> {
  await workflows.signalWithStart(SUBSCRIPTION_WORKFLOW, {
    ...keeperStart(source),
    signal: sourceChangedSignal,
    signalArgs: [],
  });
}
