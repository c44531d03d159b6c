/**
 * Lets the Temporal SDK fetch one of its programs into a folder, in a process of its own: the SDK
 * sets no limit to how long it tries, so whoever starts this one ends it when nothing happens.
 *
 *   node tools/temporal/sdk-download.mjs temporal|temporal-test-server FOLDER
 */
import { createRequire } from 'node:module';

const [program, downloadDir] = process.argv.slice(2);
const { TestWorkflowEnvironment } = createRequire(import.meta.url)('@temporalio/testing');
const executable = { type: 'cached-download', downloadDir };
// There is no way to download without starting: the server is ended as soon as it is up.
const environment =
  program === 'temporal'
    ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
    : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
await environment.teardown();
