import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { limits } from '../../../test/peers/targets';
import { startTcpPeer } from '../../../test/peers/tcp-peer';
import { converse, MOST_READ } from './conversation';
import { ModernStatus } from './java/modern';
import { TimeLimit } from './time-limit';

const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

describe('what is read of an endless answer', () => {
  it('is at most 1 MiB', async () => {
    const peer = await startTcpPeer((socket) => {
      socket.once('data', () => {
        // A status of 4 MiB begins, and never ends.
        socket.write(Buffer.from('80808002' + '00' + 'f0ffff01' + '7b', 'hex'));
        const more = (): void => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 0x20)));
          socket.once('drain', more);
        };
        more();
      });
    });
    cleanUp.push(() => peer.stop());
    const socket = connect(peer.port, '127.0.0.1');
    await once(socket, 'connect');
    const limit = new TimeLimit(limits());
    const told = await converse(socket, new ModernStatus('127.0.0.1', peer.port), limit);
    limit.release();
    expect(told.answer).toMatchObject({ players: null });
    expect(socket.bytesRead).toBeLessThanOrEqual(MOST_READ);
    expect(socket.destroyed).toBe(true);
  });
});
