import { afterEach, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { RCON_PASSWORD, rconPacket } from '../../../../test/peers/rcon-peer';
import { limits, noMistake, onLoopback } from '../../../../test/peers/targets';
import { startTcpPeer, type TcpPeer } from '../../../../test/peers/tcp-peer';
import { createProbes } from '..';

const { rcon } = createProbes({ onMistake: noMistake });
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

const LOGIN = 3;
const COMMAND = 2;

interface Heard {
  readonly id: number;
  readonly type: number;
  readonly body: string;
}

/** Minecraft's server: it takes what one read brings for one packet. */
async function peer(
  answer: (heard: Heard, say: (bytes: Buffer) => void, socket: Socket) => void,
): Promise<TcpPeer> {
  const started = await startTcpPeer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      const heard = {
        id: bytes.readInt32LE(4),
        type: bytes.readInt32LE(8),
        body: bytes.toString('utf8', 12, 2 + bytes.readInt32LE(0)),
      };
      answer(heard, (said) => socket.write(said), socket);
    });
  });
  cleanUp.push(() => started.stop());
  return started;
}

/** @param output the pieces of what a command puts out */
function minecraft(output: readonly string[], loginZeros = 2) {
  return ({ id, type, body }: Heard, say: (bytes: Buffer) => void): void => {
    if (type === LOGIN) say(rconPacket(body === RCON_PASSWORD ? id : -1, COMMAND, '', loginZeros));
    else if (type === COMMAND) for (const piece of output) say(rconPacket(id, 0, piece));
    else say(rconPacket(id, 0, `Unknown request ${type.toString(16)}`));
  };
}

function check(
  { port }: TcpPeer,
  { password = RCON_PASSWORD, command = 'list', timeoutMs = 3_000 } = {},
) {
  return rcon.check(onLoopback(port, { rcon: { command, password } }), limits(timeoutMs));
}

describe('a server that is asked by RCON', () => {
  it.each([
    'There are 3 of a max of 20 players online: Steve, Alex, Notch',
    'There are 3 of a max 20 players online:',
    'There are 3/20 players online:\nSteve, Alex, Notch',
    '§6There are §c3§6 out of maximum §c20§6 players online.',
  ])('is up when it answers the command: %s', async (list) => {
    expect(await check(await peer(minecraft([list])))).toEqual({
      up: true,
      latencyMs: expect.any(Number),
      players: 3,
      maxPlayers: 20,
      version: null,
      motd: null,
    });
  });

  it('is up whatever it answers, even nothing', async () => {
    for (const output of [[''], ['§aDone.'], ['Unknown command']]) {
      expect(await check(await peer(minecraft(output)))).toMatchObject({ up: true, players: null });
    }
  });

  it('is down with a wrong password, or none', async () => {
    const server = await peer(minecraft(['ok']));
    const wrong = { up: false, cause: 'wrong-answer' };
    expect(await check(server, { password: 'wrong' })).toEqual(wrong);
    expect(await check(server, { password: '' })).toEqual(wrong);
    expect(await rcon.check(onLoopback(server.port), limits())).toEqual(wrong);
  });

  it('may answer in several packets', async () => {
    const piece = 'x'.repeat(4_096);
    const output = [piece, piece, ' There are 1 of a max of 2 players online'];
    expect(await check(await peer(minecraft(output)))).toMatchObject({ up: true });
    // A last packet that is full, too; and a server that does not answer the question after it.
    expect(await check(await peer(minecraft([piece])))).toMatchObject({ up: true });
    const taciturn = minecraft([piece]);
    const server = await peer((heard, say) => {
      if (heard.type !== 0) taciturn(heard, say);
    });
    expect(await check(server)).toMatchObject({ up: true });
  });

  it('may answer the login a byte shorter, and all in one piece or in single bytes', async () => {
    const list = ['There are 1/2 players online'];
    expect(await check(await peer(minecraft(list, 1)))).toMatchObject({ up: true, players: 1 });
    const slow = minecraft(list);
    const server = await peer((heard, say) => {
      slow(heard, (said) => {
        for (const byte of said) say(Buffer.from([byte]));
      });
    });
    expect(await check(server)).toMatchObject({ up: true, players: 1 });
  });

  it("may put an empty output before the login's verdict, as Valve's servers do", async () => {
    const source = minecraft(['fine']);
    const server = await peer((heard, say) => {
      if (heard.type === LOGIN) say(rconPacket(heard.id, 0, ''));
      source(heard, say);
    });
    expect(await check(server)).toMatchObject({ up: true });
  });

  it('is down when it closes during the login or the command', async () => {
    const closed = { up: false, cause: 'closed-early' };
    const atLogin = await peer((_, __, socket) => socket.end());
    expect(await check(atLogin)).toEqual(closed);
    const login = minecraft([]);
    const atCommand = await peer((heard, say, socket) => {
      if (heard.type === LOGIN) login(heard, say);
      else socket.resetAndDestroy();
    });
    expect(await check(atCommand)).toEqual(closed);
  });

  it('is down when it never answers the command', async () => {
    expect(await check(await peer(minecraft([])), { timeoutMs: 400 })).toEqual({
      up: false,
      cause: 'timed-out',
    });
  });

  it('is down when it speaks something else, or without end', async () => {
    const protocolError = { up: false, cause: 'protocol-error' };
    for (const nonsense of [
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      Buffer.from('ffffffff0000000000000000', 'hex'),
      Buffer.from('0000000000000000', 'hex'),
      rconPacket(77, COMMAND, ''),
    ]) {
      const server = await peer((_, say) => {
        say(nonsense);
      });
      expect(await check(server)).toEqual(protocolError);
    }
    const endless = minecraft(Array.from({ length: 300 }, () => 'x'.repeat(4_096)));
    expect(await check(await peer(endless))).toEqual({ up: false, cause: 'too-large' });
  });
});
