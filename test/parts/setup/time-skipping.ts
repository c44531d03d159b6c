import { startParts } from '../lifetime';

/**
 * Jest's global set-up of the projects whose suites skip time: real effects need a database, and each
 * suite starts a time-skipping server of its own; the workflows are bundled once for all.
 */
export default async function setUp(): Promise<void> {
  await startParts(['postgres', 'timeSkipping', 'workflows']);
}
