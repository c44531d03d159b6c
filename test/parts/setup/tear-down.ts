import { stopParts } from '../lifetime';

/** Jest's global tear-down: called once, however many projects name it. */
export default async function tearDown(): Promise<void> {
  await stopParts();
}
