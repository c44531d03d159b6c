/**
 * Prints the path of the Temporal CLI, which is found or built first.
 *
 *   node tools/temporal/find-cli.mjs
 *
 * For whoever starts the product without set-up: run this with the same environment.
 * - stdout: the absolute path on its last line, nothing else;
 * - stderr: what is being done, for a person, while it takes time (a build takes minutes);
 * - exit code: 0 with a path; 1 without, and then the last lines of stderr say what helps.
 */
import { printPath } from './print-path.mjs';
import { findCli } from './programs.mjs';

await printPath(findCli);
