import { randomBytes, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { createLogger } from '../../observability/logger';
import { createCodeHash } from '../../temporal/code-hash';
import { GAME_LIMITS, type GameLimits } from '../routes/game/limits';
import { SampleApp } from '../sample-app';
import { sign } from '../standard-webhooks/sign';
import { SampleRegistrations } from './sample-registrations';
import type { GameServer } from './server';

/** The guild of every sample server but `other`. */
export const SAMPLE_GUILD = '100';
export const SAMPLE_UUID = '069a79f4-44e9-4726-a5be-fca90e38aaf5';

/** Servers by name; `bare` has no secret. */
type SampleServer = 'survival' | 'creative' | 'other' | 'bare';

export const SAMPLE_CODE = '7KXM-P4QT';

/** What a server is told about a code, or why it is told nothing. */
const verdict = z.object({
  status: z.number().optional(),
  message: z.string(),
  detail: z.string().optional(),
  verified: z.boolean().optional(),
  attemptsLeft: z.number().optional(),
  lockedUntil: z.string().optional(),
});

/** The body of a request that says what Steve typed. */
export const typed = (
  code: string,
  { server = 'survival', name = 'Steve', uuid = SAMPLE_UUID } = {},
) => ({ server, player: { name, uuid }, code });

/** What may be different about a request. */
export interface Sending {
  readonly id?: string;
  /** When it was signed; milliseconds since the epoch. */
  readonly at?: number;
  readonly keys?: readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The web application with sample registrations, and a plugin that asks it, for tests. */
export class SamplePlugin {
  /** Milliseconds since the epoch. */
  now = Date.now();
  readonly hashCode = createCodeHash(Buffer.alloc(32, 7));
  readonly world = new SampleRegistrations(this.hashCode, () => this.now);
  readonly stopping = new AbortController();
  /** What was logged. */
  readonly lines: string[] = [];
  readonly keys: Readonly<Record<SampleServer, readonly Buffer[]>> = {
    survival: [randomBytes(32)],
    creative: [randomBytes(24)],
    other: [randomBytes(64)],
    bare: [],
  };
  #app: SampleApp | undefined;

  /** @param limits where they differ from those in use */
  static async start(limits: Partial<GameLimits> = {}): Promise<SamplePlugin> {
    const plugin = new SamplePlugin();
    const { lines } = plugin;
    const destination = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(line.toString());
        done();
      },
    });
    plugin.#app = await SampleApp.start({
      now: () => plugin.now,
      log: createLogger({ level: 'debug', name: 'web', readable: false, destination }),
      game: {
        servers: { find: (name) => Promise.resolve(plugin.#server(name)) },
        reader: plugin.world.reader,
        workflows: plugin.world,
        hashCode: plugin.hashCode,
        stopping: plugin.stopping.signal,
        limits: { ...GAME_LIMITS, lookEveryMs: 5, ...limits },
      },
    });
    return plugin;
  }

  get url(): string {
    return this.#app?.url ?? '';
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.#app?.stop();
  }

  /** Asks as the server `survival`, unless other keys are given. */
  get(path: string, sending: Sending = {}): Promise<Response> {
    const { signal } = sending;
    return fetch(`${this.url}${path}`, {
      headers: this.#headers('', sending),
      ...(signal && { signal }),
    });
  }

  /** @param value is sent as JSON, unless it is text or bytes already */
  post(path: string, value: unknown, sending: Sending = {}): Promise<Response> {
    const body =
      typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: { 'Content-Type': 'application/json', ...this.#headers(body, sending) },
    });
  }

  /** Says that a code was typed, and reads the answer. */
  async verify(body: unknown, sending: Sending = {}) {
    const answer = await this.post('/v1/game/verifications', body, sending);
    return { answer, status: answer.status, said: verdict.parse(await answer.json()) };
  }

  /** Lets requests that are under way be looked at so many times. */
  async looked(times: number): Promise<void> {
    const before = this.world.reads;
    while (this.world.reads < before + times) await new Promise((resolve) => setImmediate(resolve));
  }

  #headers(body: string | Buffer, sending: Sending): Record<string, string> {
    const { id = randomUUID(), at = this.now, keys = this.keys.survival, headers } = sending;
    return { ...sign(keys, { id, at, body }), ...headers };
  }

  #server(name: string): GameServer | null {
    if (!isSampleServer(name)) return null;
    const guildId = name === 'other' ? '200' : SAMPLE_GUILD;
    return { guildId, id: name, keys: this.keys[name], bedrockPrefix: '.' };
  }
}

function isSampleServer(name: string): name is SampleServer {
  return ['survival', 'creative', 'other', 'bare'].includes(name);
}
