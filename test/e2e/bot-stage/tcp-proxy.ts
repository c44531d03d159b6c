import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A wire between the bot and a server that a test can cut, and mend again. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  #cut: 'no' | 'refused' | 'silent' = 'no';

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param target `host:port` */
  static async to(target: string): Promise<TcpProxy> {
    const [host = '127.0.0.1', port = '0'] = target.split(':');
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new TcpProxy(server, address.port);
    server.on('connection', (near) => {
      proxy.#join(near, { host, port: Number(port) });
    });
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Ends every connection; new ones are ended at once, or accepted and never answered. */
  cut(how: 'refused' | 'silent' = 'refused'): void {
    this.#cut = how;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = 'no';
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(near: Socket, target: { host: string; port: number }): void {
    this.#keep(near);
    if (this.#cut === 'refused') near.destroy();
    if (this.#cut !== 'no') return;
    const far = connect(target);
    this.#keep(far);
    near.pipe(far).pipe(near);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
