import type { Context } from 'koa';
import { ProblemError } from '../../problem';

/** What visitors write behind the question mark. Each error names the parameter and a right example. */

/** A parameter's first value; `undefined`: it is absent or empty. */
export function parameter(context: Context, name: string): string | undefined {
  const value = context.query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === '' ? undefined : first;
}

/** @throws ProblemError 400 */
export function wrong(name: string, must: string, example: string): ProblemError {
  return new ProblemError({
    status: 400,
    detail: `The parameter "${name}" ${must}, such as ${name}=${example}.`,
    extension: { parameter: name, example },
  });
}

/** One of a few words. @throws ProblemError 400 */
export function oneOf<Word extends string>(
  context: Context,
  name: string,
  words: readonly Word[],
  fallback: NoInfer<Word>,
): Word {
  const value = parameter(context, name);
  if (value === undefined) return fallback;
  const known = words.find((word) => word === value);
  if (known === undefined) throw wrong(name, `must be one of ${words.join(', ')}`, fallback);
  return known;
}

/** A whole number from 1 on. @throws ProblemError 400 */
export function wholeNumber(context: Context, name: string, example: string): number | undefined {
  const value = parameter(context, name);
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw wrong(name, 'must be a whole number from 1 on', example);
  return Number(value);
}

/** RFC 3339, or a day of UTC. */
const INSTANT =
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** An instant, in milliseconds since the epoch. @throws ProblemError 400 */
export function instant(context: Context, name: string, example: string): number | undefined {
  const value = parameter(context, name);
  if (value === undefined) return undefined;
  // A + in an address is a blank unless it was written as %2B; nothing else can be meant.
  const text = value.replace(' ', '+');
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  const day = new Date(Date.parse(text.slice(0, 10)));
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  if (Number.isNaN(at) || !exists) {
    throw wrong(name, 'must be a day or an instant as in RFC 3339', example);
  }
  return at;
}
