import { departureWorkflowId } from '../../../workflows/account/contract';
import type { RegistrationReader } from '../../db/registration';
import type { Logger } from '../../observability/logger';
import type { RegistrationDesk } from '../desk/registration-desk';
import type { ConfigurationSource } from '../guilds/directory';
import { throughOutages } from '../outage';

/** Somebody is no member any more. */
export interface Departure {
  readonly cause: 'left' | 'banned';
  readonly guildId: string;
  readonly userId: string;
}

export interface DeparturesOptions {
  readonly desk: Pick<RegistrationDesk, 'changeAccounts'>;
  readonly guilds: ConfigurationSource;
  /** Reading only. */
  readonly accounts: Pick<RegistrationReader, 'accountsOf' | 'registrations'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * What is done when somebody leaves or is banned: whoever had accounts, or was registering one, becomes a piece
 * of work, however long an outage lasts. What is to happen to the accounts, the worker reads in the configuration.
 *
 * @returns handles one departure; settles when it was handed over or is nobody's business
 */
export function createDepartures(
  options: DeparturesOptions,
): (departure: Departure) => Promise<void> {
  const { desk, guilds, accounts, now, log, signal } = options;
  return async (departure) => {
    const { cause, guildId, userId } = departure;
    const at = now();
    const workflowId = departureWorkflowId({ ...departure, at });
    await throughOutages(
      'handing over that a member has gone',
      async () => {
        // The smallest question first: most members of most guilds have no accounts.
        const configuration = await guilds.get(guildId);
        if (configuration === null || configuration.registration === null) return;
        const [own, { rows }] = await Promise.all([
          accounts.accountsOf(guildId, userId),
          accounts.registrations({ guildId, userId, open: true, limit: 1 }),
        ]);
        if (own.length === 0 && rows.length === 0) return;
        await desk.changeAccounts(workflowId, {
          guildId,
          actorId: null,
          change: { type: cause, userId, at },
          answerTo: null,
        });
      },
      { log, signal },
    );
  };
}
