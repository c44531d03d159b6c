import { describe, expect, it } from '@jest/globals';
import { rateLimitRoute } from './rate-limit-routes';
import type { RateLimitRequest, RateLimitVerdict } from './rate-limits';
import { RateLimits } from './rate-limits';

const START = 1_800_000_000_000;
const CHANNEL = '123456789012345678';
const GUILD = '223456789012345678';

const request = (method: string, path: string, identity = 'bot'): RateLimitRequest => ({
  identity,
  method,
  path,
});
const message = (channel = CHANNEL, identity = 'bot'): RateLimitRequest =>
  request('POST', `/channels/${channel}/messages`, identity);

function takeMany(limits: RateLimits, wanted: RateLimitRequest, times: number, now: number) {
  return Array.from({ length: times }, () => limits.take(wanted, now));
}
const allowed = (verdicts: RateLimitVerdict[]): number =>
  verdicts.filter((one) => one.allowed).length;

describe('rateLimitRoute', () => {
  it('keeps the major parameter and forgets other ids and the query', () => {
    const path = `/channels/${CHANNEL}/messages/${GUILD}?wait=true`;
    expect(rateLimitRoute('patch', path)).toEqual({
      route: 'PATCH /channels/:id/messages/:id',
      major: CHANNEL,
      global: true,
    });
  });

  it('puts all reactions of a channel into one', () => {
    const path = `/channels/${CHANNEL}/messages/${GUILD}/reactions/%F0%9F%8E%AB/@me`;
    expect(rateLimitRoute('PUT', path).route).toBe(
      'PUT /channels/:id/messages/:id/reactions/:reaction',
    );
  });

  it('frees answers to interactions and webhooks from the global limit', () => {
    expect(rateLimitRoute('POST', `/interactions/${GUILD}/a-token/callback`).global).toBe(false);
    expect(rateLimitRoute('PATCH', `/webhooks/${GUILD}/a-token/messages/@original`)).toEqual({
      route: 'PATCH /webhooks/:id/:token/messages/:id',
      major: `${GUILD}/a-token`,
      global: false,
    });
  });
});

describe('RateLimits', () => {
  it('announces the bucket and counts it down', () => {
    const limits = new RateLimits();
    const [first, second] = takeMany(limits, message(), 2, START);
    expect(first?.headers).toMatchObject({
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '4',
      'X-RateLimit-Reset': '1800000005.000',
      'X-RateLimit-Reset-After': '5.000',
    });
    expect(first?.headers['X-RateLimit-Bucket']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.headers['X-RateLimit-Remaining']).toBe('3');
  });

  it('refuses the sixth message in 5 seconds, and lets it through afterwards', () => {
    const limits = new RateLimits();
    expect(allowed(takeMany(limits, message(), 5, START))).toBe(5);
    expect(limits.take(message(), START + 2_500)).toMatchObject({
      allowed: false,
      status: 429,
      headers: {
        'Retry-After': '3',
        'X-RateLimit-Scope': 'user',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset-After': '2.500',
      },
      body: { message: 'You are being rate limited.', retry_after: 2.5, global: false, code: 0 },
    });
    expect(limits.take(message(), START + 5_000).allowed).toBe(true);
  });

  it('counts each channel and each bot alone', () => {
    const limits = new RateLimits();
    takeMany(limits, message(), 5, START);
    expect(limits.take(message('323456789012345678'), START).allowed).toBe(true);
    expect(limits.take(message(CHANNEL, 'other bot'), START).allowed).toBe(true);
  });

  it('lets a bot make 50 requests a second in all', () => {
    const limits = new RateLimits();
    const roles = request('GET', `/guilds/${GUILD}/roles`);
    expect(allowed(takeMany(limits, roles, 60, START))).toBe(50);
    expect(limits.take(roles, START + 400)).toMatchObject({
      headers: { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global', 'Retry-After': '1' },
      body: { global: true, retry_after: 0.6 },
    });
    const callback = request('POST', `/interactions/${GUILD}/a-token/callback`);
    expect(allowed(takeMany(limits, callback, 100, START + 400))).toBe(100);
    expect(limits.take(roles, START + 1_000).allowed).toBe(true);
  });

  it('allows 2 renames in 10 minutes, and hides it from the headers', () => {
    const limits = new RateLimits();
    const rename = { ...request('PATCH', `/channels/${CHANNEL}`), changesNameOrTopic: true };
    expect(allowed(takeMany(limits, rename, 2, START))).toBe(2);
    expect(limits.take(rename, START + 1_000)).toMatchObject({
      allowed: false,
      headers: { 'X-RateLimit-Limit': '10', 'X-RateLimit-Remaining': '8', 'Retry-After': '599' },
      body: { retry_after: 599, global: false },
    });
    const other = request('PATCH', `/channels/${CHANNEL}`);
    expect(limits.take(other, START + 1_000).allowed).toBe(true);
    expect(limits.take(rename, START + 600_000).allowed).toBe(true);
  });

  it('goes on from a saved state', () => {
    const before = new RateLimits();
    takeMany(before, message(), 5, START);
    const saved: unknown = JSON.parse(JSON.stringify(before.state(START)));
    expect(saved).toEqual(before.state(START));
    const after = new RateLimits({}, before.state(START));
    expect(after.take(message(), START + 1).allowed).toBe(false);
    expect(before.state(START + 60_000)).toEqual([]);
  });

  it('lets everything through when it is switched off', () => {
    const limits = new RateLimits({ enabled: false });
    expect(allowed(takeMany(limits, message(), 500, START))).toBe(500);
  });

  it('blocks an address after too many invalid requests, shared limits not counted', () => {
    const limits = new RateLimits({ invalidPerTenMinutes: 3 });
    limits.countAnswer('127.0.0.1', 403, undefined, START);
    limits.countAnswer('127.0.0.1', 404, undefined, START);
    limits.countAnswer('127.0.0.1', 429, 'shared', START);
    limits.countAnswer('127.0.0.1', 401, undefined, START);
    expect(limits.blockedFor('127.0.0.1', START)).toBe(0);
    limits.countAnswer('127.0.0.1', 429, 'user', START);
    expect(limits.blockedFor('127.0.0.1', START + 1)).toBe(599_999);
    expect(limits.blockedFor('127.0.0.1', START + 600_000)).toBe(0);
  });
});
