import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  messageChanged,
  MIRROR_REVIEW_WORKFLOW,
  MIRROR_WORKFLOW,
  mirrorReviewWorkflowId,
  mirrorWorkflowId,
  reviewAgain,
  type MirrorInput,
  type MirrorReviewInput,
} from '../../../workflows/mirror/contract';
import {
  MIRROR_SETUP_WORKFLOW,
  mirrorSetupWorkflowId,
  type MirrorChange,
  type MirrorSetupInput,
} from '../../../workflows/mirror-setup/contract';
import { TASK_QUEUE } from '../../../workflows/ticket/contract';
import { searchAttributes } from '../../temporal/search-attributes';

/** The bot's way to mirrors; see `Desk`. */
export interface MirrorDesk {
  /** A message was written that a mirror copies. Repeated it does nothing. @throws DeskUnreachable, DeskSilent */
  mirrorMessage(input: MirrorInput): Promise<void>;
  /** It was edited, deleted or reacted to. @throws DeskUnreachable, DeskSilent; CaseOver: nobody follows it */
  messageChanged(input: MirrorInput): Promise<void>;
  /** A message changed whose copy nobody follows (any more). @throws DeskUnreachable, DeskSilent */
  followAgain(input: MirrorInput): Promise<void>;
  /** Something of a mirror may have been missed. @throws DeskUnreachable, DeskSilent */
  reviewMirror(input: MirrorReviewInput): Promise<void>;
  /** Starts a change to the mirrors; the worker answers the interaction. @throws DeskUnreachable, DeskSilent */
  changeMirrors(input: MirrorSetupInput): Promise<void>;
}

interface MirrorDeskParts {
  readonly client: WorkflowClient;
  /** Hands something over within a time, with the desk's errors. */
  readonly call: <T>(within: number, operation: () => Promise<T>) => Promise<T>;
  /** Starts a workflow, or does nothing where it was started before. */
  readonly start: (type: string, options: Parameters<WorkflowClient['start']>[1]) => Promise<void>;
  /** How long a start may take, in milliseconds. */
  readonly startMs: number;
}

/** What each change is, for whoever reads the workflow. */
const SUMMARIES: Readonly<Record<MirrorChange['type'], string>> = {
  add: 'Add a mirror',
  remove: 'Remove a mirror',
  answer: 'Answer another server that wishes to copy',
};

/** The part of the desk that looks after mirrors. */
export function createMirrorDesk({ client, call, start, startMs }: MirrorDeskParts): MirrorDesk {
  const attributes = (guildId: string, kind: string): TypedSearchAttributes =>
    new TypedSearchAttributes([
      { key: searchAttributes.guild, value: guildId },
      { key: searchAttributes.kind, value: kind },
    ]);
  const idOf = ({ guildId, mirrorId, messageId }: MirrorInput): string =>
    mirrorWorkflowId(guildId, mirrorId, messageId);
  const message = (input: MirrorInput) => ({
    workflowId: idOf(input),
    taskQueue: TASK_QUEUE,
    args: [input] as [MirrorInput],
    staticSummary: `A message in mirror ${input.mirrorId}`,
    typedSearchAttributes: attributes(input.guildId, 'mirror'),
  });
  return {
    mirrorMessage: (input) =>
      start(MIRROR_WORKFLOW, { ...message(input), workflowIdReusePolicy: 'REJECT_DUPLICATE' }),
    messageChanged: (input) =>
      call(startMs, () => client.getHandle(idOf(input)).signal(messageChanged)),
    followAgain: (input) =>
      call(startMs, async () => {
        await client.signalWithStart(MIRROR_WORKFLOW, {
          ...message(input),
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          signal: messageChanged,
        });
      }),
    reviewMirror: (input) =>
      call(startMs, async () => {
        await client.signalWithStart(MIRROR_REVIEW_WORKFLOW, {
          workflowId: mirrorReviewWorkflowId(input.guildId, input.mirrorId),
          taskQueue: TASK_QUEUE,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          args: [input] as [MirrorReviewInput],
          staticSummary: `Look up what mirror ${input.mirrorId} missed`,
          typedSearchAttributes: attributes(input.guildId, 'mirror-review'),
          signal: reviewAgain,
        });
      }),
    changeMirrors: (input) =>
      start(MIRROR_SETUP_WORKFLOW, {
        workflowId: mirrorSetupWorkflowId(input.interactionId),
        taskQueue: TASK_QUEUE,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [input],
        staticSummary: SUMMARIES[input.change.type],
        typedSearchAttributes: attributes(input.guildId, 'mirror-setup'),
      }),
  };
}
