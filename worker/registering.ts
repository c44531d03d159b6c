import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { RegistrationDependencies } from '../activities/registration';
import { bridgeOpener, createRegistrationActivities, GameEars } from '../activities/registration';
import type { Environment } from '../src/config/environment';
import { ensureSecretKey } from '../src/config/secret-key';
import { createRegistrationReader, createRegistrationRecorder } from '../src/db/registration';
import { createCodeHash } from '../src/temporal/code-hash';

type Shared = Pick<
  RegistrationDependencies,
  'discord' | 'botId' | 'guilds' | 'seal' | 'workflows' | 'log'
>;

export interface Registering {
  readonly activities: ReturnType<typeof createRegistrationActivities>;
  /** Lets go of the game servers. */
  readonly close: () => void;
}

/** The effects of registrations, accounts and whitelists, with what they alone need. */
export function registering({
  environment,
  database,
  ...shared
}: Shared & { readonly environment: Environment; readonly database: Knex }): Registering {
  const records = {
    ...createRegistrationReader(database),
    ...createRegistrationRecorder(database),
  };
  const hashCode = createCodeHash(ensureSecretKey(environment));
  const openBridge = bridgeOpener((variable) => environment.rconPasswords[variable]);
  const ears = new GameEars({
    openBridge,
    readPending: (guildId, edition, name) => records.pendingByName(guildId, edition, name),
    hashCode,
    log: shared.log,
  });
  const activities = createRegistrationActivities({
    ...shared,
    ...{ records, hashCode, openBridge, ears },
    randomBytes: (count) => randomBytes(count),
  });
  return {
    activities,
    close: () => {
      ears.close();
    },
  };
}
