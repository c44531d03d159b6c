/**
 * Prints the path of Temporal's time-skipping test server, which is found or fetched first.
 * The contract is that of find-cli.mjs.
 *
 *   node tools/temporal/find-test-server.mjs
 */
import { printPath } from './print-path.mjs';
import { findTestServer } from './programs.mjs';

await printPath(findTestServer);
