import { connect } from '../../db/connection';
import { pendingMigrations } from '../../db/migrate';
import { ill, reasonOf, well, type Examination } from './finding';

/** Whether the database is reached and in the shape that this version needs. */
export const examineDatabase: Examination = async ({ databaseUrl }) => {
  if (databaseUrl === undefined) {
    return [well('DATABASE_URL is not set: "castellan all" starts an embedded PostgreSQL')];
  }
  const database = connect(databaseUrl, { poolMax: 1, applicationName: 'castellan doctor' });
  try {
    await database.raw('select 1');
    const pending = await pendingMigrations(database);
    if (pending.length === 0) return [well('PostgreSQL is reached and up to date')];
    return [
      ill(`PostgreSQL is reached, but lacks ${pending.join(', ')}.`, 'Run "castellan migrate".'),
    ];
  } catch (error) {
    return [
      ill(
        `PostgreSQL is not reached: ${reasonOf(error)}.`,
        'See that it runs, and that host, port, user, password and database of DATABASE_URL are right.',
      ),
    ];
  } finally {
    await database.destroy();
  }
};
