import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { chance, shuffled } from '../../measure/chance';
import { BEHAVIOURS, type Asked, type Character } from './behaviours';
import { composition, KINDS, type PeerKind, type Truth } from './kinds';
import { Listener } from './words';

/** One server of the fleet, as whoever probes it is told about it afterwards. */
export interface Peer {
  readonly kind: PeerKind;
  readonly port: number;
  readonly truth: Truth;
}

export interface FleetOptions {
  readonly seed: number;
  /** How many servers, of all kinds in their shares; or these kinds. */
  readonly servers: number | readonly PeerKind[];
}

/** A fleet of Java servers on 127.0.0.1, most of them hostile. */
export interface Fleet {
  readonly peers: readonly Peer[];
  /**
   * How long each server really took for its last answer, from the question's last byte to its own first
   * byte, in milliseconds, in the order of `peers`; `null`: it sent none.
   */
  servedMs(): Promise<readonly (number | null)[]>;
  stop(): Promise<void>;
}

/** Starts a fleet in this process. */
export async function startFleet({ seed, servers }: FleetOptions): Promise<Fleet> {
  const random = chance(seed);
  const kinds = typeof servers === 'number' ? composition(servers, random) : servers;
  const started = shuffled(kinds, random).map((kind) => new FleetServer(kind, drawn(kind, random)));
  await Promise.all(started.map((server) => server.listen()));
  // Only now, when all have their ports: no other server of the fleet gets one that refuses.
  await Promise.all(started.map((server) => server.refuseIfMeant()));
  return {
    peers: started.map((server) => server.peer()),
    servedMs: () => Promise.resolve(started.map(({ servedMs }) => servedMs)),
    async stop() {
      await Promise.all(started.map((server) => server.stop()));
    },
  };
}

function drawn(kind: PeerKind, random: () => number): Character {
  const slow = kind === 'answers after 0.2 to 2 s';
  return {
    players: Math.floor(random() * 100),
    delayMs: slow ? 200 + Math.floor(random() * 1_800) : 0,
  };
}

class FleetServer {
  servedMs: number | null = null;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor(
    private readonly kind: PeerKind,
    private readonly character: Character,
  ) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
      this.#attend(socket);
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1', 1_024);
    await once(this.#server, 'listening');
    const address: AddressInfo | string | null = this.#server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  async refuseIfMeant(): Promise<void> {
    if (this.kind === 'refuses') await this.stop();
  }

  peer(): Peer {
    const { kind, character } = this;
    return { kind, port: this.#port, truth: KINDS[kind].truth(character.players) };
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #attend(socket: Socket): void {
    const listener = new Listener();
    let asked = false;
    socket.on('data', (bytes: Buffer) => {
      for (const [question, packet] of listener.questions(bytes)) {
        if (question === 'status' && !asked) {
          asked = true;
          this.#answer(socket);
        }
        // These servers are of today and do not know the old question.
        else if (question === 'legacy') socket.end();
        else if (question === 'ping' && this.kind !== 'sends no pong') {
          socket.write(Buffer.concat([Buffer.from([packet.length]), packet]));
        }
      }
    });
  }

  #answer(socket: Socket): void {
    if (this.kind === 'refuses') return;
    const askedAt = performance.now();
    let answered = false;
    const timers = new Set<NodeJS.Timeout>();
    socket.on('close', () => {
      for (const timer of timers) clearTimeout(timer);
    });
    const asked: Asked = {
      socket,
      character: this.character,
      say: (bytes) => {
        if (!answered) this.servedMs = performance.now() - askedAt;
        answered = true;
        socket.write(bytes);
      },
      later: (ms, what) => {
        if (ms === 0) {
          what();
          return;
        }
        const timer = setTimeout(() => {
          timers.delete(timer);
          what();
        }, ms);
        timers.add(timer);
      },
    };
    BEHAVIOURS[this.kind](asked);
  }
}
