import { createServer, type Server } from 'node:http';
import { Registry } from 'prom-client';
import type { Check } from '../observability/health';
import { createLogger, type Logger } from '../observability/logger';
import { createApp } from './app';
import { close, listen } from './listen';
import type { GameApi } from './routes/game/game';
import type { WebhookApi } from './routes/webhooks/webhooks';
import { SAMPLE_NOW, SampleSource } from './status/sample-figures';
import type { StatusSource } from './status/source';

/** The web application for tests, listening on a free port. */
export class SampleApp {
  private constructor(
    readonly url: string,
    readonly server: Server,
  ) {}

  static async start({
    checks = [],
    status = new SampleSource(),
    now = () => SAMPLE_NOW,
    log = createLogger({ level: 'silent', name: 'web', readable: false }),
    game,
    webhooks,
  }: {
    readonly checks?: readonly Check[];
    readonly status?: StatusSource;
    readonly now?: () => number;
    readonly log?: Logger;
    readonly game?: GameApi;
    readonly webhooks?: WebhookApi;
  } = {}): Promise<SampleApp> {
    const app = createApp({
      log,
      registry: new Registry(),
      checks,
      publicUrl: 'https://castellan.example.org',
      version: '1.2.3',
      status,
      now,
      ...(game && { game }),
      ...(webhooks && { webhooks }),
    });
    const handle = app.callback();
    const server = createServer((request, response) => {
      void handle(request, response);
    });
    return new SampleApp(`http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`, server);
  }

  stop(): Promise<void> {
    return close(this.server, 0);
  }
}
