import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { databaseUrl } from '../parts';
import { GUILD, guildNamed } from './case-fixtures';

/** A suite's own database; to be used within its tests and hooks. */
export interface FreshRecords {
  readonly url: string;
  readonly knex: Knex;
  /** Once more within a test: nothing is but the guilds. */
  empty(): Promise<void>;
}

/**
 * Gives the suite a migrated database, in which before each test nothing is but these guilds.
 *
 * @param guilds their names, by id
 */
export function freshRecords(
  guilds: Readonly<Record<string, string>> = { [GUILD]: 'Anvil' },
  { poolMax }: { readonly poolMax?: number } = {},
): FreshRecords {
  let url: string | undefined;
  let connection: Knex | undefined;
  const there = <Part>(part: Part | undefined): Part => {
    if (part === undefined) throw new Error('The database is there from beforeAll on.');
    return part;
  };
  const records: FreshRecords = {
    get url() {
      return there(url);
    },
    get knex() {
      return there(connection);
    },
    async empty() {
      await eraseEverything(records.knex);
      for (const [guildId, name] of Object.entries(guilds)) {
        await createGuildRepository(records.knex).apply(guildNamed(name, guildId), name);
      }
    },
  };
  beforeAll(async () => {
    url = await databaseUrl();
    await migrate(url);
    const size = poolMax === undefined ? {} : { poolMax };
    connection = connect(url, { applicationName: 'test', ...size });
  });
  afterAll(() => connection?.destroy());
  beforeEach(() => records.empty());
  return records;
}

async function eraseEverything(knex: Knex): Promise<void> {
  await knex.transaction(async (transaction) => {
    await transaction.raw(`set local castellan.erase = 'on'`);
    await transaction.raw('truncate guilds cascade');
    await transaction.raw('truncate server_checks, history_progress, publications');
    await transaction.raw('truncate mirror_targets, mirror_webhooks cascade');
  });
}
