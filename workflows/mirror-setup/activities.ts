import type { MirrorSetupInput } from './contract';

/** The effects of a change. Each may be tried any number of times and happens once. */
export interface MirrorSetupActivities {
  /** Records the change, asks the other guild where one is concerned, and answers the person. */
  changeMirrors(input: MirrorSetupInput): Promise<void>;
  /** Answers that it was not possible in time. */
  tellMirrorSetupFailed(input: MirrorSetupInput): Promise<void>;
}
