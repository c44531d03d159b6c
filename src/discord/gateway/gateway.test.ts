import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REST } from '@discordjs/rest';
import { GatewayOpcodes, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { ConfigurationError } from '../../cli/service';
import { createLogger } from '../../observability/logger';
import { AbsentMembers } from './absent-members';
import { connectGateway, type Gateway } from './gateway';
import { createSessionStore } from './session-store';

const log = createLogger({ level: 'fatal', name: 'test', readable: false });
const packet = z.object({ op: z.number(), d: z.unknown() });

/** As much of a gateway as it takes to refuse somebody. */
class BareGateway {
  readonly #server: Server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        url: this.url,
        shards: 1,
        session_start_limit: { total: 9, remaining: 9, reset_after: 0, max_concurrency: 1 },
      }),
    );
  });
  readonly #sockets = new WebSocketServer({ server: this.#server });
  /** What each login is answered with. */
  onLogin: (socket: WebSocket, opcode: number) => void = () => undefined;
  /** Identify (2) and resume (6), in the order of arrival. */
  readonly logins: { readonly opcode: number; readonly data: unknown }[] = [];
  #port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  get api(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#sockets.on('connection', (socket) => {
      socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: 40_000 } }));
      socket.on('message', (data: Buffer) => {
        const { op, d } = packet.parse(JSON.parse(data.toString()));
        if (op !== 2 && op !== 6) return;
        this.logins.push({ opcode: op, data: d });
        this.onLogin(socket, op);
      });
    });
  }

  ready(socket: WebSocket, sessionId: string): void {
    this.dispatch(socket, 1, 'READY', {
      session_id: sessionId,
      resume_gateway_url: this.url,
      application: { id: '1' },
      guilds: [],
    });
  }

  dispatch(socket: WebSocket, s: number, t: string, d: object): void {
    socket.send(JSON.stringify({ op: GatewayOpcodes.Dispatch, s, t, d }));
  }

  close(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe('the gateway', () => {
  let bare: BareGateway;
  let dataDir: string;
  let gateway: Gateway | undefined;
  const events: GatewayDispatchPayload[] = [];

  const connect = async (
    handle: (event: GatewayDispatchPayload) => Promise<void> = () => Promise.resolve(),
  ): Promise<Gateway> => {
    const store = createSessionStore({ dataDir, token: 'a.b.c', apiUrl: bare.api, log });
    const connected = await connectGateway({
      rest: new REST({ api: bare.api }).setToken('a.b.c'),
      token: 'a.b.c',
      store,
      members: new AbsentMembers(),
      log,
      handle: (event) => {
        events.push(event);
        return handle(event);
      },
      onApplication: () => undefined,
      onConnected: () => undefined,
    });
    gateway = {
      ...connected,
      stop: async () => {
        await connected.stop();
        await store.flush();
      },
    };
    return gateway;
  };

  beforeEach(async () => {
    events.length = 0;
    gateway = undefined;
    dataDir = await mkdtemp(join(tmpdir(), 'castellan-gateway-'));
    bare = new BareGateway();
    await bare.open();
  });

  afterEach(async () => {
    await gateway?.stop();
    bare.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each([
    [4004, /DISCORD_TOKEN/],
    [4014, /Privileged Gateway Intents/],
  ])('does not start when Discord closes with %d', async (code, expected) => {
    bare.onLogin = (socket) => {
      socket.close(code);
    };
    const connecting = connect();
    await expect(connecting).rejects.toThrow(expected);
    await expect(connecting).rejects.toThrow(ConfigurationError);
  });

  it('tells when Discord ends the connection for good later on', async () => {
    let client: WebSocket | undefined;
    bare.onLogin = (socket) => {
      client = socket;
      bare.ready(socket, 'one');
    };
    const { failed, ready } = await connect();
    expect(ready()).toBe(true);
    client?.close(4004);
    await expect(failed).resolves.toBeInstanceOf(ConfigurationError);
    expect(ready()).toBe(false);
  });

  it('begins a new session when the stored one is refused', async () => {
    bare.onLogin = (socket) => {
      bare.ready(socket, 'one');
    };
    await (await connect()).stop();
    bare.onLogin = (socket, opcode) => {
      if (opcode === 6)
        socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      else bare.ready(socket, 'two');
    };
    await connect();
    expect(bare.logins.map(({ opcode }) => opcode)).toEqual([2, 6, 2]);
  });

  it('resumes before the events that were not handled to their end', async () => {
    let arrived: () => void = () => undefined;
    const third = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    bare.onLogin = (socket) => {
      bare.ready(socket, 'one');
      bare.dispatch(socket, 2, 'TYPING_START', {});
      bare.dispatch(socket, 3, 'CHANNEL_DELETE', {});
      bare.dispatch(socket, 4, 'TYPING_START', {});
    };
    const first = await connect(async (event) => {
      if (event.s === 4) arrived();
      if (event.s === 3) await new Promise(() => undefined);
    });
    await third;
    await first.stop();
    bare.onLogin = (socket) => {
      bare.dispatch(socket, 5, 'RESUMED', {});
    };
    await connect();
    expect(bare.logins.at(-1)).toEqual({
      opcode: 6,
      data: { token: 'a.b.c', session_id: 'one', seq: 2 },
    });
  });
});
