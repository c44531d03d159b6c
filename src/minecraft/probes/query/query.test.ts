import { afterEach, describe, expect, it } from '@jest/globals';
import { limits, noMistake, onLoopback } from '../../../../test/peers/targets';
import { startUdpPeer } from '../../../../test/peers/udp-peer';
import { createProbes } from '..';

const { query } = createProbes({ onMistake: noMistake });
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

async function peer(answer: (datagram: Buffer, number: number) => readonly Buffer[]) {
  const started = await startUdpPeer(answer);
  cleanUp.push(() => started.stop());
  return started;
}

const isHandshake = (datagram: Buffer): boolean => datagram[2] === 0x09;

function challenge(datagram: Buffer, number: number): Buffer {
  return Buffer.concat([Buffer.from([0x09]), datagram.subarray(3, 7), Buffer.from(`${number}\0`)]);
}

function statistics(datagram: Buffer, fields: string, encoding: BufferEncoding = 'utf8'): Buffer {
  return Buffer.concat([
    Buffer.from([0x00]),
    datagram.subarray(3, 7),
    Buffer.from('splitnum\0\x80\0', 'latin1'),
    Buffer.from(fields, encoding),
  ]);
}

const FIELDS = [
  ...['hostname', 'Our §lserver ü', 'gametype', 'SMP', 'version', '1.21.4', 'plugins', ''],
  ...['map', 'world', 'numplayers', '2', 'maxplayers', '20', 'hostport', '25565', ''],
].join('\0');
const WITH_PLAYERS = `${FIELDS}\0\x01player_\0\0Steve\0Alex\0\0`;

/** As Minecraft does it: the newest challenge of an address counts. */
function minecraft(fields = WITH_PLAYERS, encoding: BufferEncoding = 'utf8') {
  let token = -1_000;
  return (datagram: Buffer): Buffer[] => {
    if (isHandshake(datagram)) return [challenge(datagram, (token -= 1))];
    return datagram.readInt32BE(7) === token ? [statistics(datagram, fields, encoding)] : [];
  };
}

describe('a server that is asked by query', () => {
  it.each(['utf8', 'latin1'] as const)('is up with what it tells, in %s', async (encoding) => {
    const { port } = await peer(minecraft(WITH_PLAYERS, encoding));
    expect(await query.check(onLoopback(port), limits())).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      players: 2,
      maxPlayers: 20,
      version: '1.21.4',
      motd: 'Our server ü',
    });
  });

  it("may send its challenge as bytes and short statistics, as Nukkit's servers do", async () => {
    const token = Buffer.from('c331a076', 'hex');
    const { port } = await peer((datagram) => {
      const id = datagram.subarray(3, 7);
      if (isHandshake(datagram))
        return [Buffer.concat([Buffer.from([9]), id, token, Buffer.from([0])])];
      const knows = datagram.subarray(7, 11).equals(token);
      const short = Buffer.from('Our server\0SMP\0world\x002\x0020\0\xdd\x63127.0.0.1\0', 'latin1');
      return knows ? [Buffer.concat([Buffer.from([0]), id, short])] : [];
    });
    expect(await query.check(onLoopback(port), limits())).toMatchObject({
      ...{ up: true, players: 2, maxPlayers: 20, motd: 'Our server' },
    });
  });

  it('is asked again when datagrams were lost, or answers came late', async () => {
    const lossy = minecraft();
    const lost = await peer((datagram, number) => (number % 2 === 1 ? [] : lossy(datagram)));
    expect(await query.check(onLoopback(lost.port), limits())).toMatchObject({ up: true });
    // The answer to the first handshake comes together with that to the second, whose number counts.
    const slow = minecraft();
    const kept: Buffer[] = [];
    const late = await peer((datagram, number) => {
      kept.push(...slow(datagram));
      return number === 1 ? [] : kept.splice(0);
    });
    expect(await query.check(onLoopback(late.port), limits())).toMatchObject({ up: true });
  });

  it('is down when it answers nonsense', async () => {
    for (const answer of ['hello', '\t']) {
      const { port } = await peer(() => [Buffer.from(answer)]);
      expect(await query.check(onLoopback(port), limits(400))).toEqual({
        up: false,
        cause: 'protocol-error',
      });
    }
    const wordless = await peer((datagram) => [challenge(datagram, Number.NaN)]);
    expect(await query.check(onLoopback(wordless.port), limits())).toEqual({
      up: false,
      cause: 'protocol-error',
    });
    const empty = await peer(minecraft(''));
    expect(await query.check(onLoopback(empty.port), limits())).toEqual({
      up: false,
      cause: 'protocol-error',
    });
  });

  it('is down when nothing is heard, before or after the challenge', async () => {
    const silent = await peer(() => []);
    const half = await peer((datagram) => (isHandshake(datagram) ? [challenge(datagram, 5)] : []));
    for (const { port } of [silent, half]) {
      expect(await query.check(onLoopback(port), limits(500))).toEqual({
        up: false,
        cause: 'timed-out',
      });
    }
  });
});
