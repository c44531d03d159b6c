import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { startNameServer } from '../../../../test/peers/name-server';
import { limits, noMistake, onLoopback } from '../../../../test/peers/targets';
import { saying, startTcpPeer } from '../../../../test/peers/tcp-peer';
import type { ProbeTarget } from '..';
import { isInternalAddress } from '../../../network/addresses';
import { createResolver } from '../../resolver';
import { createProbes } from '..';

const { http } = createProbes({ onMistake: noMistake });
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

function redirecting(location: () => string): RequestListener {
  return (_, response) => {
    response.writeHead(302, { location: location() });
    response.end();
  };
}

async function page(listener: RequestListener, address = '127.0.0.1'): Promise<number> {
  const server = createServer(listener);
  server.listen(0, address);
  await once(server, 'listening');
  cleanUp.push(async () => {
    server.closeAllConnections();
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

async function peer(attend: (socket: Socket) => void): Promise<number> {
  const started = await startTcpPeer(attend);
  cleanUp.push(() => started.stop());
  return started.port;
}

function check(address: string, more: Partial<ProbeTarget> = {}, timeoutMs?: number) {
  return http.check(onLoopback(0, { address, port: null, ...more }), limits(timeoutMs));
}

const up = { up: true, latencyMs: expect.any(Number) };
const wrong = { up: false, cause: 'wrong-answer' };

describe('a page', () => {
  it('is up with any 2xx, or with the status that is expected', async () => {
    const port = await page((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      response.end(request.method);
    });
    const status = (code: number) => `http://127.0.0.1:${port}/${code}`;
    expect(await check(status(200))).toMatchObject(up);
    expect(await check(status(204))).toMatchObject(up);
    expect(await check(status(404))).toEqual(wrong);
    expect(await check(status(503))).toEqual(wrong);
    expect(await check(status(404), { expectStatus: 404 })).toMatchObject(up);
    expect(await check(status(200), { expectStatus: 404 })).toEqual(wrong);
    expect(await check(status(302), { expectStatus: 302 })).toMatchObject(up);
  });

  it('is told who it is asked as, and given credentials only where they belong', async () => {
    const seen: unknown[] = [];
    const port = await page((request, response) => {
      seen.push([request.url, request.headers.host, request.headers.authorization ?? null]);
      if (request.url === '/a?b=c')
        response.writeHead(302, { location: `http://localhost:${port}/d` });
      response.end();
    });
    expect(await check(`http://Us%65r:pass@127.0.0.1:${port}/a?b=c#d`)).toMatchObject(up);
    expect(seen).toEqual([
      ['/a?b=c', `127.0.0.1:${port}`, `Basic ${Buffer.from('User:pass').toString('base64')}`],
      ['/d', `localhost:${port}`, null],
    ]);
  });

  it('may redirect, but not for ever', async () => {
    const port = await page((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(301, { location: `/${left - 1}` });
      response.end();
    });
    expect(await check(`http://127.0.0.1:${port}/5`)).toMatchObject(up);
    expect(await check(`http://127.0.0.1:${port}/6`)).toEqual(wrong);
  });

  it('may not redirect to what is not the web', async () => {
    for (const location of ['file:///etc/passwd', 'gopher://127.0.0.1', 'http://', '']) {
      const port = await page(redirecting(() => location));
      expect([location, await check(`http://127.0.0.1:${port}/`)]).toEqual([location, wrong]);
    }
  });

  it('may not be, or redirect to, what is internal', async () => {
    let asked = 0;
    const inner = await page((_, response) => {
      asked += 1;
      response.end();
    });
    const names = await startNameServer({
      'inner.example': { a: ['127.0.0.1'] },
      'outer.example': { a: ['127.0.0.2'] },
    });
    cleanUp.push(() => names.stop());
    // One address of this machine plays the part of a public one.
    const probe = createProbes({
      resolver: createResolver({ servers: [names.address] }),
      isInternal: (address) => address !== '127.0.0.2' && isInternalAddress(address),
    }).http;
    let location = '';
    const outer = await page(
      redirecting(() => location),
      '127.0.0.2',
    );
    for (location of [
      `http://inner.example:${inner}/`,
      `http://127.0.0.1:${inner}/`,
      `http://[::1]:${inner}/`,
      `http://[::ffff:127.0.0.1]:${inner}/`,
      `http://2130706433:${inner}/`,
      `http://0x7f.1:${inner}/`,
      `http://169.254.169.254/latest/meta-data/`,
      `http://localhost:${inner}/`,
    ]) {
      for (const address of [location, `http://outer.example:${outer}/`]) {
        const target = onLoopback(0, { address, port: null, allowInternal: false });
        expect([location, address, await probe.check(target, limits())]).toEqual([
          ...[location, address],
          { up: false, cause: 'forbidden-address' },
        ]);
      }
    }
    expect(asked).toBe(0);
  });

  it('is up with a body of any length, and read no further than it must be', async () => {
    const port = await page((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        response.once('drain', more);
      };
      more();
    });
    expect(await check(`http://127.0.0.1:${port}/`)).toMatchObject(up);
  });

  it.each([
    ['closes at once', '', true, 'closed-early'],
    [
      'closes in the body',
      'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
      true,
      'closed-early',
    ],
    ['closes in the head', 'HTTP/1.1 200 OK\r\nContent-Le', true, 'closed-early'],
    ['says nothing', '', false, 'timed-out'],
    ['stops in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', false, 'timed-out'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9.6\r\n', false, 'protocol-error'],
    ['has an endless head', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(100_000)}`, false, 'too-large'],
  ])('is down when it %s', async (_, answer, closes, cause) => {
    const port = await peer((socket) => {
      saying(answer)(socket);
      if (closes) socket.once('data', () => socket.end());
    });
    expect(await check(`http://127.0.0.1:${port}/`, {}, 500)).toEqual({ up: false, cause });
  });

  it('is down when nothing listens, and when it does not speak TLS', async () => {
    const port = await page((_, response) => response.end());
    expect(await check(`https://127.0.0.1:${port}/`)).toEqual({
      up: false,
      cause: 'protocol-error',
    });
    await Promise.all(cleanUp.splice(0).map((stop) => stop()));
    expect(await check(`http://127.0.0.1:${port}/`)).toEqual({ up: false, cause: 'refused' });
  });

  it.each(['', 'example.org', 'ftp://example.org', 'http://', 'http://exa mple'])(
    'needs an address: %j',
    async (address) => {
      expect(await check(address)).toEqual(wrong);
    },
  );
});
