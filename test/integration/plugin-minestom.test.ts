import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { parseSecret } from '../../src/config/webhook-secret';
import { verify } from '../../src/web/standard-webhooks/verify';
import {
  GAME_VERSION,
  offlineUuid,
  providePluginServer,
  startPluginServer,
} from './plugin/minestom-server';
import { Player } from './plugin/player';
import { provideMinecraftProtocol } from './probes/minecraft-protocol';
import { skipped } from './probes/provide';
import { freePort, type ServerProcess } from './probes/server-process';

/**
 * A real client on a real server with the plugin's core, whose Game API is played by this test: it
 * verifies the signatures with the code of the web server, and says what the test wants.
 */
const parts = providePluginServer();
const packages = provideMinecraftProtocol();
const missing = [parts, packages].flatMap((one) => ('unavailable' in one ? [one.unavailable] : []));
for (const reason of missing) skipped(reason);
const describeHere = missing.length > 0 ? describe.skip : describe;

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NAME = 'Steve_42';

interface Asked {
  readonly id: string;
  readonly path: string;
  readonly body: unknown;
}
type Answer = { readonly status: number; readonly body?: unknown };

describeHere('the plugin in a Minestom server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-plugin-'));
  const asked: Asked[] = [];
  const unsigned: string[] = [];
  const answers: Answer[] = [];
  let changes: readonly unknown[] = [];
  let confirmed: (ids: unknown) => void = () => undefined;
  let server: ServerProcess | undefined;
  let player: Player | undefined;
  let port = 0;

  const web = createServer((request, response) => void respond(request, response));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
    const body = Buffer.concat(chunks);
    const verdict = verify({ headers: request.headers, body }, [parseSecret(SECRET)], Date.now());
    const url = request.url ?? '';
    if (!verdict.verified) unsigned.push(`${url}: ${verdict.reason}`);
    else if (url.startsWith('/v1/game/registrations?server=survival')) names(url, response);
    else if (url.startsWith('/v1/game/whitelist?')) list(response);
    else {
      const value: unknown = JSON.parse(body.toString('utf8'));
      asked.push({ id: verdict.id, path: url, body: value });
      if (url === '/v1/game/whitelist/applied') {
        send(response, { status: 204 });
        confirmed(value);
      } else send(response, answers.shift() ?? { status: 500 });
    }
  }

  /** One name, and then nothing new. */
  function names(url: string, response: ServerResponse): void {
    if (url.includes('known=')) return;
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    const registrations = [{ name: NAME.toUpperCase(), edition: 'java', endsAt }];
    send(response, { status: 200, body: { version: '1', registrations } });
  }

  /** The changes that there are, once. */
  function list(response: ServerResponse): void {
    if (changes.length > 0) send(response, { status: 200, body: { changes } });
    else waiting.push(response);
    changes = [];
  }
  const waiting: ServerResponse[] = [];

  function send(response: ServerResponse, { status, body }: Answer): void {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  /** The next line that the player reads which the plugin wrote. */
  async function read(who: Player): Promise<string> {
    for (;;) {
      const event = await who.next();
      if ('chat' in event) return event.chat;
    }
  }

  function join(name: string): Player {
    return Player.join('folder' in packages ? packages.folder : '', GAME_VERSION, port, name);
  }

  beforeAll(async () => {
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const address = web.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    port = await freePort();
    if ('unavailable' in parts) throw new Error(parts.unavailable);
    const options = { port, folder, url, server: 'survival', secret: SECRET };
    server = await startPluginServer(parts, { ...options, enforceWhitelist: false });
    player = join(NAME);
  });

  afterAll(async () => {
    await player?.leave();
    await server?.kill();
    web.closeAllConnections();
    web.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const here = (): Player => {
    if (player === undefined) throw new Error('Nobody joined.');
    return player;
  };

  it('invites the player whose name is being registered, whatever its case', async () => {
    expect(await read(here())).toContain('type /verify and the code');
  });

  it('hands over what the player types, and shows the answer', async () => {
    answers.push({ status: 422, body: { message: 'That code is wrong.', attemptsLeft: 4 } });
    here().say('/verify abcd-2345');
    expect(await read(here())).toBe('That code is wrong.');
    answers.push({ status: 200, body: { verified: true, message: 'Confirmed, §cgrüße 你好' } });
    here().say('/verify ABCD 2346');
    expect(await read(here())).toBe('Confirmed, cgrüße 你好');
    const guess = (code: string) => ({
      id: expect.any(String),
      path: '/v1/game/verifications',
      body: { server: 'survival', player: { name: NAME, uuid: offlineUuid(NAME) }, code },
    });
    expect(asked).toEqual([guess('ABCD2345'), guess('ABCD2346')]);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
  });

  it('sends a code again under the same id when the answer is lost', async () => {
    asked.length = 0;
    answers.push({ status: 503 }, { status: 422, body: { message: 'Wrong again.' } });
    here().say('/verify 123456');
    expect(await read(here())).toBe('Wrong again.');
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('asks nobody about what cannot be a code', async () => {
    asked.length = 0;
    here().say('/verify please');
    expect(await read(here())).toContain('That cannot be a code');
    here().say('/verify');
    expect(await read(here())).toContain('Type /verify and the code');
    expect(asked).toEqual([]);
  });

  it('puts the player on the whitelist, and confirms it', async () => {
    const entry = { name: NAME, uuid: offlineUuid(NAME) };
    const told = new Promise((resolve) => {
      confirmed = resolve;
    });
    changes = [{ id: '1-1', sequence: 1, action: 'add', edition: 'java', ...entry }];
    const poll = waiting.shift();
    if (poll !== undefined) list(poll);
    expect(await told).toEqual({ server: 'survival', applied: ['1-1'] });
    const stored: unknown = JSON.parse(readFileSync(path.join(folder, 'whitelist.json'), 'utf8'));
    expect(stored).toEqual([{ uuid: entry.uuid, name: entry.name }]);
  });

  it('lets in only who is on the whitelist, after a restart', async () => {
    await player?.leave();
    await server?.kill();
    if ('unavailable' in parts) throw new Error(parts.unavailable);
    const address = web.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const options = { port, folder, url, server: 'survival', secret: SECRET };
    server = await startPluginServer(parts, { ...options, enforceWhitelist: true });
    const stranger = join('Stranger');
    try {
      expect(await stranger.next()).toEqual({ kicked: 'You are not on the whitelist.' });
    } finally {
      await stranger.leave();
    }
    player = join(NAME);
    expect(await player.next()).toEqual({ joined: true });
  });

  it('signed every request as Standard Webhooks has it', () => {
    expect(unsigned).toEqual([]);
  });
});
