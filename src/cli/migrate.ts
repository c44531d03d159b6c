import { readEnvironment, requireDatabase, type Variables } from '../config/environment';
import { migrate as migrateDatabase } from '../db/migrate';
import { connectLazily } from '../temporal/connection';
import { ensureSearchAttributes } from '../temporal/search-attributes';
import { exitCodes } from './exit-codes';

/**
 * `castellan migrate`: brings the database up to date and, where TEMPORAL_ADDRESS is set, registers
 * the search attributes. Calling it again does no harm.
 *
 * @returns the exit code
 */
export async function migrate(variables: Variables): Promise<number> {
  const environment = readEnvironment(variables, ['database']);
  const { applied } = await migrateDatabase(requireDatabase(environment));
  say('The database', applied);
  const { temporal } = environment;
  if (!temporal) return exitCodes.clean;
  const connection = connectLazily(temporal);
  try {
    const registered = await connection.withDeadline(Date.now() + 30_000, () =>
      ensureSearchAttributes(connection, temporal.namespace),
    );
    say(`The Temporal namespace "${temporal.namespace}"`, registered);
  } finally {
    await connection.close();
  }
  return exitCodes.clean;
}

function say(what: string, added: readonly string[]): void {
  const change = added.length === 0 ? 'was up to date' : `now has ${added.join(', ')}`;
  process.stdout.write(`${what} ${change}.\n`);
}
