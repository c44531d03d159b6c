import type Router from '@koa/router';
import { runChecks, type Check } from '../../observability/health';
import type { Logger } from '../../observability/logger';
import type { WebMetrics } from '../../observability/metrics';
import { answerProblem } from '../problem';

/** Longest wait for a dependency's answer, in milliseconds. */
const checkTimeout = 2_500;

/**
 * `GET /healthz`: this process answers. `GET /readyz`: it reaches everything that it depends on;
 * otherwise 503 with the names of what it does not reach, and nothing about why (the log has that).
 */
export function healthRoutes(
  router: Router,
  dependencies: {
    readonly checks: readonly Check[];
    readonly metrics: WebMetrics;
    readonly log: Logger;
  },
): void {
  const { checks, metrics, log } = dependencies;
  router.get('/healthz', (context) => {
    context.set('Cache-Control', 'no-store');
    context.body = { status: 'ok' };
  });

  router.get('/readyz', async (context) => {
    const results = await runChecks(checks, checkTimeout);
    for (const { name, ok } of results) metrics.dependency(name, ok);
    const failed = results.filter((result) => !result.ok);
    if (failed.length === 0) {
      context.set('Cache-Control', 'no-store');
      context.body = { status: 'ready', reached: results.map(({ name }) => name) };
      return;
    }
    log.debug({ failed }, 'Not every dependency is reached');
    const unreachable = failed.map(({ name }) => name);
    answerProblem(context, {
      status: 503,
      detail: `Not reached: ${unreachable.join(', ')}.`,
      extension: { unreachable },
    });
    context.set('Retry-After', '5');
  });
}
