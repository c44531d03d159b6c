import { afterEach, describe, expect, it } from '@jest/globals';
import { limits, noMistake, onLoopback } from '../../../../test/peers/targets';
import { startUdpPeer } from '../../../../test/peers/udp-peer';
import { createProbes } from '..';

const { bedrock } = createProbes({ onMistake: noMistake });
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

async function peer(answer: (datagram: Buffer, number: number) => readonly Buffer[]) {
  const started = await startUdpPeer(answer);
  cleanUp.push(() => started.stop());
  return started;
}

/** RakNet's unconnected pong to a ping. */
function pong(ping: Buffer, text: string): Buffer {
  const said = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(said.length);
  const magic = Buffer.from('00ffff00fefefefefdfdfdfd12345678', 'hex');
  return Buffer.concat([
    Buffer.from([0x1c]),
    ping.subarray(1, 9),
    Buffer.alloc(8, 7),
    magic,
    length,
    said,
  ]);
}

const FULL =
  'MCPE;§aOur \\; server;924;1.21.130;12;100;13253860892328930865;Bedrock level;Survival;1;';

describe('a Bedrock server', () => {
  it('is up, in figures that JSON can hold', async () => {
    const { port } = await peer((ping) => [pong(ping, FULL)]);
    const result = await bedrock.check(onLoopback(port), limits());
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      players: 12,
      maxPlayers: 100,
      version: '1.21.130',
      motd: 'Our ; server',
    });
  });

  it('is asked again when a datagram was lost', async () => {
    const { port } = await peer((ping, number) => (number > 2 ? [pong(ping, FULL)] : []));
    expect(await bedrock.check(onLoopback(port), limits())).toMatchObject({ up: true });
  });

  it.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['too little', 'MCPE;x;1'],
    ['nonsense', 'MCPE;;;;many;-5;'],
  ])('is up when it tells %s', async (_, text) => {
    const { port } = await peer((ping) => [pong(ping, text)]);
    expect(await bedrock.check(onLoopback(port), limits())).toMatchObject({
      up: true,
      players: null,
    });
  });

  it('is not spoken for by datagrams that answer nothing', async () => {
    const other = Buffer.alloc(33, 9);
    const { port } = await peer((ping) => [
      Buffer.alloc(0),
      Buffer.from('hello'),
      Buffer.alloc(60_000, 0x1c),
      pong(other, FULL),
      pong(ping, FULL).subarray(0, 30),
    ]);
    expect(await bedrock.check(onLoopback(port), limits(400))).toEqual({
      up: false,
      cause: 'protocol-error',
    });
  });

  it('is down when nothing is heard, and when nothing listens', async () => {
    const silent = await peer(() => []);
    expect(await bedrock.check(onLoopback(silent.port), limits(400))).toEqual({
      up: false,
      cause: 'timed-out',
    });
    const gone = await peer(() => []);
    await Promise.all(cleanUp.splice(0).map((stop) => stop()));
    expect(await bedrock.check(onLoopback(gone.port), limits())).toEqual({
      up: false,
      cause: 'refused',
    });
  });

  it('is not asked where it is internal', async () => {
    const server = await peer((ping) => [pong(ping, FULL)]);
    const target = onLoopback(server.port, { allowInternal: false });
    expect(await bedrock.check(target, limits())).toEqual({
      up: false,
      cause: 'forbidden-address',
    });
    expect(server.heard).toEqual([]);
  });
});
