import { STATUS_CODES } from 'node:http';
import type { Context } from 'koa';

/** What an error answer says: RFC 9457, problem details. Nothing internal belongs in it. */
export interface Problem {
  readonly status: number;
  /** A sentence or two for whoever sent the request: what happened and what to do next. */
  readonly detail?: string;
  /** Members of its own that a problem may have. */
  readonly extension?: Readonly<Record<string, unknown>>;
}

/** An error that is an answer: thrown anywhere below the problem middleware. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? STATUS_CODES[problem.status] ?? 'Problem', options);
    this.name = 'ProblemError';
  }
}

/** Answers a request with a problem. Its type is `about:blank`: the status says which it is. */
export function answerProblem(context: Context, problem: Problem): void {
  const { status, detail, extension } = problem;
  context.status = status;
  context.body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Problem',
    status,
    ...(detail !== undefined && { detail }),
    ...extension,
  });
  context.type = 'application/problem+json';
  context.set('Cache-Control', 'no-store');
}
