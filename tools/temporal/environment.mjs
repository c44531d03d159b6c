import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './places.mjs';

const NAMES = ['TEMPORAL_CLI_PATH', 'TEMPORAL_TEST_SERVER_PATH', 'CASTELLAN_DATA_DIR'];

/**
 * The environment with those variables of `.env` that set-up itself needs. The product reads
 * `.env` in full, by dotenv's rules; set-up runs before any package is installed and understands
 * plain `NAME=value` lines, in quotation marks or not. As with dotenv, a variable that is already
 * set wins.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} a new object
 */
export function withDotenv(env) {
  const result = { ...env };
  for (const line of lines(join(ROOT, '.env'))) {
    const match = /^\s*(?:export\s+)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^#]*))/.exec(line);
    if (match === null || !NAMES.includes(match[1]) || result[match[1]] !== undefined) continue;
    result[match[1]] = match[2] ?? match[3] ?? match[4].trim();
  }
  return result;
}

function lines(path) {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
