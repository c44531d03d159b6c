import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Check } from '../observability/health';
import { listen, PortTakenError } from './listen';
import { SampleApp } from './sample-app';

const apps: SampleApp[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
});

async function serve(checks: readonly Check[] = []): Promise<string> {
  const app = await SampleApp.start({ checks });
  apps.push(app);
  return app.url;
}

const reached: Check = { name: 'postgres', run: () => Promise.resolve() };
const refused: Check = { name: 'temporal', run: () => Promise.reject(new Error('at 10.0.0.7')) };

describe('the web application', () => {
  it('lives', async () => {
    const answer = await fetch(`${await serve([refused])}/healthz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
  });

  it('is ready when everything is reached', async () => {
    const answer = await fetch(`${await serve([reached])}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ready', reached: ['postgres'] });
  });

  it('names what is not reached, but not where it is', async () => {
    const answer = await fetch(`${await serve([reached, refused])}/readyz`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Not reached: temporal.',
      unreachable: ['temporal'],
    });
  });

  it('shows its figures, with patterns instead of paths', async () => {
    const url = await serve([reached, refused]);
    await fetch(`${url}/readyz`);
    await fetch(`${url}/nowhere/123`);
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const text = await answer.text();
    expect(text).toContain('castellan_dependency_up{dependency="temporal"} 0');
    expect(text).toMatch(
      /castellan_http_request_seconds_count\{method="GET",route="\/readyz",status="503"\} 1/,
    );
    expect(text).toContain('route="none",status="404"');
    expect(text).not.toContain('nowhere');
  });

  it('answers with problems where there is nothing, or not with that method', async () => {
    const url = await serve();
    const missing = await fetch(`${url}/nowhere`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ title: 'Not Found', status: 404 });
    const wrong = await fetch(`${url}/readyz`, { method: 'POST' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('HEAD, GET');
    expect(await wrong.json()).toMatchObject({ title: 'Method Not Allowed', status: 405 });
  });

  it('guards every answer with headers', async () => {
    const { headers } = await fetch(`${await serve()}/healthz`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('describes every route that exists', async () => {
    const answer = await fetch(`${await serve()}/openapi.json`);
    const document = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })
      .parse(await answer.json());
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/assets/{file}',
      '/healthz',
      '/metrics',
      '/openapi.json',
      '/readyz',
      '/status/{slug}',
      '/status/{slug}.json',
      '/status/{slug}.rss',
      '/status/{slug}/badge/{server}.svg',
      '/status/{slug}/card.png',
      '/status/{slug}/{server}',
      '/status/{slug}/{server}.csv',
      '/status/{slug}/{server}.json',
      '/status/{slug}/{server}/charts/{chart}.svg',
    ]);
  });

  it('keeps what went wrong inside to itself', async () => {
    const broken: Check = {
      get name(): string {
        throw new Error('secret details');
      },
      run: () => Promise.resolve(),
    };
    const answer = await fetch(`${await serve([broken])}/readyz`);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toMatch(/reference/);
    expect(text).not.toContain('secret');
  });
});

describe('listen', () => {
  it('says when the port is taken', async () => {
    const { port } = new URL(await serve());
    await expect(listen(createServer(), '127.0.0.1', Number(port))).rejects.toThrow(PortTakenError);
  });
});
