import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GameServer } from './game-server';
import { readPacket, varInt, writePacket, writeText, type Packet } from './status-protocol';

let server: GameServer | undefined;

afterEach(async () => {
  await server?.become('stopped');
});

/** Everything that the server answers until it closes, or until so many packets are there. */
function ask(port: number, bytes: readonly Buffer[], packets: number): Promise<Packet[]> {
  return new Promise((resolve, reject) => {
    const found: Packet[] = [];
    let data = Buffer.alloc(0);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(found);
    });
    socket.on('connect', () => {
      for (const part of bytes) socket.write(part);
    });
    socket.on('data', (more: Buffer) => {
      data = Buffer.concat([data, more]);
      for (let read = readPacket(data); read !== undefined; read = readPacket(data)) {
        found.push(read.packet);
        data = Buffer.from(read.rest);
      }
      if (found.length >= packets) socket.destroy();
    });
  });
}

const handshake = writePacket({
  id: 0,
  body: Buffer.concat([varInt(774), writeText('localhost'), Buffer.from([0x63, 0xff]), varInt(1)]),
});
const question = writePacket({ id: 0, body: Buffer.alloc(0) });

describe('the game server', () => {
  it('stands in a server list with its players, and answers a ping', async () => {
    server = await GameServer.start({ host: '127.0.0.1', port: 0 });
    server.fill(37);
    const payload = Buffer.from('12345678');
    const ping = writePacket({ id: 1, body: payload });
    const whole = Buffer.concat([handshake, question, ping]);
    const [status, pong] = await ask(
      server.state.port,
      [whole.subarray(0, 7), whole.subarray(7)],
      2,
    );
    expect(status?.body.toString('utf8')).toContain('"online":37');
    expect(pong).toEqual({ id: 1, body: payload });
  });

  it('does not answer what is not the protocol', async () => {
    server = await GameServer.start({ host: '127.0.0.1', port: 0 });
    const http = Buffer.from('GET / HTTP/1.1\r\n\r\n');
    await expect(ask(server.state.port, [http, Buffer.alloc(2_000, 0xff)], 1)).resolves.toEqual([]);
  });

  it('is found where it was when it is started again', async () => {
    server = await GameServer.start({ host: '127.0.0.1', port: 0 });
    const { port } = server.state;
    await server.become('stopped');
    await expect(ask(port, [handshake, question], 1)).rejects.toThrow('ECONNREFUSED');
    await server.become('running');
    expect(server.state).toEqual({ port, condition: 'running', players: 12 });
    expect(await ask(port, [handshake, question], 1)).toHaveLength(1);
  });
});
