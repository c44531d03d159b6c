import { Context } from '@temporalio/activity';
import { Worker } from '@temporalio/worker';
import { z } from 'zod';
import { answer } from '../../../activities/discord/answer';
import { readEnvironment } from '../../../src/config/environment';
import { ensureSecretKey } from '../../../src/config/secret-key';
import { accountAnswer, isAsked } from '../../../src/discord/views/account-answer';
import type { Answer } from '../../../src/discord/views/answer';
import { codeAnswer } from '../../../src/discord/views/registration-code';
import { registrationEndAnswer } from '../../../src/discord/views/registration-end';
import { whitelistCheckAnswer } from '../../../src/discord/views/whitelist-check';
import { createLogger } from '../../../src/observability/logger';
import { dataConverter } from '../../../src/temporal/codec';
import { connectNatively } from '../../../src/temporal/native-connection';
import { createSeal } from '../../../src/temporal/seal';
import { connectDiscord } from '../../../worker/discord';
import type { AccountInput } from '../../../workflows/account/contract';
import type { AccountActivities } from '../../../workflows/account/activities';
import type { AnswerTo } from '../../../workflows/answer-to';
import type { RegistrationActivities } from '../../../workflows/registration/activities';
import { TASK_QUEUE } from '../../../workflows/ticket/contract';
import type { WhitelistActivities } from '../../../workflows/whitelist/activities';
import type { WhitelistCheckInput } from '../../../workflows/whitelist/contract';
import { workflowBundle } from '../../parts';

/** What the workflows asked for, in order. */
export interface Asked {
  readonly changes: AccountInput[];
  readonly checks: WhitelistCheckInput[];
}

const POLICY = {
  code: 'letters',
  timeoutMs: 600_000,
  mostAttempts: 5,
  lockMs: 3_600_000,
  mostCodes: 3,
} as const;

/**
 * A worker with the real workflows of registrations, accounts and whitelists, and effects that do nothing but
 * answer in Discord: what is tested is the way from a command through its workflow to the answer.
 *
 * @param variables of the processes that it works for
 */
export async function scriptedWorker(
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly asked: Asked; stop(): Promise<void> }> {
  const environment = readEnvironment(variables, ['discord', 'temporal']);
  const { discord: account, temporal } = environment;
  if (account === undefined || temporal === undefined) throw new Error('Something is not set.');
  const log = createLogger({
    level: 'error',
    name: 'scripted',
    readable: false,
    destination: process.stderr,
  });
  const { api } = connectDiscord(account);
  const seal = createSeal(ensureSecretKey(environment));
  const asked: Asked = { changes: [], checks: [] };

  const tell = async ({ applicationId, sealedToken }: AnswerTo, words: Answer): Promise<void> => {
    const interactionToken = seal.open(sealedToken, z.string());
    const { cancellationSignal } = Context.current();
    await answer(api, { applicationId, interactionToken }, words, cancellationSignal);
  };
  const activities: Partial<RegistrationActivities & AccountActivities & WhitelistActivities> = {
    async sendCode({ registration, number, answerTo, policy }) {
      const at = Date.now();
      await tell(
        answerTo,
        codeAnswer({
          account: registration,
          code: `CDFH-234${number}`,
          places: [{ serverName: 'Survival', adapter: 'plugin' }],
          endsAt: at + POLICY.timeoutMs,
          attemptsLeft: POLICY.mostAttempts,
          lockMs: POLICY.lockMs,
          codesLeft: POLICY.mostCodes - number,
        }),
      );
      const codeHash = `hash-${number}`;
      return { outcome: 'sent', codeHash, at, policy: policy ?? POLICY, wrong: 0, watched: [] };
    },
    async concludeRegistration({ registration, answerTo, state }) {
      if (state.status !== 'cancelled') throw new Error(`It ended otherwise: ${state.status}.`);
      await tell(answerTo, registrationEndAnswer(registration, { ended: 'cancelled' }));
    },
    changeAccounts(input) {
      asked.changes.push(input);
      return Promise.resolve({ outcome: 'unchanged' });
    },
    async followAccounts({ input, outcome }) {
      const { change, answerTo } = input;
      if (!isAsked(change) || answerTo === null) return;
      await tell(answerTo, accountAnswer(change, outcome, []));
    },
    async checkWhitelist(input) {
      asked.checks.push(input);
      await tell(
        input.answerTo,
        whitelistCheckAnswer(
          { id: input.serverId, name: 'Survival' },
          {
            outcome: input.repair ? 'repairing' : 'compared',
            difference: {
              entries: 2,
              missing: ['Steve_1'],
              surplus: [],
              strangers: [],
              underWay: 0,
            },
          },
        ),
      );
      return { repairing: false };
    },
  };
  const connection = await connectNatively(temporal, { log });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: workflowBundle(),
    dataConverter: dataConverter(environment),
    activities,
  });
  const running = worker.run();
  return {
    asked,
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
