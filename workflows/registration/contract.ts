import { defineUpdate } from '@temporalio/workflow';
import type { Edition } from '../../src/domain/registration/account';
import { nameKey } from '../../src/domain/registration/name';
import type {
  Guess,
  LinkRefusal,
  RegistrationRefusal,
  RegistrationStatus,
} from '../../src/domain/registration/registration';
import type { AnswerTo } from '../answer-to';

/** What starts and updates a registration. The bot, the web server and the tests import this file and nothing else of the workflow. */

export const REGISTRATION_WORKFLOW = 'registrationWorkflow';

export interface RegistrationSubject {
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  /** As `checkName` gives it: valid for the edition, as the user wrote it. */
  readonly name: string;
}

/**
 * The workflow's id, which is also the registration's in Postgres: one attempt of a user for a name at a time.
 * Later attempts have the same one.
 */
export function registrationWorkflowId(subject: RegistrationSubject): string {
  const { guildId, userId, edition, name } = subject;
  return `registration-${guildId}-${userId}-${edition}-${nameKey(edition, name)}`;
}

/**
 * Start it with the conflict policy FAIL: "already started" means that it runs, and the same command is then
 * sent as the update `newCode`, which knows the interaction that it was started with and does nothing for it.
 * Search attributes at the start: guild, kind `registration`, status `waiting`; they save an Action.
 */
export interface RegistrationInput extends RegistrationSubject {
  /** The interaction in whose answer the code is shown. */
  readonly answerTo: AnswerTo;
}

/**
 * Something was typed in a game. Use the request's webhook-id as the update's id, so that a repeated request
 * gets the first verdict and no attempt is counted twice.
 *
 * The verdict comes when the account was recorded, so it waits while a code is being sent or Postgres is away.
 */
export const guess = defineUpdate<GuessVerdict, [Guess]>('guess');

/** Use the interaction's id as the update's id. What was accepted is answered by the worker, what was refused by the bot. */
export const newCode = defineUpdate<CommandVerdict, [AnswerTo]>('newCode');

/** Use the interaction's id as the update's id. The bot answers; the message with the code is changed by the worker. */
export const cancelRegistration = defineUpdate<CommandVerdict>('cancel');

export type GuessVerdict =
  /** Also again for the same player with the same code. */
  { readonly verified: true } | { readonly verified: false; readonly refusal: GuessRefusal };

/** HTTP's view of it is in contract 7. */
export type GuessRefusal =
  | { readonly refused: 'wrong-code'; readonly attemptsLeft: number }
  | Exclude<RegistrationRefusal, { readonly refused: 'not-ready' | 'most-codes' }>
  | LinkRefusal;

export type CommandVerdict =
  | { readonly done: true; readonly status: RegistrationStatus }
  | {
      readonly done: false;
      readonly refusal: RegistrationRefusal;
      readonly status: RegistrationStatus;
    };
