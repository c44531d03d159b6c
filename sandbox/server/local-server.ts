import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { discordError } from '../rules/errors';
import { plant, type WorldSeed } from '../world/seed';
import { World } from '../world/world';
import { Control } from '../control/control';
import { GameServer } from '../game-server/game-server';
import { theApplication, type Discord, type Settings } from './discord';
import { Faults } from './faults';
import { fineClock } from './fine-clock';
import { FileShelf } from './file-shelf';
import { Gateway } from './gateway/gateway';
import { armDeadline } from './interactions/send';
import { Watchers } from './interactions/watchers';
import { Journal } from './journal';
import { RestServer } from './rest/rest-server';

/** How a local Discord is started. */
export interface LocalServerOptions {
  /** The address to listen on; default 127.0.0.1. */
  host?: string;
  /** The port to listen on; default 0, any free one. */
  port?: number;
  /** Where the world is kept between two runs; without it, it lives in memory only. */
  stateFile?: string;
  /** What the world begins with, unless the state file holds one. */
  seed: WorldSeed;
  /** Added round trip on REST and on the gateway's sends, in milliseconds; default 0. */
  latencyMs?: number;
  /** Whether rate limits are in force; default `discord`. */
  limits?: Settings['limits'];
  /** How many journal entries are kept; default 50,000. */
  journalLimit?: number;
  /** The clock, in ms since 1970. */
  now?: () => number;
  /** The port of a game server for the demo, 0 for any free one; without it there is none. */
  gamePort?: number;
}

/** The local Discord: one HTTP server for REST, gateway, files and the driver's control. */
export class LocalServer {
  readonly world: World;
  readonly journal: Journal;
  readonly faults = new Faults();
  readonly settings: Settings;
  readonly gateway: Gateway;
  readonly rest: RestServer;
  readonly discord: Discord;
  private readonly control: Control;

  private constructor(
    private readonly http: Server,
    private readonly baseUrl: string,
    options: LocalServerOptions,
    /** The demo's game server, if there is one. */
    readonly game: GameServer | undefined,
  ) {
    const now = options.now ?? Date.now;
    const { stateFile } = options;
    this.world = new World(now, stateFile);
    plant(this.world, options.seed);
    this.journal = new Journal(now, options.journalLimit ?? 50_000);
    this.settings = { latencyMs: options.latencyMs ?? 0, limits: options.limits ?? 'discord' };
    const address = (): string => this.baseUrl;
    const gatewayUrl = (): string => `${this.baseUrl.replace(/^http/, 'ws')}/gateway`;
    const gateway = new Gateway(this.world, this.journal, this.settings, gatewayUrl);
    this.gateway = gateway;
    const folder = stateFile === undefined ? null : `${stateFile}.files`;
    this.discord = {
      world: this.world,
      journal: this.journal,
      files: new FileShelf(this.world, folder, address),
      watchers: new Watchers(),
      settings: this.settings,
      dispatch: (event) => {
        gateway.dispatch(event);
      },
      now,
      preciseNow: options.now ?? fineClock(),
    };
    this.rest = new RestServer(this.discord, this.faults, gatewayUrl);
    this.control = new Control(this);
    for (const row of this.world.interactions.values()) {
      if (row.status === 'pending') armDeadline(this.discord, row);
    }
    this.http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.serve(request, response).catch((error: unknown) => {
        // A fault of the local Discord itself: it must be seen, and it must not end the process.
        console.error(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    // Clients keep their connections for long; closing them early would look like a fault.
    this.http.keepAliveTimeout = 75_000;
    this.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
  }

  /** Starts listening. */
  static async start(options: LocalServerOptions): Promise<LocalServer> {
    const host = options.host ?? '127.0.0.1';
    const http = createServer();
    // First the port: a second start on the same state must fail before it touches the state file.
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(options.port ?? 0, host, () => {
        http.off('error', reject);
        resolve();
      });
    });
    const address = http.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return new LocalServer(http, baseUrl, options, await gameServer(host, options.gamePort));
  }

  get url(): string {
    return this.baseUrl;
  }

  get token(): string {
    return theApplication(this.world).token;
  }

  get applicationId(): string {
    return theApplication(this.world).id;
  }

  /** Ends every connection and writes down what there is. */
  async stop(): Promise<void> {
    this.gateway.close();
    this.control.close();
    await this.game?.become('stopped');
    await new Promise<void>((resolve) => {
      this.http.close(() => {
        resolve();
      });
      this.http.closeAllConnections();
    });
    this.world.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = mark < 0 ? '' : url.slice(mark + 1);
    if (path.startsWith('/api/v10/')) {
      await this.rest.handle(request, response, path.slice('/api/v10'.length), query);
    } else if (path.startsWith('/attachments/')) {
      this.file(response, path, query);
    } else if (path.startsWith('/sandbox/')) {
      await this.control.handle(request, response, path.slice('/sandbox'.length), query);
    } else {
      const error = discordError(path.startsWith('/api/v') ? 'invalidApiVersion' : 'notFound');
      request.resume();
      response.writeHead(error.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(error.body()));
    }
  }

  /** Serves an attachment, if its address is signed and has not expired. */
  private file(response: ServerResponse, path: string, query: string): void {
    const id = path.split('/')[3] ?? '';
    const row = this.world.attachments.get(id);
    const data = row === undefined ? undefined : this.discord.files.read(id);
    const good = this.discord.files.accepts(id, new URLSearchParams(query));
    if (row === undefined || data === undefined || !good) {
      response.writeHead(404, { 'Content-Type': 'text/plain;charset=UTF-8' });
      response.end('This content is no longer available.');
      return;
    }
    response.writeHead(200, { 'Content-Type': row.contentType, 'Content-Length': data.length });
    response.end(data);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/gateway' || path === '/gateway/') this.gateway.upgrade(request, socket, head);
    else if (path === '/sandbox/stream') this.control.upgrade(request, socket, head);
    else socket.destroy();
  }
}

/** A second demo on this machine has to do with the first one's game server: the port is in configurations. */
async function gameServer(host: string, port: number | undefined): Promise<GameServer | undefined> {
  if (port === undefined) return undefined;
  try {
    return await GameServer.start({ host, port });
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
