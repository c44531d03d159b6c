import type { Middleware } from 'koa';

/**
 * Headers that keep an answer what it is: no guessing of types, no frames, no scripts, no referrer.
 * Routes that serve pages for people loosen the policy for themselves.
 */
export function securityHeaders(): Middleware {
  return async (context, next) => {
    context.set({
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    });
    await next();
  };
}
