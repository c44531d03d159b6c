import { formatProblems, readGuildConfigurationFile } from '../config/guild';
import { invitation, permissionsFor, usesInFile } from '../discord/rights/invitation';
import { exitCodes } from './exit-codes';

/**
 * `castellan check-config FILE`: checks a guild configuration as far as that goes without asking
 * Discord, and prints every problem with its path; where there is none, the invitation of the bot
 * to each guild, with the permissions that it needs for what the file says.
 *
 * @returns the exit code
 */
export async function checkConfig(file: string): Promise<number> {
  const result = await readGuildConfigurationFile(file);
  if (result.ok) {
    process.stdout.write(`${file} is valid.\n`);
    for (const { guild, uses } of usesInFile(result.configuration)) {
      const address = invitation('APPLICATION_ID', permissionsFor(uses));
      process.stdout.write(`To invite the bot to ${JSON.stringify(guild)}: ${address}\n`);
    }
    return exitCodes.clean;
  }
  process.stderr.write(`${file} is not valid:\n${formatProblems(result.problems, file)}\n`);
  return exitCodes.configuration;
}
