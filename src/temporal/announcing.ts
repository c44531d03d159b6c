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
import { startOptions } from './starting';

/** How the workflow of a delivery is started: once, however often the delivery comes. */
export const announcementStart = (input: AnnouncementInput) =>
  startOptions(
    {
      workflowId: announcementWorkflowId(input),
      kind: 'announcement',
      summary: `Announce what ${input.sourceId} delivered`,
      input,
    },
    'REJECT_DUPLICATE',
  );

/** How the keeper of a source is started, with a signal: one that runs is only told. */
export const keeperStart = (source: SubscriptionInput) =>
  startOptions(
    {
      workflowId: subscriptionWorkflowId(source),
      kind: 'subscription',
      summary: `Keep the source ${source.sourceId}`,
      input: source,
    },
    'ALLOW_DUPLICATE',
  );

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
