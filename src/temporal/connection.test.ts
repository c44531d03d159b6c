import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { connectionOptions, connectLazily } from './connection';

const plain = { address: 'temporal:7233', namespace: 'default' };

describe('connectionOptions', () => {
  it('does not encrypt unless something asks for it', () => {
    expect(connectionOptions(plain)).toEqual({ address: 'temporal:7233' });
  });

  it('encrypts with an API key', () => {
    expect(connectionOptions({ ...plain, apiKey: 'key' })).toEqual({
      address: 'temporal:7233',
      apiKey: 'key',
      tls: true,
    });
  });

  it('passes on certificates', () => {
    const [cert, key, ca] = ['cert', 'key', 'ca'].map((text) => Buffer.from(text));
    expect(
      connectionOptions({
        ...plain,
        tls: { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) },
      }).tls,
    ).toEqual({ serverRootCACertificate: ca, clientCertPair: { crt: cert, key } });
  });
});

describe('connectLazily', () => {
  it('needs no server to start with, and survives being closed during a retry', async () => {
    const server = createServer((socket) => socket.destroy());
    const connected = once(server, 'connection');
    server.listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const connection = connectLazily({ address: `127.0.0.1:${port}`, namespace: 'default' });
    const answer = connection
      .withDeadline(Date.now() + 2_000, () => connection.workflowService.getSystemInfo({}))
      .catch(() => 'refused');
    await connected;
    await connection.close();
    server.close();
    expect(await answer).toBe('refused');
  });
});
