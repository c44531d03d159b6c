import { setImmediate } from 'node:timers';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import type { DiscordEnvironment } from '../src/config/environment';

/** What effects in Discord go through. */
export interface Discord {
  readonly api: API;
  /** The bot's own user id; asked once, and again only if asking failed. */
  readonly botId: () => Promise<string>;
}

/** A request that takes longer than this is given up and, as part of its activity, tried again. */
const REQUEST_TIMEOUT_MS = 8_000;

/** A rate limit's wait that is worth sitting out; Temporal waits out longer ones as a durable timer. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Discord's REST API for activities. It retries nothing by itself: Temporal does, and can tell of it.
 */
export function connectDiscord({ token, apiUrl }: DiscordEnvironment): Discord {
  const options = {
    api: apiUrl,
    version: '10',
    retries: 0,
    timeout: REQUEST_TIMEOUT_MS,
    rejectOnRateLimit: ({ timeToReset }: { timeToReset: number }) => timeToReset > LONGEST_WAIT_MS,
  } as const;
  const rest = new REST(options).setToken(token);
  const unbound = new REST({ ...options, globalRequestsPerSecond: Number.POSITIVE_INFINITY });
  // The library forgets its token at the first 401; ours may be right again after an outage.
  rest.on('response', (_request, { status }) => {
    if (status === 401) setImmediate(() => rest.setToken(token));
  });
  // Answers to interactions are free of the bot's 50 requests a second
  // (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit), but the library
  // counts them: on a busy day they would hold up the channels of those who wait.
  const api = Object.assign(new API(rest), { interactions: new API(unbound).interactions });
  let asked: Promise<string> | undefined;
  return {
    api,
    botId: () => {
      asked ??= api.users.getCurrent().then(({ id }) => id);
      asked.catch(() => {
        asked = undefined;
      });
      return asked;
    },
  };
}

/**
 * Fetches an attachment's bytes.
 *
 * @returns `null` when Discord does not have it any more
 * @throws Error when it cannot be had right now
 */
export async function download(url: string, signal: AbortSignal): Promise<Buffer | null> {
  const response = await fetch(url, { signal });
  if (response.ok) return Buffer.from(await response.arrayBuffer());
  await response.body?.cancel();
  if ([403, 404, 410].includes(response.status)) return null;
  throw new Error('fetch failed', { cause: new Error(`status ${response.status}`) });
}
