import { describe, expect, it } from '@jest/globals';
import { connect } from '../../src/db/connection';
import { DatabaseTooNew, migrate, pendingMigrations } from '../../src/db/migrate';
import * as first from '../../migrations/0001_guilds_and_cases';
import * as second from '../../migrations/0002_watching';
import * as third from '../../migrations/0003_registration';
import * as fourth from '../../migrations/0004_announcements';
import * as fifth from '../../migrations/0005_mirrors';
import * as sixth from '../../migrations/0006_subscriptions';
import * as seventh from '../../migrations/0007_begun_copies';
import { databaseUrl } from '../parts';

describe('migrations', () => {
  it('are applied once, also when many processes start at once', async () => {
    const url = await databaseUrl();
    const knex = connect(url, { applicationName: 'test' });
    try {
      const before = await pendingMigrations(knex);
      expect(before.length).toBeGreaterThan(0);

      const results = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
      expect(results.flatMap(({ applied }) => applied)).toEqual(before);
      expect(await pendingMigrations(knex)).toEqual([]);
      expect(await migrate(url)).toEqual({ applied: [] });
    } finally {
      await knex.destroy();
    }
  });

  it('leave nothing half done, and no lock, when the process dies within them', async () => {
    const url = await databaseUrl();
    const dying = connect(url, { applicationName: 'dying', poolMax: 1 });
    const other = connect(url, { applicationName: 'other' });
    try {
      let migrated: ReturnType<typeof migrate> | undefined;
      const death = dying.transaction(async (transaction) => {
        await transaction.raw('select pg_advisory_xact_lock(7345201)');
        await first.up(transaction);
        migrated = migrate(url);
        await other.raw(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dying'`,
        );
      });
      await expect(death).rejects.toThrow();
      expect((await migrated)?.applied).toContain('0001_guilds_and_cases');
    } finally {
      await dying.destroy();
      await other.destroy();
    }
  });

  it('refuse a database that a newer program has migrated', async () => {
    const url = await databaseUrl();
    await migrate(url);
    const knex = connect(url, { applicationName: 'test' });
    try {
      await knex('knex_migrations').insert({ name: '9999_from_the_future', batch: 2 });
      await expect(migrate(url)).rejects.toThrow(DatabaseTooNew);
      await expect(migrate(url)).rejects.toThrow('9999_from_the_future');
    } finally {
      await knex.destroy();
    }
  });

  it('can be taken back and applied again', async () => {
    const url = await databaseUrl();
    await migrate(url);
    const knex = connect(url, { applicationName: 'test' });
    try {
      await knex.transaction(async (transaction) => {
        await seventh.down(transaction);
        await sixth.down(transaction);
        await fifth.down(transaction);
        await fourth.down(transaction);
        expect(await transaction.schema.hasTable('announcement_sources')).toBe(false);
        await third.down(transaction);
        expect(await transaction.schema.hasTable('accounts')).toBe(false);
        await second.down(transaction);
        await first.down(transaction);
        expect(await transaction.schema.hasTable('cases')).toBe(false);
        expect(await transaction.schema.hasTable('game_servers')).toBe(false);
        await first.up(transaction);
        await second.up(transaction);
        await third.up(transaction);
        await fourth.up(transaction);
        await fifth.up(transaction);
        await sixth.up(transaction);
        await seventh.up(transaction);
        expect(await transaction.schema.hasTable('cases')).toBe(true);
        expect(await transaction.schema.hasTable('game_servers')).toBe(true);
        expect(await transaction.schema.hasTable('accounts')).toBe(true);
      });
    } finally {
      await knex.destroy();
    }
  });

  it('give every table a primary key, and every column of time its zone', async () => {
    const url = await databaseUrl();
    await migrate(url);
    const knex = connect(url, { applicationName: 'test' });
    try {
      const tables = await knex('information_schema.tables')
        .where({ table_schema: 'public', table_type: 'BASE TABLE' })
        .whereNot('table_name', 'like', 'knex\\_%')
        .orderBy('table_name')
        .pluck<string[]>('table_name');
      const keyed = await knex('information_schema.table_constraints')
        .where({ table_schema: 'public', constraint_type: 'PRIMARY KEY' })
        .pluck<string[]>('table_name');
      expect(tables).toContain('cases');
      expect(keyed).toEqual(expect.arrayContaining(tables));
      const zoneless = await knex('information_schema.columns')
        .where({ table_schema: 'public', data_type: 'timestamp without time zone' })
        .pluck<string[]>('table_name');
      expect(zoneless).toEqual([]);
    } finally {
      await knex.destroy();
    }
  });
});
