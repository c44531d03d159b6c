import type { Knex } from 'knex';
import { createAccountsReader } from './accounts-reader';
import type { RegistrationReader } from './reading';
import { createRegistrationsReader } from './registrations-reader';
import { createWhitelistReader } from './whitelist-reader';

/** For the bot and the web server; the worker reads by it, too. */
export function createRegistrationReader(knex: Knex): RegistrationReader {
  return {
    ...createRegistrationsReader(knex),
    ...createAccountsReader(knex),
    ...createWhitelistReader(knex),
  };
}
