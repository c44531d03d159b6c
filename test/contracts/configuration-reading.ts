import { expect } from '@jest/globals';
import {
  formatProblems,
  guildConfigurationSchema,
  parseGuildConfiguration,
  resolve,
  type GuildConfiguration,
} from '../../src/config/guild';
import { directory } from '../../src/config/guild/sample-directory';

/** The configuration of the one guild in this file; it can be stored and read again. */
export function configured(text: string): GuildConfiguration {
  const reading = parseGuildConfiguration(text);
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  const resolution = resolve(reading.configuration, directory, reading.locate);
  if (!resolution.ok) throw new Error(formatProblems(resolution.problems));
  const [guild] = resolution.configurations;
  if (guild === undefined) throw new Error('There is no guild.');
  expect(guildConfigurationSchema.parse(JSON.parse(JSON.stringify(guild)))).toEqual(guild);
  return guild;
}

/** What is wrong, as `path: message`, below the guild; all of it has a line. */
export function problems(text: string): string[] {
  const reading = parseGuildConfiguration(text);
  const outcome = reading.ok ? resolve(reading.configuration, directory, reading.locate) : reading;
  if (outcome.ok) return [];
  expect(outcome.problems.every(({ line }) => line !== undefined)).toBe(true);
  return outcome.problems.map(
    ({ path, message }) => `${path.slice('guilds[0].'.length)}: ${message}`,
  );
}
