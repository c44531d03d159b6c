import type { Context } from 'koa';
import { isUnavailable } from '../db/connection';
import { ProblemError } from './problem';
import { WorkflowsUnreachable } from './temporal/unreachable';

/** In seconds. What is away is mostly back soon. */
export const COME_BACK_AFTER = 5;

/** Whether an error says that Postgres or Temporal is away. */
export const isAway = (error: unknown): boolean =>
  isUnavailable(error) || error instanceof WorkflowsUnreachable;

/**
 * Says when to come again, because something is away or has no room.
 *
 * @param detail what whoever asks is to do
 * @param extension members that the problem has
 */
export function comeAgain(
  context: Context,
  {
    detail,
    extension = {},
    cause,
  }: {
    readonly detail: string;
    readonly extension?: Readonly<Record<string, unknown>>;
    readonly cause: unknown;
  },
): ProblemError {
  context.set('Retry-After', String(COME_BACK_AFTER));
  return new ProblemError({ status: 503, detail, extension }, { cause });
}

/**
 * Says that somebody asks too often.
 *
 * @param ms until there is room again
 * @param extension members that the problem has
 */
export function tooMany(
  context: Context,
  ms: number,
  detail: string,
  extension: Readonly<Record<string, unknown>> = {},
): ProblemError {
  context.set('Retry-After', String(Math.max(1, Math.ceil(ms / 1_000))));
  return new ProblemError({ status: 429, detail, extension });
}
