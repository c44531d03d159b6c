import type { Context } from 'koa';
import { parseDuration } from '../../../config/duration';
import { parameter, wrong } from '../status/parameters';

/** Proxies in between commonly end what is silent for longer. */
const LONGEST_MS = 30_000;

/** How long an answer may wait for news, in milliseconds; 0: not at all. @throws ProblemError 400 */
export function waitOf(context: Context): number {
  const text = parameter(context, 'wait');
  if (text === undefined) return 0;
  const ms = parseDuration(text);
  if (ms === undefined || ms > LONGEST_MS) {
    throw wrong('wait', 'must be a time of at most 30 seconds', '25s');
  }
  return ms;
}

/** A server's name in the address. @throws ProblemError 400 */
export function serverNameOf(context: Context, longest: number): string {
  const name = parameter(context, 'server');
  if (name === undefined || name.length > longest) {
    throw wrong('server', "must be the server's id", 'survival');
  }
  return name;
}

/** When whoever asked goes away, or has its answer. */
export function leavingOf(context: Context): AbortSignal {
  const leaving = new AbortController();
  context.res.once('close', () => {
    leaving.abort();
  });
  if (context.res.closed || context.req.destroyed) leaving.abort();
  return leaving.signal;
}
