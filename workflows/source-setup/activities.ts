import type { SourceSetupInput } from './contract';

/** The effects of a change. Each may be tried any number of times and happens once. */
export interface SourceSetupActivities {
  /** Records the change, starts what follows from it, and answers the person; an address and secret are shown once. */
  changeSource(input: SourceSetupInput): Promise<void>;
  /** Answers that it was not possible in time. */
  tellSourceSetupFailed(input: SourceSetupInput): Promise<void>;
}
