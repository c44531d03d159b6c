import { afterEach, describe, expect, it } from '@jest/globals';
import { limits } from '../../../test/peers/targets';
import { startTcpPeer } from '../../../test/peers/tcp-peer';
import { converse, MOST_READ } from './conversation';
import { ModernStatus } from './java/modern';
import { TimeLimit } from './time-limit';

const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

/** How many bytes are taken of an answer that begins so and never ends. */
async function readOf(beginning: Buffer, question: ModernStatus | Hoarder): Promise<number> {
  const peer = await startTcpPeer((socket) => {
    socket.once('data', () => {
      socket.write(beginning);
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 0x20)));
        socket.once('drain', more);
      };
      more();
    });
  });
  cleanUp.push(() => peer.stop());
  let read = 0;
  const counted = {
    opening: question.opening,
    hear: (bytes: Buffer) => {
      read += bytes.length;
      return question.hear(bytes);
    },
    get isCounting() {
      return question.isCounting;
    },
    count: (length: number) => {
      read += length;
      return question.count(length);
    },
    enough: () => question.enough(),
  };
  const limit = new TimeLimit(limits());
  const { answer } = await converse<unknown>(['127.0.0.1'], peer.port, counted, limit);
  limit.close();
  expect(answer).toMatchObject({ players: null });
  await peer.untilAlone();
  return read;
}

class Hoarder {
  readonly opening = Buffer.from('?');
  readonly isCounting = false;
  hear(): undefined {
    return undefined;
  }
  count(): undefined {
    return undefined;
  }
  enough(): { players: null } {
    return { players: null };
  }
}

describe('what is read of an endless answer', () => {
  it('is at most 1 MiB, and not much less', async () => {
    const status = Buffer.from(['80808002', '00', 'f0ffff01', '7b'].join(''), 'hex');
    for (const question of [new ModernStatus('127.0.0.1', 1), new Hoarder()]) {
      const read = await readOf(status, question);
      expect(read).toBeLessThanOrEqual(MOST_READ);
      expect(read).toBeGreaterThan(MOST_READ / 2);
    }
  });
});
