import type { Knex } from 'knex';
import { playerSeen } from './follow-player';
import { link } from './link';
import { makePrimary } from './primary';
import { recordProof } from './proof';
import type { RegistrationRecorder } from './recording';
import { createRegistrationsRecorder } from './registrations-recorder';
import { unlink } from './unlink';
import { createWhitelistRecorder } from './whitelist-recorder';

/** For the worker alone. */
export function createRegistrationRecorder(knex: Knex): RegistrationRecorder {
  return {
    ...createRegistrationsRecorder(knex),
    ...createWhitelistRecorder(knex),
    recordProof: (proven) => recordProof(knex, proven),
    link: (wish) => link(knex, wish),
    unlink: (wish) => unlink(knex, wish),
    makePrimary: (wish) => makePrimary(knex, wish),
    playerSeen: (seen) => playerSeen(knex, seen),
  };
}
