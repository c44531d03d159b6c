import { defineSignal } from '@temporalio/workflow';
import { mirrorKey } from '../../src/domain/mirrors/settings';

/** What the bot knows of mirroring a message. No text of it is ever here. */

export const MIRROR_WORKFLOW = 'mirrorWorkflow';

/** One message's way through one mirror. */
export function mirrorWorkflowId(guildId: string, mirrorId: string, messageId: string): string {
  return `mirror-${mirrorKey(guildId, mirrorId)}-${messageId}`;
}

export interface MirrorInput {
  /** The guild that defines the mirror. */
  readonly guildId: string;
  readonly mirrorId: string;
  /** Where the message stands: the mirror's channel, or a thread of it. */
  readonly channelId: string;
  readonly isThread: boolean;
  readonly messageId: string;
  /** Until then edits are followed (milliseconds since the epoch). */
  readonly until: number;
  /** Whether it is begun for a change of a message that was copied before. */
  readonly changed: boolean;
}

/** The message was edited, deleted or reacted to. */
export const messageChanged = defineSignal('changed');

export const MIRROR_REVIEW_WORKFLOW = 'mirrorReviewWorkflow';

/** What no session of the gateway told of a mirror is looked up; one at a time. */
export function mirrorReviewWorkflowId(guildId: string, mirrorId: string): string {
  return `mirror-review-${mirrorKey(guildId, mirrorId)}`;
}

export interface MirrorReviewInput {
  readonly guildId: string;
  readonly mirrorId: string;
}

/** Something may have been missed since the review began. */
export const reviewAgain = defineSignal('again');
