import { afterEach, describe, expect, it } from '@jest/globals';
import {
  RCON_PASSWORD,
  rconPacket,
  startRconPeer,
  type RconPeer,
  type RconPeerOptions,
} from '../../../test/peers/rcon-peer';
import { startTcpPeer } from '../../../test/peers/tcp-peer';
import { RconClient, RconFailure, type RconParts, type RconPlace } from '.';

const LOGIN = 3;
const COMMAND = 2;
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

async function peer(options: RconPeerOptions = {}): Promise<RconPeer> {
  const started = await startRconPeer(options);
  cleanUp.push(() => started.stop());
  return started;
}

function clientOf(
  { port }: { readonly port: number },
  place: Partial<RconPlace> = {},
  parts: RconParts = {},
): RconClient {
  const onLoopback = { address: '127.0.0.1', port, password: RCON_PASSWORD, allowInternal: true };
  const client = new RconClient({ ...onLoopback, ...place }, parts);
  cleanUp.push(() => {
    client.close();
    return Promise.resolve();
  });
  return client;
}

/** What a command failed with. */
async function failure(running: Promise<string>): Promise<unknown> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof RconFailure)) return error;
    return [error.code, error.mayHaveRun ? 'may have run' : 'did not run'];
  }
}

/** A promise to be kept by the test. */
function promised(): { readonly kept: Promise<void>; readonly keep: () => void } {
  let keep = (): void => undefined;
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
}

describe('commands by RCON', () => {
  it('are answered one after the other, over one connection', async () => {
    const server = await peer();
    const client = clientOf(server);
    expect(await client.run('list')).toBe('list');
    expect(await client.run('say Grüße 🎮')).toBe('say Grüße 🎮');
    expect(server).toMatchObject({ connections: 1, logins: 1, hungUp: 0 });
  });

  it('wait for their turn when many come at once, and each gets its own answer', async () => {
    let running = 0;
    const server = await peer({
      run: async (command) => {
        running += 1;
        await new Promise((resolve) => setImmediate(resolve));
        expect(running).toBe(1);
        running -= 1;
        return `answer to ${command}`;
      },
    });
    const client = clientOf(server);
    const commands = Array.from({ length: 100 }, (_, number) => `say ${number}`);
    const answers = await Promise.all(commands.map((command) => client.run(command)));
    expect(answers).toEqual(commands.map((command) => `answer to ${command}`));
    expect(server.commands).toEqual(commands);
    expect(server).toMatchObject({ connections: 1, hungUp: 0 });
  });

  it('have up to 1,446 bytes on one line', async () => {
    const server = await peer();
    const client = clientOf(server);
    const longest = 'ä'.repeat(723);
    expect(await client.run(longest)).toBe(longest);
    for (const unusable of [
      `${longest}x`,
      'list\nstop',
      'list\rstop',
      'list\0',
      '',
      ' ',
      'a\u0085b',
    ]) {
      expect(await failure(client.run(unusable))).toEqual(['unusable-command', 'did not run']);
    }
    await expect(client.run('x'.repeat(1_447))).rejects.toThrow(
      'The command has 1447 bytes, and game servers read at most 1446. Make it shorter.',
    );
    expect(server.commands).toEqual([longest]);
  });

  it('may be answered in many packets, cut between characters or within', async () => {
    const long = `${'Grüße 🎮 '.repeat(4_000)}end`;
    for (const cuts of ['characters', 'bytes', 'nothing'] as const) {
      // Java replaces half a character at a cut; these have none there.
      const said = cuts === 'characters' ? long.replaceAll('🎮', '♜') : long;
      const server = await peer({ cuts, run: () => said });
      const client = clientOf(server);
      expect(await client.run('long')).toBe(said);
      expect(await client.run('long')).toBe(said);
      expect(server).toMatchObject({ connections: 1, hungUp: 0 });
    }
  });

  it('may be answered with packets that are all full, whether or not the server tells the end', async () => {
    const full = 'x'.repeat(8_192);
    for (const answersAnything of [true, false]) {
      const client = clientOf(await peer({ answersAnything, run: () => full }));
      expect(await client.run('long')).toBe(full);
    }
  });

  it('may be answered by a server that hangs up on what is no command', async () => {
    const full = 'x'.repeat(4_096);
    const server = await peer({
      run: () => full,
      instead: ({ type }, socket) => type === 0 && socket.end().writableEnded,
    });
    const client = clientOf(server);
    expect(await client.run('long', { repeatable: true })).toBe(full);
    expect(await client.run('long')).toBe(full);
    expect(server.logins).toBe(2);
    const other = clientOf(server);
    expect(await failure(other.run('long'))).toEqual(['closed', 'may have run']);
    expect(await other.run('long')).toBe(full);
  });

  it('may be answered byte by byte', async () => {
    const server = await peer({
      write: (socket, bytes) => {
        for (const byte of bytes) socket.write(Buffer.from([byte]));
      },
    });
    expect(await clientOf(server).run('list')).toBe('list');
  });

  it('are answered with at most 1 MiB', async () => {
    const server = await peer({
      run: (command) => (command === 'all' ? 'x'.repeat(1_100_000) : command),
    });
    const client = clientOf(server);
    expect(await failure(client.run('all'))).toEqual(['too-large', 'may have run']);
    expect(await client.run('list')).toBe('list');
    const atOnce = clientOf(await peer({ cuts: 'nothing', run: () => 'x'.repeat(1_100_000) }));
    expect(await failure(atOnce.run('all'))).toEqual(['too-large', 'may have run']);
  });
});

