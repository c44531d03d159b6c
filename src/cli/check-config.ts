import { formatProblems, readGuildConfigurationFile } from '../config/guild';
import { exitCodes } from './exit-codes';

/**
 * `castellan check-config FILE`: checks a guild configuration as far as that goes without asking
 * Discord, and prints every problem with its path.
 *
 * @returns the exit code
 */
export async function checkConfig(file: string): Promise<number> {
  const result = await readGuildConfigurationFile(file);
  if (result.ok) {
    process.stdout.write(`${file} is valid.\n`);
    return exitCodes.clean;
  }
  process.stderr.write(`${file} is not valid:\n${formatProblems(result.problems, file)}\n`);
  return exitCodes.configuration;
}
