/**
 * Which requests share a limit, and the limits themselves. Discord publishes only the global limit,
 * the way that buckets are formed and the headers; figures per route are what its answers showed to
 * people who wrote them down, rounded to what a client has to survive.
 * Source: https://discord.com/developers/docs/topics/rate-limits, discord-api-docs issues 1135 and
 * 2190.
 */

/** `limit` requests in any window of `windowMs` milliseconds that the first of them opens. */
export interface RateLimitRule {
  /** The same name is the same bucket. */
  readonly name: string;
  /** `METHOD /path` with `:id` for ids, `:token` and `:reaction`. */
  readonly routes: readonly string[];
  readonly limit: number;
  readonly windowMs: number;
  /** Limits of a resource that all applications share are `shared`; all others bind one bot. */
  readonly scope?: 'user' | 'shared';
}

/** A request's route without its ids, and the ids that give it a bucket of its own. */
export interface RateLimitRoute {
  /** For example `POST /channels/:id/messages`. */
  readonly route: string;
  /** The channel, guild, or webhook with token that the limit counts for; empty for none. */
  readonly major: string;
  /** False for answers to interactions and for webhooks, which the global limit does not bind. */
  readonly global: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The limits that are in force unless a test brings its own. */
export const DEFAULT_RULES: readonly RateLimitRule[] = [
  rule('create message', 5, 5 * SECOND, 'POST /channels/:id/messages'),
  rule('edit message', 5, 5 * SECOND, 'PATCH /channels/:id/messages/:id'),
  rule('delete message', 5, SECOND, 'DELETE /channels/:id/messages/:id'),
  rule('bulk delete', 1, SECOND, 'POST /channels/:id/messages/bulk-delete'),
  rule(
    'react',
    1,
    SECOND / 4,
    'PUT /channels/:id/messages/:id/reactions/:reaction',
    'DELETE /channels/:id/messages/:id/reactions/:reaction',
  ),
  shared('crosspost', 10, HOUR, 'POST /channels/:id/messages/:id/crosspost'),
  rule('edit channel', 10, 15 * SECOND, 'PATCH /channels/:id'),
  rule(
    'edit overwrites',
    10,
    15 * SECOND,
    'PUT /channels/:id/permissions/:id',
    'DELETE /channels/:id/permissions/:id',
  ),
  shared(
    'create thread',
    50,
    5 * MINUTE,
    'POST /channels/:id/threads',
    'POST /channels/:id/messages/:id/threads',
  ),
  rule('typing', 5, 5 * SECOND, 'POST /channels/:id/typing'),
  rule('create channel', 10, 2 * SECOND, 'POST /guilds/:id/channels'),
  rule('create role', 250, 48 * HOUR, 'POST /guilds/:id/roles'),
  rule('list members', 10, 10 * SECOND, 'GET /guilds/:id/members'),
  rule('get member', 5, SECOND, 'GET /guilds/:id/members/:id'),
  rule('edit member', 10, 10 * SECOND, 'PATCH /guilds/:id/members/:id'),
  rule(
    'member roles',
    10,
    10 * SECOND,
    'PUT /guilds/:id/members/:id/roles/:id',
    'DELETE /guilds/:id/members/:id/roles/:id',
  ),
  rule('open direct messages', 10, 10 * SECOND, 'POST /users/@me/channels'),
  rule(
    'create command',
    5,
    20 * SECOND,
    'POST /applications/:id/commands',
    'POST /applications/:id/guilds/:id/commands',
  ),
  rule('execute webhook', 5, 2 * SECOND, 'POST /webhooks/:id/:token'),
  rule('get webhook message', 5, 2 * SECOND, 'GET /webhooks/:id/:token/messages/:id'),
  rule('edit webhook message', 5, 2 * SECOND, 'PATCH /webhooks/:id/:token/messages/:id'),
  rule('delete webhook message', 5, 2 * SECOND, 'DELETE /webhooks/:id/:token/messages/:id'),
];

/** A channel's name or topic: 2 changes in 10 minutes, of which the headers say nothing. */
export const RENAME_RULE: RateLimitRule = {
  name: 'name or topic',
  routes: [],
  limit: 2,
  windowMs: 10 * MINUTE,
  scope: 'shared',
};

function rule(name: string, limit: number, windowMs: number, ...routes: string[]): RateLimitRule {
  return { name, routes, limit, windowMs };
}

function shared(name: string, limit: number, windowMs: number, ...routes: string[]): RateLimitRule {
  return { name, routes, limit, windowMs, scope: 'shared' };
}

/**
 * Sorts a request into its bucket.
 * @param path without `/api/v10`, with or without a query, for example `/channels/1/messages?limit=5`
 */
export function rateLimitRoute(method: string, path: string): RateLimitRoute {
  const segments = (path.split('?', 1)[0] ?? '').split('/').filter((part) => part !== '');
  const [top, first, second, third] = segments;
  const verb = method.toUpperCase();

  if (top === 'interactions' && segments.length >= 3) {
    return { route: `${verb} /interactions/:id/:token/callback`, major: `${first}`, global: false };
  }
  if (top === 'webhooks' && second !== undefined) {
    const rest = third === undefined ? '' : '/messages/:id';
    return {
      route: `${verb} /webhooks/:id/:token${rest}`,
      major: `${first}/${second}`,
      global: false,
    };
  }
  const named = segments.map((part) => (/^\d{16,20}$/.test(part) ? ':id' : part));
  const reactions = named.indexOf('reactions');
  const shape = reactions < 0 ? named : [...named.slice(0, reactions + 1), ':reaction'];
  const hasMajor = top === 'channels' || top === 'guilds' || top === 'webhooks';
  return {
    route: `${verb} /${shape.join('/')}`,
    major: hasMajor && named[1] === ':id' ? `${first}` : '',
    global: true,
  };
}
