import { connect } from 'node:net';
import { serve } from './serve';

/** The least that can be called a status reader: no limits, no causes, no old servers, no names. */
const QUESTION = Buffer.from('1300ffffffff0f093132372e302e302e31000001' + '0100', 'hex');

void serve(
  (port, timeoutMs) =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(QUESTION));
      const timer = setTimeout(() => socket.destroy(new Error('timed out')), timeoutMs);
      const chunks: Buffer[] = [];
      socket.on('error', reject);
      socket.on('close', () => {
        clearTimeout(timer);
        reject(new Error('closed'));
      });
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        try {
          const length = varInt(bytes, 0);
          if (bytes.length < length.end + length.value) return;
          const id = varInt(bytes, length.end);
          if (id.value !== 0) throw new Error('no status');
          const text = bytes.toString('utf8', varInt(bytes, id.end).end, length.end + length.value);
          const players = online(JSON.parse(text));
          resolve({ up: true, cause: null, players, latencyMs: null });
          socket.destroy();
        } catch (error) {
          if (!(error instanceof RangeError)) socket.destroy(Error(String(error)));
        }
      });
    }),
);

function online(status: unknown): number | null {
  if (typeof status !== 'object' || status === null) throw new Error('no status');
  const players: unknown = Reflect.get(status, 'players');
  if (typeof players !== 'object' || players === null) return null;
  const count: unknown = Reflect.get(players, 'online');
  return typeof count === 'number' ? count : null;
}

function varInt(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let shift = 0, end = at; ; shift += 7) {
    const byte = bytes.readUInt8(end++);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end };
  }
}
