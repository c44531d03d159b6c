import type { MirrorInput, MirrorReviewInput } from './contract';

/** The effects of mirrors. Each may be tried any number of times and happens once. */
export interface MirrorActivities {
  /**
   * Copies everything that was written in the channel up to this message, in order, and follows what changed of
   * what was copied before; unless another workflow is at it already, which then does this as well.
   */
  followMessage(request: FollowRequest): Promise<Followed>;
  /** Copies and follows what was missed while nobody listened. */
  reviewMirror(request: MirrorReviewInput): Promise<Reviewed>;
}

export type FollowRequest = Omit<MirrorInput, 'until'>;

export interface Followed {
  /** `waiting`: another workflow is at it; `absent`: there is no copy, and there is to be none. */
  readonly standing: 'copied' | 'absent' | 'waiting';
  /** There is more to be done in that channel than fits into one activity; it must be called again at once. */
  readonly more: boolean;
}

export interface Reviewed {
  readonly more: boolean;
}
