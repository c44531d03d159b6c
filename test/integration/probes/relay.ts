import { createSocket, type RemoteInfo } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** How the line between a probe and a server is. */
export type Line = 'open' | 'swallows' | 'breaks';

/** A line between a probe and a server that can be cut, for TCP and UDP on the same port. */
export interface Relay {
  readonly port: number;
  /** `swallows`: what the server says is lost; `breaks`: connections end in the middle of it. */
  set(line: Line): void;
  /** Waits until the next words for the server have come over a connection. */
  asked(): Promise<void>;
  stop(): Promise<void>;
}

/** Of the server's words, so many bytes come through before a connection breaks. */
const BREAKS_AFTER = 5;

/** @param to the server's port on 127.0.0.1 */
export async function startRelay(to: number): Promise<Relay> {
  let line: Line = 'open';
  const words = new EventEmitter();
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far);
    near.on('data', () => words.emit('asked'));
    far.on('data', (bytes: Buffer) => {
      if (line === 'open') near.write(bytes);
      if (line === 'breaks') near.end(bytes.subarray(0, BREAKS_AFTER));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const datagrams = createSocket('udp4');
  let asker: RemoteInfo | undefined;
  datagrams.on('message', (message, from) => {
    if (from.port !== to) {
      asker = from;
      datagrams.send(message, to, '127.0.0.1');
    } else if (line === 'open' && asker !== undefined) {
      datagrams.send(message, asker.port, asker.address);
    }
  });
  datagrams.on('error', () => undefined);
  datagrams.bind(port, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    port,
    set: (to) => {
      line = to;
    },
    async asked() {
      await once(words, 'asked');
    },
    async stop() {
      const closed = [once(server, 'close'), once(datagrams, 'close')];
      server.close();
      datagrams.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}
