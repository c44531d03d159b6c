import Router from '@koa/router';
import Koa from 'koa';
import type { Registry } from 'prom-client';
import type { Check } from '../observability/health';
import type { Logger } from '../observability/logger';
import { registerWebMetrics } from '../observability/metrics';
import { measure } from './middleware/measure';
import { problems } from './middleware/problems';
import { securityHeaders } from './middleware/security-headers';
import { openApiDocument } from './openapi';
import { gameRoutes, type GameApi } from './routes/game/game';
import { healthRoutes } from './routes/health';
import { metricsRoute } from './routes/metrics';
import { webhookRoutes, type WebhookApi } from './routes/webhooks/webhooks';
import { statusRoutes } from './routes/status/status';
import { StatusAnswers } from './status/answers';
import type { StatusSource } from './status/source';

/** What the web application works with. */
export interface AppDependencies {
  readonly log: Logger;
  readonly registry: Registry;
  readonly checks: readonly Check[];
  readonly publicUrl: string;
  /** What the public status pages show. */
  readonly status: StatusSource;
  /** What game servers ask and tell; absent: those routes are not there. */
  readonly game?: GameApi;
  /** What services deliver to; absent: those routes are not there. */
  readonly webhooks?: WebhookApi;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The product's version. */
  readonly version: string;
}

/** Puts the web application together: contract, section 7. It listens nowhere yet. */
export function createApp(dependencies: AppDependencies): Koa {
  const { log, registry, checks, publicUrl, version, status, game, webhooks, now } = dependencies;
  const metrics = registerWebMetrics(registry);
  const router = new Router();
  healthRoutes(router, { checks, metrics, log });
  metricsRoute(router, registry);
  const answers = new StatusAnswers({
    source: status,
    publicUrl,
    now,
    onError: (error) => {
      log.warn({ err: error }, 'A status page shows older figures, because no new ones can be had');
    },
  });
  statusRoutes(router, { answers, source: status, now });
  if (game !== undefined) gameRoutes(router, game, { log, now });
  if (webhooks !== undefined) webhookRoutes(router, webhooks, { log, now });
  const description = openApiDocument(publicUrl, version, {
    game: game !== undefined,
    webhooks: webhooks !== undefined,
  });
  router.get('/openapi.json', (context) => {
    context.body = description;
  });

  const app = new Koa();
  app.silent = true;
  app.on('error', (error: unknown) => {
    log.warn({ err: error }, 'An answer could not be sent');
  });
  app.use(securityHeaders());
  app.use(measure(metrics));
  app.use(problems(log));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
