import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatSecret } from '../../src/web/standard-webhooks/secret';
import { until } from '../workflow/until';
import { GameStage } from './game-api/game-stage';
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

/** Real clients, a real server with the plugin's core, the real Game API, its workflows and records. */
const parts = providePluginServer();
const packages = provideMinecraftProtocol();
const missing = [parts, packages].flatMap((one) => ('unavailable' in one ? [one.unavailable] : []));
for (const reason of missing) skipped(reason);
const describeHere = missing.length > 0 ? describe.skip : describe;

const INVITATION = 'Somebody on Discord is registering your name.';

describeHere('the plugin and the Game API', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-plugin-'));
  const players: Player[] = [];
  let stage: GameStage;
  let server: ServerProcess;
  let port: number;

  beforeAll(async () => {
    if ('unavailable' in parts) throw new Error(parts.unavailable);
    stage = await GameStage.set();
    const { url } = await stage.web();
    port = await freePort();
    const key = stage.environment().gameKeys['GAME_SECRET'] ?? Buffer.alloc(0);
    const options = { port, folder, url, server: 'survival', secret: formatSecret(key) };
    server = await startPluginServer(parts, options);
  });

  afterAll(async () => {
    await Promise.all(players.map((player) => player.leave()));
    await server.kill();
    await stage.strike();
    rmSync(folder, { recursive: true, force: true });
  });

  function join(name: string): Player {
    const player = Player.join(
      'folder' in packages ? packages.folder : '',
      GAME_VERSION,
      port,
      name,
    );
    players.push(player);
    return player;
  }

  /** Reads on until the player is invited to type a code. */
  async function isInvited(player: Player): Promise<void> {
    for (;;) {
      const event = await player.next();
      if ('kicked' in event) throw new Error(event.kicked);
      if ('chat' in event && event.chat.startsWith(INVITATION)) return;
    }
  }

  /** @returns the answer; who has just come may be invited once more in between */
  async function types(player: Player, code: string): Promise<string> {
    player.say(`/verify ${code}`);
    for (;;) {
      const event = await player.next();
      if ('kicked' in event) throw new Error(event.kicked);
      if ('chat' in event && !event.chat.startsWith(INVITATION)) return event.chat;
    }
  }

  function whitelist(): readonly unknown[] {
    try {
      const list: unknown = JSON.parse(readFileSync(path.join(folder, 'whitelist.json'), 'utf8'));
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  }

  it('prove an account: invited, wrong once, then right, on the whitelist, and done', async () => {
    const steve = join('Steve_42');
    const code = await stage.register('201', 'STEVE_42');
    await isInvited(steve);
    expect(await types(steve, 'AAAA-AAAA')).toContain('That code is wrong. You have 4 attempts');
    expect(await types(steve, code.toLowerCase())).toContain('Confirmed');
    await stage.over('201', 'STEVE_42');
    const entry = { uuid: offlineUuid('Steve_42'), name: 'Steve_42' };
    await until('the whitelist', () => Promise.resolve(whitelist().length > 0 ? true : undefined));
    expect(whitelist()).toEqual([entry]);
    expect(await types(steve, code)).toContain('confirmed already');
  });

  it('take a code from the player of that name only', async () => {
    const code = await stage.register('202', 'Owner');
    const thief = join('Thief');
    expect(await thief.next()).toEqual({ joined: true });
    expect(await types(thief, code)).toContain('No registration is waiting for your name');
    const owner = join('Owner');
    await isInvited(owner);
    expect(await types(owner, code)).toContain('Confirmed');
  });

  it('lock after five wrong codes, also for the right one', async () => {
    const code = await stage.register('203', 'Guesser');
    const guesser = join('Guesser');
    await isInvited(guesser);
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt']) {
      expect(await types(guesser, 'AAAA AAAA')).toContain(`You have ${left} left`);
    }
    expect(await types(guesser, 'AAAA AAAA')).toContain('too many wrong codes');
    expect(await types(guesser, code)).toContain('too many wrong codes');
  });
});
