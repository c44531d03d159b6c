import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchBounded, retryAfter, type FetchLimits, type Outgoing } from './fetch';

/** By path. */
const answers: Readonly<Record<string, RequestListener>> = {
  '/fine': (request, response) => {
    response.setHeader('x-method', request.method ?? '');
    request.pipe(response);
  },
  '/moved': (_, response) => response.writeHead(301, { location: '/fine' }).end(),
  '/moved-whole': (_, response) => response.writeHead(308, { location: '/fine' }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/elsewhere': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/long': (_, response) => response.end(Buffer.alloc(2_000)),
  '/packed': (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('<feed/>')),
  '/same': (_, response) => response.writeHead(304, { 'content-encoding': 'gzip' }).end(),
  '/bomb': (_, response) =>
    response
      .writeHead(200, { 'content-encoding': 'br' })
      .end(brotliCompressSync(Buffer.alloc(1e6))),
  '/torn': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
  '/never': () => undefined,
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
};

describe('a request to a server that somebody named', () => {
  const server = createServer((request, response) => {
    answers[request.url ?? '']?.(request, response);
  });
  let base = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    base = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (path: string, limits: Partial<FetchLimits> = {}, more: Partial<Outgoing> = {}) =>
    fetchBounded(
      { method: 'GET', url: path.startsWith('/') ? `${base}${path}` : path, headers: {}, ...more },
      {
        allowInternal: true,
        mostBytes: 1_000,
        timeoutMs: 5_000,
        signal: new AbortController().signal,
        ...limits,
      },
    );

  it('is sent on, within bounds', async () => {
    expect(await ask('/moved')).toMatchObject({ status: 200 });
    await expect(ask('/round')).rejects.toMatchObject({ code: 'too-many-redirects' });
    await expect(ask('/elsewhere')).rejects.toMatchObject({ code: 'wrong-address' });
  });

  it('keeps what it sends where it is sent on with it, and only there', async () => {
    const post = { method: 'POST', body: 'a=1' } as const;
    const sent = await ask('/moved-whole', {}, post);
    expect([sent.body.toString(), sent.headers['x-method']]).toEqual(['a=1', 'POST']);
    expect(await ask('/moved', {}, post)).toMatchObject({ status: 301 });
  });

  it('does not reach internal addresses unless that is allowed', async () => {
    const { port } = new URL(base);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433']) {
      await expect(
        ask(`http://${host}:${port}/fine`, { allowInternal: false }),
      ).rejects.toMatchObject({ code: 'forbidden-address' });
    }
    expect(await ask(`http://localhost:${port}/fine`)).toMatchObject({ status: 200 });
  });

  it('is sent by https alone where that is wanted', async () => {
    await expect(ask('/fine', { secureOnly: true })).rejects.toMatchObject({
      code: 'insecure-address',
    });
  });

  it('ends with what was wrong', async () => {
    await expect(ask('/long')).rejects.toMatchObject({ code: 'too-large' });
    await expect(ask('/bomb')).rejects.toMatchObject({ code: 'too-large' });
    await expect(ask('/torn')).rejects.toMatchObject({ code: 'unreachable' });
    await expect(ask('/cut')).rejects.toMatchObject({ code: 'unreachable' });
    await expect(ask('/never', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(ask('no address')).rejects.toMatchObject({ code: 'wrong-address' });
    await expect(ask('http://no-such-name.invalid/')).rejects.toMatchObject({
      name: 'FetchFailure',
    });
    const reason = new Error('enough');
    await expect(ask('/never', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('is read also where its server packs what nobody asked it to', async () => {
    expect((await ask('/packed')).body.toString()).toBe('<feed/>');
    expect(await ask('/same')).toMatchObject({ status: 304 });
  });

  it('knows when it may be sent again', () => {
    const now = Date.UTC(2026, 10, 23);
    expect(retryAfter({ 'retry-after': '120' }, now)).toBe(now + 120_000);
    expect(retryAfter({ 'retry-after': 'Mon, 23 Nov 2026 00:01:00 GMT' }, now)).toBe(now + 60_000);
    expect(retryAfter({ 'retry-after': 'soon' }, now)).toBeNull();
    expect(retryAfter({}, now)).toBeNull();
  });
});