describe('a login by RCON', () => {
  it('may be answered a byte shorter, or after an empty output', async () => {
    const shorter = await peer({ loginZeros: 1 });
    expect(await clientOf(shorter).run('list')).toBe('list');
    const source = await peer({
      instead: ({ id, type }, socket) => {
        if (type === LOGIN) socket.write(rconPacket(id, 0, ''));
        return false;
      },
    });
    expect(await clientOf(source).run('list')).toBe('list');
  });

  it('fails with a wrong password, and works once it is right', async () => {
    let right = 'another';
    const server = await peer({ password: () => right });
    const client = clientOf(server);
    const wrong = ['wrong-password', 'did not run'];
    const failures = [client.run('one'), client.run('two')].map((running) => failure(running));
    expect(await Promise.all(failures)).toEqual([wrong, wrong]);
    expect(server.commands).toEqual([]);
    right = RCON_PASSWORD;
    expect(await client.run('three')).toBe('three');
  });

  it('is not tried with a password that cannot be right', async () => {
    const server = await peer();
    for (const password of ['', 'a\nb', 'a\0b', 'x'.repeat(1_447)]) {
      const refused = failure(clientOf(server, { password }).run('list'));
      expect(await refused).toEqual(['unusable-password', 'did not run']);
    }
    expect(server.connections).toBe(0);
  });

  it('fails when the server hangs up in it, or is none', async () => {
    const closing = await peer({ instead: (_, socket) => socket.end().writableEnded });
    expect(await failure(clientOf(closing).run('list'))).toEqual(['closed', 'did not run']);
    const resetting = await peer({ instead: (_, socket) => socket.resetAndDestroy().destroyed });
    expect(await failure(clientOf(resetting).run('list'))).toEqual(['closed', 'did not run']);
    for (const nonsense of [
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      rconPacket(7, 2, ''),
    ]) {
      const other = await peer({ instead: (_, socket) => socket.write(nonsense) });
      const refused = failure(clientOf(other).run('list'));
      expect(await refused).toEqual(['protocol-error', 'did not run']);
    }
  });

  it('is not answered in time', async () => {
    const silent = await peer({ instead: () => true });
    const running = clientOf(silent).run('list', { timeoutMs: 200 });
    expect(await failure(running)).toEqual(['timed-out', 'did not run']);
    await silent.untilAlone();
  });

  it('goes nowhere without a server, or to an address that is not allowed', async () => {
    const server = await peer();
    const forbidden = failure(clientOf(server, { allowInternal: false }).run('list'));
    expect(await forbidden).toEqual(['forbidden-address', 'did not run']);
    expect(server.connections).toBe(0);
    await server.stop();
    expect(await failure(clientOf(server).run('list'))).toEqual(['refused', 'did not run']);
  });
});

