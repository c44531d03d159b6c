import { createServer, type Server, type Socket } from 'node:net';
import { readPacket, writePacket, writeText } from './status-protocol';

/** `frozen`: it accepts connections and never answers, as a process that hangs does. */
export type GameServerCondition = 'running' | 'stopped' | 'frozen';

/** The demo game server as it is. */
export interface GameServerState {
  readonly port: number;
  readonly condition: GameServerCondition;
  readonly players: number;
}

const MOST_PLAYERS = 100;

/** Who looks at a server list is done by then. */
const PATIENCE_MS = 10_000;

/**
 * A game server for the demo: it stands in the server list and can be stopped, frozen and filled with players;
 * nobody can play on it.
 */
export class GameServer {
  private readonly sockets = new Set<Socket>();
  private listening: Server | undefined;
  private condition: GameServerCondition = 'stopped';
  private players = 12;

  private constructor(
    private readonly host: string,
    private port: number,
  ) {}

  /**
   * Starts it.
   *
   * @param port 0: any free one
   * @throws Error when the port is taken
   */
  static async start({ host, port }: { host: string; port: number }): Promise<GameServer> {
    const server = new GameServer(host, port);
    await server.become('running');
    return server;
  }

  get state(): GameServerState {
    return { port: this.port, condition: this.condition, players: this.players };
  }

  /** How many play on it, from 0 to 100. */
  fill(players: number): void {
    this.players = Math.min(Math.max(Math.trunc(players), 0), MOST_PLAYERS);
  }

  /** Starts, stops or freezes it; resolves when it is so. */
  async become(condition: GameServerCondition): Promise<void> {
    if (condition === this.condition) return;
    const before = this.condition;
    this.condition = condition;
    if (condition === 'stopped') await this.close();
    else if (before === 'stopped') await this.listen();
  }

  private async listen(): Promise<void> {
    const server = createServer((socket) => {
      this.serve(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, this.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    // Started again it is found where it was.
    this.port = typeof address === 'object' && address !== null ? address.port : this.port;
    this.listening = server;
  }

  private async close(): Promise<void> {
    const server = this.listening;
    this.listening = undefined;
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else {
        server.close(() => {
          resolve();
        });
      }
    });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // A broken connection is followed by its close event.
    socket.on('error', () => undefined);
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    let data = Buffer.alloc(0);
    let greeted = false;
    socket.on('data', (bytes: Buffer) => {
      if (this.condition !== 'running') return;
      data = Buffer.concat([data, bytes]);
      try {
        for (let read = readPacket(data); read !== undefined; read = readPacket(data)) {
          data = Buffer.from(read.rest);
          const { id, body } = read.packet;
          if (!greeted) greeted = true;
          else if (id === 0) socket.write(this.status());
          else socket.end(writePacket({ id: 1, body }));
        }
      } catch {
        socket.destroy();
      }
    });
  }

  private status(): Buffer {
    const status = {
      version: { name: '1.21.11', protocol: 774 },
      players: { max: MOST_PLAYERS, online: this.players },
      description: { text: 'Kestrel Keep: ', extra: [{ text: 'Survival', color: 'green' }] },
    };
    return writePacket({ id: 0, body: writeText(JSON.stringify(status)) });
  }
}
