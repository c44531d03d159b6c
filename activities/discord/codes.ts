import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';

/** Discord's code of an error, if it is one of Discord's refusals (a 4xx answer). */
export function discordCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && typeof error.code === 'number'
    ? error.code
    : undefined;
}

/** What the request spoke of does not exist (any more). */
export function isGone(error: unknown): boolean {
  const code = discordCode(error);
  return code === RESTJSONErrorCodes.UnknownChannel || code === RESTJSONErrorCodes.UnknownMessage;
}

/** Trying again helps only after a person changed something: a right, a limit, the configuration. */
export function isLasting(error: unknown): error is DiscordAPIError {
  return (
    error instanceof DiscordAPIError &&
    (error.status === 400 || error.status === 403 || error.status === 404)
  );
}

/** Runs a request whose object may be gone already: then there is nothing to do, and the result is `undefined`. */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
