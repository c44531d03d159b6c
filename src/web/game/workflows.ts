import type { Guess } from '../../domain/registration/registration';
import type { GuessVerdict } from '../../../workflows/registration/contract';
import type { WhitelistConfirmation, WhitelistInput } from '../../../workflows/whitelist/contract';

/** The game servers' way to the workflows. */
export interface GameWorkflows {
  /**
   * Gives what was typed to a registration, and waits for the verdict.
   *
   * @param requestId the same request twice is one guess, and gets one verdict
   * @throws WorkflowsUnreachable
   */
  guess(registrationId: string, guess: Guess, requestId: string): Promise<GuessVerdict>;
  /**
   * The verdict that a request got before, also where the registration is over since.
   *
   * @returns `null`: this registration never had that request, or nobody knows any more
   * @throws WorkflowsUnreachable
   */
  recall(registrationId: string, requestId: string): Promise<GuessVerdict | null>;
  /**
   * Hands over what a server's plugin changed in its whitelist. Twice does no harm.
   *
   * @throws WorkflowsUnreachable
   */
  whitelistConfirmed(
    server: WhitelistInput,
    confirmed: readonly WhitelistConfirmation[],
  ): Promise<void>;
}
