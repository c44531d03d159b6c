import type Router from '@koa/router';
import type { Registry } from 'prom-client';

/** `GET /metrics`: the figures of this process in Prometheus's text format. */
export function metricsRoute(router: Router, registry: Registry): void {
  router.get('/metrics', async (context) => {
    context.set('Cache-Control', 'no-store');
    const text = await registry.metrics();
    context.set('Content-Type', registry.contentType);
    context.body = text;
  });
}
