import { afterEach, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { PEER_KINDS, startFleet } from '../../../../bench/watch/fleet';
import { startNameServer, type Records } from '../../../../test/peers/name-server';
import { limits, noMistake, onLoopback } from '../../../../test/peers/targets';
import { saying, startTcpPeer, type TcpPeer } from '../../../../test/peers/tcp-peer';
import { createResolver } from '../../resolver';
import { createProbes } from '..';

const { java } = createProbes({ onMistake: noMistake });
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

async function peer(attend: (socket: Socket, number: number) => void): Promise<TcpPeer> {
  const started = await startTcpPeer(attend);
  cleanUp.push(() => started.stop());
  return started;
}

/** What the probe says of a server that answers its first bytes with these. */
async function verdictOn(answer: Buffer | string, timeoutMs?: number) {
  const { port } = await peer(saying(answer));
  return java.check(onLoopback(port), limits(timeoutMs));
}

const bytes = (hexadecimal: string): Buffer => Buffer.from(hexadecimal.replace(/ /g, ''), 'hex');

function varInt(value: number): Buffer {
  return value < 0x80
    ? Buffer.from([value])
    : Buffer.concat([Buffer.from([(value & 0x7f) | 0x80]), varInt(value >>> 7)]);
}

function statusAnswer(status: unknown): Buffer {
  const json = Buffer.from(typeof status === 'string' ? status : JSON.stringify(status));
  const content = Buffer.concat([Buffer.from([0]), varInt(json.length), json]);
  return Buffer.concat([varInt(content.length), content]);
}

function legacyAnswer(text: string): Buffer {
  const utf16 = Buffer.from(text, 'utf16le').swap16();
  return Buffer.concat([Buffer.from([0xff, 0, text.length]), utf16]);
}

describe('a fleet of servers, most of them hostile', () => {
  it('gets the right verdict for each', async () => {
    const fleet = await startFleet({ seed: 4, servers: PEER_KINDS });
    cleanUp.push(() => fleet.stop());
    const found = await Promise.all(
      fleet.peers.map(async ({ kind, port }) => {
        const result = await java.check(onLoopback(port), limits());
        return result.up
          ? { kind, truth: { up: true, players: result.players } }
          : { kind, truth: result };
      }),
    );
    expect(found).toEqual(fleet.peers.map(({ kind, truth }) => ({ kind, truth })));
  });
});

describe('a status', () => {
  it('is told with all that is shown of it', async () => {
    const result = await verdictOn(
      statusAnswer({
        version: { name: '§aPaper  1.21.4', protocol: 769 },
        players: { online: 12, max: 100, sample: [{ name: 'Steve', id: '' }] },
        description: {
          text: '',
          extra: [{ text: 'Our ', bold: true }, '§lserver', { translate: 'x', fallback: '!' }],
        },
        favicon: `data:image/png;base64,${'A'.repeat(20_000)}`,
      }),
    );
    expect(result).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      players: 12,
      maxPlayers: 100,
      version: 'Paper 1.21.4',
      motd: 'Our server!',
    });
  });

  it.each([
    ['nothing', {}, null],
    ['null', { description: null }, null],
    ['a text', { description: 'Hello' }, 'Hello'],
    ['section signs', { description: '§6§lGold§r\n§x§f§f§0§0§0§0red §' }, 'Gold red'],
    ['a component', { description: { text: 'one' } }, 'one'],
    ['a list', { description: ['one', { text: ' two' }, 3, true] }, 'one two3true'],
    ['nested components', { description: { extra: [{ extra: [{ text: 'deep' }] }] } }, 'deep'],
    ['something to translate', { description: { translate: 'menu.online' } }, 'menu.online'],
    ['invisible characters', { description: 'a\u202Eb\u200Bc\u0000d' }, 'abcd'],
  ])('may be described by %s', async (_, status, motd) => {
    expect(await verdictOn(statusAnswer(status))).toMatchObject({ up: true, motd });
  });

  it('is cut where it is long', async () => {
    const result = await verdictOn(
      statusAnswer({ version: { name: 'v'.repeat(500) }, description: 'm'.repeat(5_000) }),
    );
    expect(result).toMatchObject({
      version: `${'v'.repeat(99)}…`,
      motd: `${'m'.repeat(199)}…`,
    });
  });

  it.each([
    ['absent', {}],
    ['null', { players: null }],
    ['a list', { players: [] }],
    ['empty', { players: {} }],
    ['text', { players: { online: 'many', max: 'more' } }],
    ['negative', { players: { online: -1, max: -1 } }],
    ['broken', { players: { online: 1.5, max: 1e300 } }],
  ])('whose players are %s is up', async (_, status) => {
    expect(await verdictOn(statusAnswer(status))).toMatchObject({
      up: true,
      players: null,
      maxPlayers: null,
    });
  });

  it('is understood in whatever pieces it comes', async () => {
    const answer = statusAnswer({ players: { online: 3, max: 9 }, description: 'x'.repeat(300) });
    const { port } = await peer((socket) => {
      socket.once('data', () => {
        let at = 0;
        const next = (): void => {
          socket.write(answer.subarray(at, at + 1));
          at += 1;
          if (at < answer.length) setImmediate(next);
        };
        next();
      });
    });
    expect(await java.check(onLoopback(port), limits())).toMatchObject({ players: 3 });
  });

  it('of 700,000 bytes, or one that is deeply nested, is up without details', async () => {
    const long = statusAnswer({ players: { online: 1, max: 2 }, a: 'x'.repeat(700_000) });
    const deep = statusAnswer(`{"description":${'['.repeat(90_000)}${']'.repeat(90_000)}}`);
    expect(await verdictOn(long)).toMatchObject({ up: true, players: null });
    expect(await verdictOn(deep)).toMatchObject({ up: true, motd: null });
  });

  it('may be followed by anything', async () => {
    const answer = statusAnswer({ players: { online: 1, max: 2 } });
    expect(await verdictOn(Buffer.concat([answer, Buffer.alloc(100_000, 0xff)]))).toMatchObject({
      up: true,
      players: 1,
    });
  });
});

