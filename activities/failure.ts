import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { DatabaseUnavailable } from '../src/db/connection';

/** Why an effect did not happen, as the type of the failure that Temporal records. All are tried again. */
export type FailureCode =
  | 'discord-rate-limit'
  | 'discord-unavailable'
  | 'discord-unauthorized'
  | 'discord-refused'
  | 'database-unavailable'
  | 'storage-unavailable'
  /** Whoever sent a delivery does not answer when it is asked for more. */
  | 'service-unavailable'
  | 'unexpected';

/** Something of ours could not be reached or did not keep its word; `code` says which. */
export class EffectFailed extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EffectFailed';
  }
}

/**
 * The failure that goes into a workflow's history for an error: its kind and nothing of what it carried,
 * since an error may hold a request's body or an interaction's token.
 */
export function asFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof EffectFailed) return outage(error.code, error.message);
  if (error instanceof RateLimitError) {
    return ApplicationFailure.create({
      type: 'discord-rate-limit' satisfies FailureCode,
      message: `Discord's rate limit allows this again in ${Math.ceil(error.timeToReset / 1000)} s`,
      nextRetryDelay: error.timeToReset,
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  if (error instanceof DiscordAPIError) {
    if (error.status === 401) {
      return outage('discord-unauthorized', 'Discord refused the bot token (401)');
    }
    return ApplicationFailure.create({
      type: 'discord-refused' satisfies FailureCode,
      message: `Discord refused ${error.method}: ${error.status}, code ${error.code}`,
    });
  }
  if (error instanceof HTTPError) {
    return outage('discord-unavailable', `Discord answered ${error.status} to ${error.method}`);
  }
  if (error instanceof DatabaseUnavailable) {
    return outage('database-unavailable', 'Postgres cannot be reached');
  }
  if (isNetworkError(error)) return outage('discord-unavailable', 'Discord cannot be reached');
  return ApplicationFailure.create({
    type: 'unexpected' satisfies FailureCode,
    message: error instanceof Error ? `${error.name} at ${place(error)}` : 'a value was thrown',
  });
}

function outage(type: FailureCode, message: string): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Where in our code an unexpected error arose: enough to find it, without its message. */
function place(error: Error): string {
  const frame = error.stack?.split('\n').find((line) => line.trim().startsWith('at '));
  return (
    frame
      ?.trim()
      .replace(/^at /, '')
      .replace(/\(?\/.*\/([^/]+)\)?$/, '$1') ?? 'unknown place'
  );
}

function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return true;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(code)) return true;
  return error.message === 'fetch failed' || isNetworkError(error.cause);
}
