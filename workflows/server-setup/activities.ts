import type { ServerSetupInput } from './contract';

/** The effects of a change. Each may be tried any number of times and happens once. */
export interface ServerSetupActivities {
  /** Probes the server where that makes sense, records the change, and answers the person. */
  changeServer(input: ServerSetupInput): Promise<void>;
  /** Answers that it was not possible in time. */
  tellSetupFailed(input: ServerSetupInput): Promise<void>;
}