describe('a connection by RCON that breaks', () => {
  it('is made again with the next command', async () => {
    const server = await peer({
      instead: ({ text }, socket) => text === 'stop' && socket.destroy().destroyed,
    });
    const client = clientOf(server);
    expect(await client.run('list')).toBe('list');
    expect(await failure(client.run('stop'))).toEqual(['closed', 'may have run']);
    expect(await client.run('list')).toBe('list');
    expect(server.logins).toBe(2);
  });

  it('is made again for the same command only if that may run twice', async () => {
    let breaks = 0;
    const server = await peer({
      instead: ({ type }, socket) => {
        if (type !== COMMAND || breaks === 0) return false;
        breaks -= 1;
        return socket.destroy().destroyed;
      },
    });
    const client = clientOf(server);
    await client.run('list');
    breaks = 1;
    expect(await client.run('list', { repeatable: true })).toBe('list');
    breaks = 1;
    expect(await failure(client.run('give'))).toEqual(['closed', 'may have run']);
    // A connection that is new and breaks at once is not tried a third time.
    breaks = 2;
    const running = client.run('list', { repeatable: true });
    expect(await failure(running)).toEqual(['closed', 'may have run']);
  });

  it('leaves the commands that wait to the next one', async () => {
    const server = await peer({
      instead: ({ text }, socket) => text === 'stop' && socket.destroy().destroyed,
    });
    const client = clientOf(server);
    const [stopped, ...others] = ['stop', 'one', 'two'].map((command) =>
      failure(client.run(command)),
    );
    expect(await stopped).toEqual(['closed', 'may have run']);
    expect(await Promise.all(others)).toEqual(['one', 'two']);
  });

  it('is closed by us when nobody needs it', async () => {
    const server = await peer();
    const client = clientOf(server, {}, { idleMs: 20 });
    await client.run('list');
    await server.untilAlone();
    expect(await client.run('list')).toBe('list');
    expect(server.logins).toBe(2);
  });
});

describe('a command by RCON that is given up', () => {
  /** A server whose command `slow` is answered when the test says so. */
  async function slowPeer() {
    const begun = promised();
    const end = promised();
    const server = await peer({
      run: async (command) => {
        if (command !== 'slow') return command;
        begun.keep();
        await end.kept;
        return 'too late';
      },
    });
    return { server, begun: begun.kept, end: end.keep };
  }

  it('after its time; a late answer is nobody else’s', async () => {
    const { server, end } = await slowPeer();
    const client = clientOf(server);
    const slow = failure(client.run('slow', { timeoutMs: 200 }));
    const next = client.run('list');
    expect(await slow).toEqual(['timed-out', 'may have run']);
    end();
    expect(await next).toBe('list');
  });

  it('before its turn: it never runs', async () => {
    const { server, end } = await slowPeer();
    const client = clientOf(server);
    const slow = client.run('slow');
    const waiting = failure(client.run('waiting', { timeoutMs: 100 }));
    expect(await waiting).toEqual(['timed-out', 'did not run']);
    const last = client.run('last');
    end();
    expect(await slow).toBe('too late');
    expect(await last).toBe('last');
    expect(server.commands).toEqual(['slow', 'last']);
  });

  it('when a signal aborts: before, while it waits, while it runs', async () => {
    const { server, begun } = await slowPeer();
    const client = clientOf(server);
    const reason = new Error('enough');
    expect(await failure(client.run('never', { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const [first, second] = [new AbortController(), new AbortController()];
    const slow = failure(client.run('slow', { signal: first.signal }));
    const waiting = failure(client.run('waiting', { signal: second.signal }));
    const last = client.run('last');
    await begun;
    second.abort(reason);
    expect(await waiting).toBe(reason);
    first.abort(reason);
    expect(await slow).toBe(reason);
    expect(await last).toBe('last');
    expect(server.commands).toEqual(['slow', 'last']);
  });

  it('when the client is closed, with all others', async () => {
    const { server, begun } = await slowPeer();
    const client = clientOf(server);
    const all = ['slow', 'waiting'].map((command) => failure(client.run(command)));
    await begun;
    client.close();
    expect(await Promise.all(all)).toEqual([
      ['client-closed', 'may have run'],
      ['client-closed', 'did not run'],
    ]);
    expect(await failure(client.run('list'))).toEqual(['client-closed', 'did not run']);
    await server.untilAlone();
    expect(server.commands).toEqual(['slow']);
  });
});

describe('a password', () => {
  it('is in no error', async () => {
    const silent = await startTcpPeer((socket) => socket.end());
    cleanUp.push(() => silent.stop());
    const client = clientOf(silent, { password: 'secret-word' });
    const error: unknown = await client.run('list').catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-word');
  });
});
