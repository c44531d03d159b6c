import type { Edition } from '../../src/domain/registration/account';
import type { AnswerTo } from '../answer-to';

/**
 * A change of who has which accounts, other than by a registration: a short workflow, since the bot writes no
 * records.
 */

export const ACCOUNT_WORKFLOW = 'accountWorkflow';

/** For a command, a button or a form. */
export function accountWorkflowId(interactionId: string): string {
  return `account-${interactionId}`;
}

/**
 * For somebody who left the guild or was banned from it.
 *
 * @param at the instant as Discord or the bot dates it; the same for a repeated event
 */
export function departureWorkflowId(departure: {
  readonly cause: 'left' | 'banned';
  readonly guildId: string;
  readonly userId: string;
  readonly at: number;
}): string {
  const { cause, guildId, userId, at } = departure;
  return `account-${cause}-${guildId}-${userId}-${at}`;
}

export type AccountChange =
  /** `/unregister name`: of the user's own accounts. It also cancels registrations of the name that run. */
  | { readonly type: 'unregister'; readonly edition: Edition | null; readonly name: string }
  | { readonly type: 'make-primary'; readonly accountKey: number }
  /** Staff; the reason is sealed. `uuid`: `null` where nobody knows it yet. */
  | {
      readonly type: 'link';
      readonly userId: string;
      readonly edition: Edition;
      readonly name: string;
      readonly uuid: string | null;
      readonly sealedReason: string;
    }
  | { readonly type: 'unlink'; readonly accountKey: number; readonly sealedReason: string }
  /**
   * What then happens is a matter of the guild's configuration. Registrations of theirs that run are cancelled.
   * `at`: when it was, in milliseconds since the epoch; what they began later, having come back, stays.
   */
  | { readonly type: 'left' | 'banned'; readonly userId: string; readonly at: number };

export interface AccountInput {
  readonly guildId: string;
  /** Who asked for it; `null`: nobody did, as when somebody left. */
  readonly actorId: string | null;
  readonly change: AccountChange;
  /** `null`: there is nobody to answer. */
  readonly answerTo: AnswerTo | null;
}
