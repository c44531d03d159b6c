import type { Context } from 'koa';
import type { Authentication, Caller } from '../../game/authenticate';
import type { FirstAnswers } from '../../game/first-answers';
import type { TokenBuckets } from '../../limits/token-buckets';
import { ProblemError } from '../../problem';
import { callerOf, placeOf } from './caller';
import { LONGEST_SERVER_NAME } from './schemas';
import { whileThere } from './unavailable';
import { leavingOf, serverNameOf } from './waiting';

export interface ListDependencies {
  readonly authentication: Authentication;
  readonly rates: TokenBuckets;
  /** As JSON. */
  readonly lists: FirstAnswers<string>;
  readonly onAway: (error: unknown) => void;
}

const NO_BODY = Buffer.alloc(0);

/**
 * Answers a game server that asks for a list, and waits with it. What is signed names neither the address
 * nor what it asks: whoever listened in and sends it again gets what was answered then, and nothing else.
 *
 * @param make the list, given who asks and when they go away
 */
export async function answerList(
  context: Context,
  dependencies: ListDependencies,
  make: (caller: Caller, leaving: AbortSignal) => Promise<object>,
): Promise<void> {
  const name = serverNameOf(context, LONGEST_SERVER_NAME);
  await whileThere(context, dependencies.onAway, async () => {
    const caller = await callerOf(context, dependencies, name, NO_BODY);
    const leaving = leavingOf(context);
    const list = await dependencies.lists.answer(
      placeOf(caller),
      caller.requestId,
      context.url,
      async () => {
        const made = JSON.stringify(await make(caller, leaving));
        // Nobody has read it: it is not the first answer.
        if (leaving.aborted) throw new ProblemError({ status: 503 });
        return made;
      },
    );
    context.set('Cache-Control', 'no-store');
    context.type = 'application/json';
    context.body = list;
  });
}
