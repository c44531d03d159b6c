import { startParts } from '../lifetime';

/**
 * Jest's global set-up of the project `workflow`: real effects need a database. The time of a test server is global, so no two
 * suites may share one at a time: each process that runs tests gets its own, and runs one suite
 * after the other.
 */
export default async function setUp(config: { readonly maxWorkers: number }): Promise<void> {
  await startParts(['postgres', 'timeSkipping'], config.maxWorkers);
}
