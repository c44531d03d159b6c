import type { WorkflowClient } from '@temporalio/client';
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
import { startOptions } from '../../temporal/starting';
import type { Start } from './start';

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
  readonly start: Start;
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
  const idOf = ({ guildId, mirrorId, messageId }: MirrorInput): string =>
    mirrorWorkflowId(guildId, mirrorId, messageId);
  const message = (input: MirrorInput) => ({
    workflowId: idOf(input),
    kind: 'mirror',
    summary: `A message in mirror ${input.mirrorId}`,
    input,
  });
  return {
    mirrorMessage: (input) => start(MIRROR_WORKFLOW, message(input)),
    messageChanged: (input) =>
      call(startMs, () => client.getHandle(idOf(input)).signal(messageChanged)),
    followAgain: (input) =>
      call(startMs, async () => {
        await client.signalWithStart(MIRROR_WORKFLOW, {
          ...startOptions(message(input), 'ALLOW_DUPLICATE'),
          signal: messageChanged,
        });
      }),
    reviewMirror: (input) =>
      call(startMs, async () => {
        await client.signalWithStart(MIRROR_REVIEW_WORKFLOW, {
          ...startOptions(
            {
              workflowId: mirrorReviewWorkflowId(input.guildId, input.mirrorId),
              kind: 'mirror-review',
              summary: `Look up what mirror ${input.mirrorId} missed`,
              input,
            },
            'ALLOW_DUPLICATE',
          ),
          signal: reviewAgain,
        });
      }),
    changeMirrors: (input) =>
      start(MIRROR_SETUP_WORKFLOW, {
        workflowId: mirrorSetupWorkflowId(input.interactionId),
        ...{ kind: 'mirror-setup', summary: SUMMARIES[input.change.type], input },
      }),
  };
}
