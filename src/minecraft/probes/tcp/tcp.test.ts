import { afterEach, describe, expect, it } from '@jest/globals';
import { limits, onLoopback } from '../../../../test/peers/targets';
import { startTcpPeer } from '../../../../test/peers/tcp-peer';
import { createProbes } from '..';

const { tcp } = createProbes();
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

describe('a TCP port', () => {
  it('is up when it takes the connection, and left alone afterwards', async () => {
    const server = await startTcpPeer(() => undefined);
    cleanUp.push(() => server.stop());
    expect(await tcp.check(onLoopback(server.port), limits())).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      ...{ players: null, maxPlayers: null, version: null, motd: null },
    });
    await server.untilAlone();
  });

  it('is down when nothing listens, and never asked where it is internal', async () => {
    const server = await startTcpPeer(() => undefined);
    const { port } = server;
    expect(await tcp.check(onLoopback(port, { allowInternal: false }), limits())).toEqual({
      up: false,
      cause: 'forbidden-address',
    });
    expect(server.connections).toBe(0);
    await server.stop();
    expect(await tcp.check(onLoopback(port), limits())).toEqual({ up: false, cause: 'refused' });
  });

  it.each([null, -1, 70_000, 1.5, Number.NaN])('cannot be %p', async (port) => {
    expect(await tcp.check(onLoopback(0, { port }), limits())).toMatchObject({ up: false });
  });
});
