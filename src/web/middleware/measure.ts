import type { Middleware } from 'koa';
import type { WebMetrics } from '../../observability/metrics';

/** Measures how long each request took. Requests to no route share one label. */
export function measure(metrics: WebMetrics): Middleware {
  return async (context, next) => {
    const began = performance.now();
    try {
      await next();
    } finally {
      const matched: unknown = context['_matchedRoute'];
      const route = typeof matched === 'string' ? matched : 'none';
      // Methods come from outside; only known ones may become labels.
      const method = ['GET', 'HEAD', 'POST', 'OPTIONS'].includes(context.method)
        ? context.method
        : 'other';
      metrics.answered(
        { method, route, status: context.status },
        (performance.now() - began) / 1_000,
      );
    }
  };
}
