import type { Knex } from 'knex';
import { z } from 'zod';
import * as guildsAndCases from '../../migrations/0001_guilds_and_cases';
import * as watching from '../../migrations/0002_watching';
import * as registration from '../../migrations/0003_registration';
import * as announcements from '../../migrations/0004_announcements';
import * as mirrors from '../../migrations/0005_mirrors';
import * as subscriptions from '../../migrations/0006_subscriptions';
import * as begunCopies from '../../migrations/0007_begun_copies';
import { connect, whileAvailable } from './connection';

interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

/** Every migration in its order. A released one is never changed; a change is a new one at the end. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_guilds_and_cases': guildsAndCases,
  '0002_watching': watching,
  '0003_registration': registration,
  '0004_announcements': announcements,
  '0005_mirrors': mirrors,
  '0006_subscriptions': subscriptions,
  '0007_begun_copies': begunCopies,
};

/** Any number, the same in every process: who holds this lock migrates. */
const MIGRATION_LOCK = 7_345_201;

/** The database has steps that this program does not know: it was migrated by a newer one. */
export class DatabaseTooNew extends Error {
  readonly code = 'database-too-new';

  constructor(readonly unknown: readonly string[]) {
    super(
      `The database was migrated by a newer Castellan (${unknown.join(', ')}). ` +
        'Start that version, or restore a backup from before its migration.',
    );
    this.name = 'DatabaseTooNew';
  }
}

/**
 * Brings the database to this program's shape, in one transaction: all steps or none. Several
 * processes may call it at once; one does the work, the others wait and find nothing left to do.
 *
 * @returns the names of the steps that were applied now, in their order
 * @throws DatabaseTooNew, DatabaseUnavailable
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const knex = connect(databaseUrl, {
    poolMax: 1,
    applicationName: 'castellan migrate',
    statementTimeoutMs: 0,
  });
  try {
    return await whileAvailable(() =>
      knex.transaction(async (transaction) => {
        // The lock ends with the transaction, also when the process is killed in between.
        await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
        const unknown = (await appliedMigrations(transaction)).filter(
          (name) => MIGRATIONS[name] === undefined,
        );
        if (unknown.length > 0) throw new DatabaseTooNew(unknown);
        const [, applied] = z
          .tuple([z.number(), z.array(z.string())])
          .parse(await transaction.migrate.latest(settings));
        return { applied };
      }),
    );
  } finally {
    await knex.destroy();
  }
}

/**
 * The steps that this program knows and the database lacks; empty when it is ready.
 *
 * @throws DatabaseUnavailable
 */
export async function pendingMigrations(knex: Knex): Promise<string[]> {
  const applied = await whileAvailable(() => appliedMigrations(knex));
  return Object.keys(MIGRATIONS).filter((name) => !applied.includes(name));
}

async function appliedMigrations(knex: Knex): Promise<string[]> {
  if (!(await knex.schema.hasTable('knex_migrations'))) return [];
  return knex<{ name: string }>('knex_migrations').orderBy('id').pluck('name');
}

/** An explicit list instead of a folder: the compiled program and the tests have different files there. */
const settings: Knex.MigratorConfig = {
  migrationSource: {
    getMigrations: () => Promise.resolve(Object.keys(MIGRATIONS)),
    getMigrationName: (name: string) => name,
    getMigration: (name: string) => {
      const migration = MIGRATIONS[name];
      if (migration === undefined) throw new Error(`There is no migration ${name}.`);
      return Promise.resolve(migration);
    },
  },
};
