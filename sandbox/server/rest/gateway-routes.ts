import { bot, ok, type Route } from './call';

/** Where the gateway is. */
export function gatewayRoutes(url: () => string): Route[] {
  return [
    { method: 'GET', path: '/gateway', auth: 'none', handle: () => ok({ url: url() }) },
    bot('GET', '/gateway/bot', () =>
      ok({
        url: url(),
        shards: 1,
        session_start_limit: {
          total: 1000,
          remaining: 1000,
          reset_after: 14_400_000,
          max_concurrency: 1,
        },
      }),
    ),
  ];
}
