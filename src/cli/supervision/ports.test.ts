import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freePort, isFree } from './ports';

describe('freePort', () => {
  it('prefers a port that is free, and never gives one out twice', async () => {
    const taken = new Set<number>();
    const port = await freePort(undefined, taken);
    expect(await isFree(port)).toBe(true);
    expect(await freePort(port, new Set())).toBe(port);
    expect(await freePort(port, taken)).not.toBe(port);
  });

  it('replaces a port that another program has', async () => {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    expect(await isFree(port)).toBe(false);
    const other = await freePort(port, new Set());
    expect(other).not.toBe(port);
    // Below the range from which systems take the ports of outgoing connections.
    expect(other).toBeLessThan(32_768);
    server.close();
  });
});
