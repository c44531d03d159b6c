import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { DiscordError } from '../rules/errors';
import { BatchedWrites } from '../server/gateway/batched-writes';
import { readBody } from '../server/http/request-body';
import { interactionState } from '../server/interactions/state';
import type { LocalServer } from '../server/local-server';
import { ClientRefusal } from '../server/people/refusal';
import type { Link } from './operation';
import { runnerOf } from './operations';

const requestForm = z.object({ id: z.number(), op: z.string(), input: z.unknown().optional() });

/** What an operation that failed answers. */
export interface ControlError {
  name: string;
  code: string | number;
  status: number;
  message: string;
}

/**
 * The driver's way in: every operation over `POST /sandbox/<operation>`, and over the WebSocket
 * `/sandbox/stream`, which also tells what happens. For this machine only.
 */
export class Control {
  private readonly sockets = new WebSocketServer({ noServer: true });

  constructor(private readonly server: LocalServer) {}

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: string,
  ): Promise<void> {
    const answer = (status: number, body: unknown): void => {
      const text = JSON.stringify(body ?? null);
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(text);
    };
    if (!isLocal(request)) {
      request.resume();
      answer(403, { name: 'Forbidden', code: 403, status: 403, message: 'Only for this machine.' });
      return;
    }
    const name = path.slice(1);
    try {
      const { json } = await readBody(request);
      const input = json ?? Object.fromEntries(new URLSearchParams(query));
      answer(200, this.run(name, input, silent));
    } catch (error) {
      const problem = problemOf(error);
      answer(problem.status, problem);
    }
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!isLocal(request)) {
      socket.destroy();
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.talk(webSocket, new BatchedWrites(socket));
    });
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private talk(socket: WebSocket, writes: BatchedWrites): void {
    const { discord } = this.server;
    const unwatch = new Map<string, () => void>();
    let unwatchJournal: (() => void) | null = null;
    const tell = (value: unknown): void => {
      writes.begin();
      socket.send(JSON.stringify(value));
    };
    const link: Link = {
      watchInteraction: (id) => {
        if (unwatch.has(id)) return;
        const stop = discord.watchers.watch(id, () => {
          const row = discord.world.interactions.get(id);
          if (row !== undefined) tell({ interaction: interactionState(discord, row) });
        });
        unwatch.set(id, stop);
      },
      watchJournal: (on) => {
        unwatchJournal?.();
        unwatchJournal = on
          ? discord.journal.watch((entry) => {
              tell({ journal: entry });
            })
          : null;
      },
    };
    socket.on('message', (data: Buffer) => {
      const parsed = requestForm.safeParse(JSON.parse(data.toString('utf8')));
      if (!parsed.success) return;
      const { id, op, input } = parsed.data;
      try {
        tell({ id, ok: this.run(op, input, link) ?? null });
      } catch (error) {
        tell({ id, error: problemOf(error) });
      }
    });
    socket.on('close', () => {
      unwatchJournal?.();
      for (const stop of unwatch.values()) stop();
    });
    // A broken socket is followed by its close event.
    socket.on('error', () => undefined);
  }

  private run(name: string, input: unknown, link: Link): unknown {
    const runner = runnerOf(name);
    if (runner === undefined) {
      throw new ClientRefusal('unknown-command', `The local Discord has no operation ${name}.`);
    }
    const result = runner(this.server, input, link);
    this.server.world.flush();
    return result;
  }
}

const silent: Link = {
  watchInteraction: () => undefined,
  watchJournal: () => undefined,
};

/** From this machine, and not by way of a page of another site that names us in its requests. */
function isLocal(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  const loopback = /^(::1|(::ffff:)?127\.)/.test(address);
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const named = host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
  const { origin } = request.headers;
  const own = origin === undefined || new URL(origin).host === request.headers.host;
  return loopback && named && own;
}

function problemOf(error: unknown): ControlError {
  if (error instanceof DiscordError) {
    const { name, code, status, message } = error;
    const fields = error.errors === undefined ? '' : ` ${JSON.stringify(error.errors)}`;
    return { name, code, status, message: `${message}${fields}` };
  }
  if (error instanceof ClientRefusal) {
    return { name: error.name, code: error.code, status: 409, message: error.message };
  }
  if (error instanceof z.ZodError) {
    return { name: 'InvalidInput', code: 'invalid-input', status: 400, message: error.message };
  }
  console.error(error);
  const message = error instanceof Error ? error.message : String(error);
  return { name: 'InternalError', code: 'internal', status: 500, message };
}
