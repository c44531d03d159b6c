import { startParts } from '../lifetime';

/** Jest's global set-up of the projects that run against a database and a Temporal server. */
export default async function setUp(): Promise<void> {
  await startParts(['postgres', 'temporal', 'workflows']);
}
