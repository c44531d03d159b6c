import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from '../../observability/logger';
import { answerProblem, ProblemError } from '../problem';

/**
 * Turns what goes wrong below into problem answers. An error that nobody foresaw becomes a 500 with
 * a reference; the log has the error under it, the answer nothing of it.
 */
export function problems(log: Logger): Middleware {
  return async (context, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof ProblemError) {
        answerProblem(context, error.problem);
        return;
      }
      const reference = randomUUID();
      log.error({ err: error, reference, method: context.method }, 'A request failed');
      answerProblem(context, {
        status: 500,
        detail: `Something went wrong on our side. Try again; if it stays, tell the operators the reference ${reference}.`,
        extension: { reference },
      });
      return;
    }
    if (context.status === 404 && context.body == null) {
      answerProblem(context, { status: 404, detail: 'There is nothing at this address.' });
    } else if (context.status === 405 && context.body == null) {
      answerProblem(context, {
        status: 405,
        detail: `Only ${context.response.get('Allow')} is understood here.`,
      });
    } else if (context.status === 501 && context.body == null) {
      answerProblem(context, { status: 501, detail: `${context.method} is not understood.` });
    }
  };
}