describe('an answer that is none', () => {
  it.each([
    ['a negative length', 'ff ff ff ff 0f 00 02 7b 7d'],
    ['a length of six bytes', 'ff ff ff ff ff 0f'],
    ['a length of 0', '00 00 00'],
    ['a length of 2 GiB', 'ff ff ff ff 07 00 f0 ff ff ff 07 7b'],
    ['a negative text length', '08 00 ff ff ff ff 0f 7b 7d'],
    ['a text longer than its packet', '05 00 7f 7b 7d 7d'],
    ['another packet id', '04 01 02 7b 7d'],
    ['a text that is no object', '04 00 02 5b 5d'],
    ['an empty text', '02 00 00'],
    ['an unfinished object', '05 00 03 7b 22 61'],
  ])('fails with %s', async (_, hexadecimal) => {
    expect(await verdictOn(bytes(hexadecimal))).toEqual({ up: false, cause: 'protocol-error' });
  });

  it.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['SMTP', '220 mail.example.org ESMTP\r\n'],
    ['a long complaint', '-'.repeat(300_000)],
  ])('fails with %s', async (_, greeting) => {
    expect(await verdictOn(greeting)).toEqual({ up: false, cause: 'protocol-error' });
  });

  it('times out where the rest of it never comes', async () => {
    const answer = statusAnswer({ players: { online: 1, max: 2 } });
    expect(await verdictOn(answer.subarray(0, -1), 300)).toEqual({ up: false, cause: 'timed-out' });
    expect(await verdictOn(bytes('ff'), 300)).toEqual({ up: false, cause: 'timed-out' });
  });
});

describe('servers from before 1.7', () => {
  it.each([
    ['1.6', '§1\x0078\x001.6.4\x00A §6Minecraft Server\x003\x0020', '1.6.4'],
    ['beta 1.8', 'A Minecraft Server§3§20', null],
  ])('are asked again in their own way: %s', async (_, text, version) => {
    const { port } = await peer((socket) => {
      socket.once('data', (question: Buffer) => {
        socket.end(legacyAnswer(question[0] === 0xfe ? text : 'Protocol error'));
      });
    });
    expect(await java.check(onLoopback(port), limits())).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      players: 3,
      maxPlayers: 20,
      version,
      motd: 'A Minecraft Server',
    });
  });

  it('may close without a word, or wait for more', async () => {
    for (const onModern of [(socket: Socket) => socket.end(), () => undefined]) {
      const { port } = await peer((socket) => {
        socket.once('data', (question: Buffer) => {
          if (question[0] === 0xfe) socket.end(legacyAnswer('Old§1§2'));
          else onModern(socket);
        });
      });
      expect(await java.check(onLoopback(port), limits(1_000))).toMatchObject({
        up: true,
        motd: 'Old',
      });
    }
  });

  it('are down when they only complain', async () => {
    expect(await verdictOn(legacyAnswer('Outdated client!'))).toEqual({
      up: false,
      cause: 'protocol-error',
    });
  });
});

