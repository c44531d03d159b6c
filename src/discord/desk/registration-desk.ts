import { WorkflowExecutionAlreadyStartedError, type WorkflowClient } from '@temporalio/client';
import { ACCOUNT_WORKFLOW, type AccountInput } from '../../../workflows/account/contract';
import type { AnswerTo } from '../../../workflows/answer-to';
import {
  cancelRegistration,
  newCode,
  REGISTRATION_WORKFLOW,
  registrationWorkflowId,
  type CommandVerdict,
  type RegistrationInput,
  type RegistrationSubject,
} from '../../../workflows/registration/contract';
import {
  WHITELIST_CHECK_WORKFLOW,
  whitelistCheckWorkflowId,
  type WhitelistCheckInput,
} from '../../../workflows/whitelist/contract';
import { searchAttributes } from '../../temporal/search-attributes';
import { startOptions } from '../../temporal/starting';
import { CaseOver } from './errors';
import type { Start } from './start';

/** The bot's way to registrations, accounts and whitelists; see `Desk`. */
export interface RegistrationDesk {
  /**
   * Starts a registration, or asks for a new code where it runs already.
   *
   * @returns whether it goes on; then the worker answers the interaction
   * @throws DeskUnreachable, DeskSilent; CaseOver where it ended whenever it was asked for a code
   */
  register(input: RegistrationInput): Promise<CommandVerdict>;
  /**
   * Asks for a new code; the worker answers the interaction when it was accepted.
   *
   * @throws DeskUnreachable, DeskSilent, CaseOver
   */
  newCode(subject: RegistrationSubject, answerTo: AnswerTo): Promise<CommandVerdict>;
  /**
   * Cancels a registration; the worker changes the message with the code.
   *
   * @param updateId the interaction's id
   * @throws DeskUnreachable, DeskSilent, CaseOver
   */
  cancelRegistration(subject: RegistrationSubject, updateId: string): Promise<CommandVerdict>;
  /**
   * Starts a change of accounts; the worker answers. A repeated one does nothing.
   *
   * @param workflowId by `accountWorkflowId` or `departureWorkflowId`
   * @throws DeskUnreachable, DeskSilent
   */
  changeAccounts(workflowId: string, input: AccountInput): Promise<void>;
  /** Starts the comparison of a whitelist; the worker answers. @throws DeskUnreachable, DeskSilent */
  checkWhitelist(input: WhitelistCheckInput): Promise<void>;
}

interface RegistrationDeskParts {
  readonly client: WorkflowClient;
  /** Hands something over within a time, with the desk's errors. */
  readonly call: <T>(within: number, operation: () => Promise<T>) => Promise<T>;
  readonly start: Start;
  /** How long a start and a verdict may take, in milliseconds. */
  readonly startMs: number;
  readonly verdictMs: number;
}

/** It may end between our two questions, and be begun again by another device of the person's. */
const MOST_TRIES = 3;

/** What each change is, for whoever reads the workflow; without anything personal. */
const SUMMARIES: Readonly<Record<AccountInput['change']['type'], string>> = {
  unregister: 'Give up an account',
  'make-primary': 'Choose the primary account',
  link: 'Link an account by hand',
  unlink: 'Unlink an account by hand',
  left: 'Accounts of a member who left',
  banned: 'Accounts of a member who was banned',
};

/** The part of the desk that looks after registrations, accounts and whitelists. */
export function createRegistrationDesk({
  client,
  call,
  start,
  startMs,
  verdictMs,
}: RegistrationDeskParts): RegistrationDesk {
  const askForCode = (subject: RegistrationSubject, answerTo: AnswerTo): Promise<CommandVerdict> =>
    call(verdictMs, () =>
      client
        .getHandle(registrationWorkflowId(subject))
        .executeUpdate(newCode, { updateId: answerTo.interactionId, args: [answerTo] }),
    );

  /** @returns whether it was started; else it runs */
  const begin = async (input: RegistrationInput): Promise<boolean> => {
    try {
      await call(startMs, () =>
        client.start(REGISTRATION_WORKFLOW, {
          ...startOptions(
            {
              workflowId: registrationWorkflowId(input),
              kind: 'registration',
              attributes: [{ key: searchAttributes.status, value: 'waiting' }],
              summary: `Register an account (${input.edition})`,
              input,
            },
            'ALLOW_DUPLICATE',
          ),
          workflowIdConflictPolicy: 'FAIL',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  };

  return {
    async register(input) {
      for (let tries = 1; ; tries += 1) {
        if (await begin(input)) return { done: true, status: 'starting' };
        try {
          return await askForCode(input, input.answerTo);
        } catch (error) {
          if (!(error instanceof CaseOver) || tries === MOST_TRIES) throw error;
        }
      }
    },
    newCode: askForCode,
    cancelRegistration: (subject, updateId) =>
      call(verdictMs, () =>
        client
          .getHandle(registrationWorkflowId(subject))
          .executeUpdate(cancelRegistration, { updateId }),
      ),
    changeAccounts: (workflowId, input) =>
      start(ACCOUNT_WORKFLOW, {
        workflowId,
        ...{ kind: 'account', summary: SUMMARIES[input.change.type], input },
      }),
    checkWhitelist: (input) =>
      start(WHITELIST_CHECK_WORKFLOW, {
        workflowId: whitelistCheckWorkflowId(input.answerTo.interactionId),
        kind: 'whitelist',
        summary: `${input.repair ? 'Repair' : 'Compare'} the whitelist of ${input.serverId}`,
        input,
      }),
  };
}
