import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A TCP server on loopback that does as it is told. */
export interface TcpPeer {
  readonly port: number;
  /** Connections that were ever taken. */
  readonly connections: number;
  /** Resolves when none is open. */
  untilAlone(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param attend is called with each connection; its errors do not matter
 * @param port to listen on; default: one that is free
 */
export async function startTcpPeer(
  attend: (socket: Socket, number: number) => void,
  port = 0,
): Promise<TcpPeer> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    attend(socket, connections);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get connections() {
      return connections;
    },
    async untilAlone() {
      await Promise.all(
        [...open].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
      );
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Answers each connection's first bytes with bytes of its own. */
export function saying(bytes: Buffer | string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => socket.write(bytes));
  };
}
