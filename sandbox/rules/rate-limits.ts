import { createHash } from 'node:crypto';
import type { RateLimitRule } from './rate-limit-routes';
import { DEFAULT_RULES, RENAME_RULE, rateLimitRoute } from './rate-limit-routes';

/** One request that asks to be let through. */
export interface RateLimitRequest {
  /** Whom the limits bind: the bot's id or token; the address for requests without one. */
  readonly identity: string;
  readonly method: string;
  /** Without `/api/v10`; a query does no harm. */
  readonly path: string;
  /** True for a PATCH of a channel that sets another name or topic. */
  readonly changesNameOrTopic?: boolean;
}

/** The JSON of a 429; `retry_after` is in seconds. */
export interface RateLimitBody {
  readonly message: string;
  readonly retry_after: number;
  readonly global: boolean;
  /** 0: the limit has no code of its own. */
  readonly code: number;
}

/** Either go on and add the headers to the answer, or answer 429 with headers and body. */
export type RateLimitVerdict =
  | { readonly allowed: true; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly allowed: false;
      readonly status: 429;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: RateLimitBody;
    };

/** How often a bucket was used in the window that is open, and when it closes (epoch ms). */
interface Window {
  used: number;
  resetAt: number;
}

/** All open windows, fit for JSON. */
export type RateLimitState = readonly { key: string; used: number; resetAt: number }[];

/** What may be set; the defaults are the real service's. */
export interface RateLimitOptions {
  /** False lets everything through, without headers. */
  readonly enabled: boolean;
  readonly rules: readonly RateLimitRule[];
  /** Name or topic changes of one channel. */
  readonly rename: RateLimitRule;
  /** Requests of one bot in a second, over all routes. */
  readonly globalPerSecond: number;
  /** Answers 401, 403 and 429 in 10 minutes after which an address is blocked. */
  readonly invalidPerTenMinutes: number;
}

const DEFAULTS: RateLimitOptions = {
  enabled: true,
  rules: DEFAULT_RULES,
  rename: RENAME_RULE,
  globalPerSecond: 50,
  invalidPerTenMinutes: 10_000,
};

const MESSAGE = 'You are being rate limited.';
const TEN_MINUTES = 600_000;
const PRUNE_ABOVE = 5_000;

/**
 * Counts requests as Discord does: buckets of a route and its major parameter, 50 requests a second
 * in all, 2 name or topic changes in 10 minutes, and the block of an address after too many invalid
 * requests. A request that is refused uses nothing up. Time is always passed in, in milliseconds of
 * the epoch.
 * Source: https://discord.com/developers/docs/topics/rate-limits
 */
export class RateLimits {
  private readonly options: RateLimitOptions;
  private readonly ruleByRoute = new Map<string, RateLimitRule>();
  private readonly windows = new Map<string, Window>();

  constructor(options: Partial<RateLimitOptions> = {}, state: RateLimitState = []) {
    this.options = { ...DEFAULTS, ...options };
    for (const rule of this.options.rules) {
      for (const route of rule.routes) this.ruleByRoute.set(route, rule);
    }
    for (const { key, used, resetAt } of state) this.windows.set(key, { used, resetAt });
  }

  /** Lets a request through or refuses it. */
  take(request: RateLimitRequest, now: number): RateLimitVerdict {
    if (!this.options.enabled) return { allowed: true, headers: {} };
    const { route, major, global } = rateLimitRoute(request.method, request.path);
    const rule = this.ruleByRoute.get(route);
    const whole = this.open(`${request.identity} global`, 1_000, now);
    if (global && whole.used >= this.options.globalPerSecond) return refuseGlobally(whole, now);

    const own = rule && this.open(`${request.identity} ${rule.name} ${major}`, rule.windowMs, now);
    if (rule && own && own.used >= rule.limit) {
      return refuse(rule, own, now, bucketHeaders(rule, own, now));
    }
    const { rename } = this.options;
    const renames =
      request.changesNameOrTopic === true
        ? this.open(`${rename.name} ${major}`, rename.windowMs, now)
        : undefined;
    if (renames && renames.used >= rename.limit) {
      // The headers go on telling of the route's own bucket, which has room: that is the trap.
      return refuse(rename, renames, now, rule && own ? bucketHeaders(rule, own, now) : {});
    }

    if (global) whole.used += 1;
    if (renames) renames.used += 1;
    if (!rule || !own) return { allowed: true, headers: {} };
    own.used += 1;
    return { allowed: true, headers: bucketHeaders(rule, own, now) };
  }

  /**
   * Remembers what an address was answered, for the block after too many invalid requests.
   * @param scope the `X-RateLimit-Scope` of a 429: `shared` ones are not held against anybody
   */
  countAnswer(address: string, status: number, scope: string | undefined, now: number): void {
    if (status !== 401 && status !== 403 && status !== 429) return;
    if (status === 429 && scope === 'shared') return;
    this.open(`${address} invalid`, TEN_MINUTES, now).used += 1;
  }

  /** Milliseconds for which the address is still blocked for its invalid requests; 0 if it is not. */
  blockedFor(address: string, now: number): number {
    if (!this.options.enabled) return 0;
    const window = this.windows.get(`${address} invalid`);
    if (window === undefined || window.resetAt <= now) return 0;
    return window.used >= this.options.invalidPerTenMinutes ? window.resetAt - now : 0;
  }

  /** What is counted at `now`, to be handed to the constructor after a restart. */
  state(now: number): RateLimitState {
    this.prune(now);
    return [...this.windows].map(([key, { used, resetAt }]) => ({ key, used, resetAt }));
  }

  private open(key: string, windowMs: number, now: number): Window {
    const present = this.windows.get(key);
    if (present !== undefined && present.resetAt > now) return present;
    if (this.windows.size > PRUNE_ABOVE) this.prune(now);
    const fresh = { used: 0, resetAt: now + windowMs };
    this.windows.set(key, fresh);
    return fresh;
  }

  private prune(now: number): void {
    for (const [key, window] of this.windows) {
      if (window.resetAt <= now || window.used === 0) this.windows.delete(key);
    }
  }
}

/** The headers that announce a bucket, with `Remaining` as it is after what was counted. */
function bucketHeaders(rule: RateLimitRule, window: Window, now: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(rule.limit),
    'X-RateLimit-Remaining': String(rule.limit - window.used),
    'X-RateLimit-Reset': (window.resetAt / 1_000).toFixed(3),
    'X-RateLimit-Reset-After': ((window.resetAt - now) / 1_000).toFixed(3),
    'X-RateLimit-Bucket': createHash('md5').update(rule.name).digest('hex'),
  };
}

function refuse(
  rule: RateLimitRule,
  window: Window,
  now: number,
  announced: Record<string, string>,
): RateLimitVerdict {
  const seconds = (window.resetAt - now) / 1_000;
  return {
    allowed: false,
    status: 429,
    headers: {
      ...announced,
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': rule.scope ?? 'user',
    },
    body: { message: MESSAGE, retry_after: seconds, global: false, code: 0 },
  };
}

function refuseGlobally(window: Window, now: number): RateLimitVerdict {
  const seconds = (window.resetAt - now) / 1_000;
  return {
    allowed: false,
    status: 429,
    headers: {
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Global': 'true',
      'X-RateLimit-Scope': 'global',
    },
    body: { message: MESSAGE, retry_after: seconds, global: true, code: 0 },
  };
}