describe('where a server is', () => {
  async function probeWith(records: Readonly<Record<string, Records>>) {
    const names = await startNameServer(records);
    cleanUp.push(() => names.stop());
    const resolver = createResolver({ servers: [names.address], timeoutMs: 300 });
    return { names, java: createProbes({ resolver }).java };
  }

  const up = saying(statusAnswer({ players: { online: 7, max: 8 } }));
  const srv = (port: number, name = 'node.example', priority = 1) => ({
    ...{ priority, weight: 1, port, name },
  });

  it('is what its SRV record says', async () => {
    const { port } = await peer(up);
    const { java: probe } = await probeWith({
      '_minecraft._tcp.play.example': { srv: [srv(1, 'other.example', 9), srv(port)] },
      'node.example': { a: ['127.0.0.1'] },
    });
    const target = onLoopback(0, { address: 'play.example', port: null });
    expect(await probe.check(target, limits())).toMatchObject({ up: true, players: 7 });
  });

  it('is not asked of SRV when a port is given', async () => {
    const { port } = await peer(up);
    const { names, java: probe } = await probeWith({
      '_minecraft._tcp.play.example': { srv: [srv(1)] },
      'play.example': { a: ['127.0.0.1'] },
    });
    expect(
      await probe.check(onLoopback(port, { address: 'play.example' }), limits()),
    ).toMatchObject({ up: true });
    expect(names.asked.filter((question) => question.startsWith('srv'))).toEqual([]);
  });

  it('is its own name when nobody knows an SRV record', async () => {
    for (const records of [{}, { silent: true }, { broken: true }]) {
      const { java: probe } = await probeWith({
        '_minecraft._tcp.play.example': records,
        'play.example': { a: ['127.0.0.1'] },
      });
      const target = onLoopback(0, { address: 'play.example', port: null });
      // Nothing listens at 25565 here; that it was asked is what is seen.
      expect(await probe.check(target, limits(1_500))).toEqual({ up: false, cause: 'refused' });
    }
  });

  it('is not asked where it is internal, by name, by address or through SRV', async () => {
    const { port, ...server } = await peer(up);
    const { java: probe } = await probeWith({
      '_minecraft._tcp.sly.example': { srv: [srv(port)] },
      'node.example': { a: ['127.0.0.1'], aaaa: ['::1'] },
      'sly6.example': { a: [], aaaa: ['::ffff:7f00:1'] },
    });
    const forbidden = { up: false, cause: 'forbidden-address' };
    for (const address of [
      ...['node.example', 'sly6.example', '127.0.0.1', '[::1]', '::ffff:127.0.0.1', 'localhost'],
      ...['2130706433', '0x7f.1', '127.1', '169.254.169.254'],
    ]) {
      const target = onLoopback(port, { address, allowInternal: false });
      expect([address, await probe.check(target, limits())]).toEqual([address, forbidden]);
    }
    const sly = onLoopback(0, { address: 'sly.example', port: null, allowInternal: false });
    expect(await probe.check(sly, limits())).toEqual(forbidden);
    expect(server.connections).toBe(0);
  });

  it('is another address of its name when the first does not take connections', async () => {
    const { port } = await peer(up);
    const { java: probe } = await probeWith({
      'two.example': { a: ['127.0.0.2', '127.0.0.1'] },
    });
    expect(await probe.check(onLoopback(port, { address: 'two.example' }), limits())).toMatchObject(
      { up: true },
    );
  });

  it('is unknown when its name is', async () => {
    const { java: probe } = await probeWith({
      'silent.example': { silent: true },
      'nowhere.example': {},
    });
    const check = (address: string) => probe.check(onLoopback(25_565, { address }), limits(700));
    expect(await check('no-such-name.invalid')).toEqual({ up: false, cause: 'name-not-found' });
    expect(await check('nowhere.example')).toEqual({ up: false, cause: 'name-not-found' });
    expect(await check('silent.example')).toEqual({ up: false, cause: 'timed-out' });
  });
});

describe('what no server is to blame for', () => {
  it.each([
    ['nothing', '', 25_565],
    ['blanks', '   ', null],
    ['a blank within', 'exa mple', 25_565],
    ['no character', '\u0000', 25_565],
    ['dots', '..', null],
    ['far too long a name', 'a'.repeat(5_000), null],
  ])('is a failure, not an exception: %s for an address', async (_, address, port) => {
    const result = await java.check(onLoopback(0, { address, port }), limits());
    expect(result).toMatchObject({ up: false, cause: 'name-not-found' });
  });

  it('is an end that the caller wants: nothing stays open', async () => {
    const server = await peer(() => undefined);
    const stop = new AbortController();
    const checking = java.check(onLoopback(server.port), {
      timeoutMs: 60_000,
      signal: stop.signal,
    });
    setImmediate(() => {
      stop.abort();
    });
    expect(await checking).toEqual({ up: false, cause: 'timed-out' });
    await server.untilAlone();
  });
});
