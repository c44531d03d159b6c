import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { World } from '../../world/world';
import type { Journal } from '../journal';
import { BatchedWrites } from './batched-writes';
import { Connection } from './connection';
import type { Event } from './event';
import { Login } from './login';
import { Session } from './session';

/**
 * How the gateway is gone. `refuse`: connections fail, for which @discordjs/ws gives up its session
 * and identifies anew. `cut`: they open and end at once, after which it keeps trying to resume.
 */
export type GatewayPause = 'refuse' | 'cut';

/** Settings that the driver may change while the gateway runs. */
export interface GatewaySettings {
  /** Added round trip, in milliseconds; a send takes half of it. */
  latencyMs: number;
}

/**
 * Discord's gateway: keeps the sessions, gives each event to those who asked for it, and can be
 * made to fail on demand.
 */
export class Gateway {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  private readonly sessions = new Map<string, Session>();
  private readonly connections = new Map<Connection, Login>();
  private pause: { until: number; how: GatewayPause } = { until: 0, how: 'refuse' };

  constructor(
    private readonly world: World,
    private readonly journal: Journal,
    private readonly settings: GatewaySettings,
    private readonly address: () => string,
  ) {
    for (const row of world.sessions.values()) {
      this.sessions.set(row.id, new Session(world, row));
    }
  }

  /** Takes over a socket that asked for the gateway. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.world.now() < this.pause.until) {
      this.journal.add({ kind: 'gateway', what: 'refused' });
      if (this.pause.how === 'refuse') socket.destroy();
      else {
        this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
          webSocket.terminate();
        });
      }
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(
        webSocket,
        new BatchedWrites(socket),
        () => this.settings.latencyMs / 2,
      );
      const login = new Login(
        {
          world: this.world,
          journal: this.journal,
          address: this.address,
          find: (id) => this.find(id),
          begin: (row) => {
            const session = new Session(this.world, row);
            this.sessions.set(row.id, session);
            this.world.sessions.set(row.id, row);
            return session;
          },
          end: (session) => {
            this.end(session);
          },
        },
        connection,
      );
      this.connections.set(connection, login);
      webSocket.on('message', (data: Buffer) => {
        login.receive(data.toString('utf8'));
      });
      webSocket.on('close', () => {
        connection.forget();
        this.connections.delete(connection);
        login.closed();
      });
      // A socket that breaks is followed by its close event; there is nothing else to be done.
      webSocket.on('error', () => undefined);
      login.greet(url.searchParams);
    });
  }

  /** Gives an event to every session that asked for it. */
  dispatch(event: Event): void {
    let full: string | undefined;
    let plain: string | undefined;
    for (const session of this.sessions.values()) {
      if (session.expired) {
        this.end(session);
        continue;
      }
      if (!session.wants(event.intents) || !session.serves(event.guildId)) continue;
      if (event.withoutContent !== undefined && !session.wants(event.contentIntent ?? 0)) {
        plain ??= JSON.stringify(event.withoutContent());
        session.send(event.name, plain);
      } else {
        full ??= JSON.stringify(event.data);
        session.send(event.name, full);
      }
      const what = session.connection === null ? 'kept' : 'event';
      this.journal.add({ kind: 'gateway', what, name: event.name, session: session.id });
    }
  }

  /** How many bots are connected and logged in. */
  connected(): number {
    let count = 0;
    for (const session of this.sessions.values()) if (session.connection !== null) count += 1;
    return count;
  }

  /** Cuts every connection without a word; the sessions can be resumed. */
  dropAll(): void {
    for (const connection of [...this.connections.keys()]) connection.drop();
  }

  /** Asks every bot to reconnect and resume (op 7). */
  reconnect(): void {
    for (const connection of this.connections.keys()) connection.sendJson({ op: 7, d: null });
  }

  /**
   * Tells every bot that its session is invalid (op 9).
   * @param resumable true: it may still resume; false: the sessions are forgotten, lost ones too
   */
  invalidate(resumable: boolean): void {
    if (!resumable) for (const session of [...this.sessions.values()]) this.end(session);
    for (const [connection, login] of this.connections) {
      if (!resumable) login.forgetSession();
      connection.sendJson({ op: 9, d: resumable });
    }
  }

  /** Takes no new connections for that long (ms). */
  pauseFor(ms: number, how: GatewayPause): void {
    this.pause = { until: this.world.now() + ms, how };
  }

  close(): void {
    for (const connection of this.connections.keys()) connection.drop();
    this.sockets.close();
  }

  private find(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session?.expired !== true) return session;
    this.end(session);
    return undefined;
  }

  private end(session: Session): void {
    this.sessions.delete(session.id);
    this.world.sessions.delete(session.id);
  }
}
