import { DiscordError, listProblems } from '../errors';

/**
 * Runs a check that may refuse, for tests that compare what is wrong.
 * @returns the problems as `path: CODE`, or the JSON code of another refusal; empty if it passed
 */
export function refusal(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    return error.code === 50035 ? listProblems(error.errors) : [String(error.code)];
  }
}
