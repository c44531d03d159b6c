import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Service } from '../../src/cli/service';
import { DEMO } from '../../sandbox';
import { provideGoMc } from '../integration/probes/go-mc';
import { providePowerNukkit, startPowerNukkit } from '../integration/probes/powernukkit';
import { skipped } from '../integration/probes/provide';
import { startRelay, type Relay } from '../integration/probes/relay';
import { freePort, type ServerProcess } from '../integration/probes/server-process';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { GoMcGame } from './registration/go-mc-game';
import { gameServer, REGISTRATION } from './registration/people';
import { WhitelistKeeper } from './registration/whitelist-keeper';

const SURVIVAL = 'RCON_PASSWORD_SURVIVAL';
const POCKET = 'RCON_PASSWORD_POCKET';
const PASSWORD = 'correct horse';

/** As Floodgate makes them: the first half is zero. */
const FOX = '00000000-0000-0000-0009-01f2a3b4c5d6';

const parts = [provideGoMc(), providePowerNukkit()] as const;
const missing = parts.flatMap((one) => ('unavailable' in one ? [one.unavailable] : []));
for (const reason of missing) skipped(reason);
const describeHere = missing.length > 0 ? describe.skip : describe;

/** A server of Java that takes codes, and one of Bedrock. */
const configured = (ports: { readonly survival: number; readonly pocket: number }) =>
  demoConfiguration({
    servers: [
      gameServer('survival', 'Survival'),
      { ...gameServer('pocket', 'Pocket'), probe: 'bedrock' },
    ],
    registration: {
      ...REGISTRATION,
      code: 'digits',
      mostAttempts: 3,
      editions: ['java', 'bedrock'],
      roleId: DEMO.roles.player,
      whitelist: ['survival', 'pocket'],
    },
    games: (['survival', 'pocket'] as const).map((serverId) => ({
      serverId,
      adapter: 'rcon',
      host: '127.0.0.1',
      port: ports[serverId],
      allowInternal: true,
      passwordVariable: serverId === 'survival' ? SURVIVAL : POCKET,
      objective: 'castellan',
    })),
  });

/**
 * PowerNukkit knows no triggers, and a client of its version of Bedrock is not at hand: the code is typed on the
 * server of Java beside it, and its own whitelist follows.
 */
describeHere("PowerNukkit's whitelist, by RCON", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-powernukkit-'));
  const ends: (() => Promise<void>)[] = [];
  let game: GoMcGame;
  let line: Relay;
  let stage: Stage;
  let keeper: WhitelistKeeper;
  let worker: Service;
  let port: number;
  let pocket: ServerProcess | undefined;
  let people = 0;

  beforeAll(async () => {
    game = await GoMcGame.start(parts[0], PASSWORD, path.join(folder, 'survival.json'));
    ends.push(() => game.end());
    port = await freePort();
    line = await startRelay(port);
    ends.push(() => line.stop());
    stage = await Stage.set(configured({ survival: game.port, pocket: line.port }));
    ends.push(() => stage.strike());
    keeper = new WhitelistKeeper(stage.client, 'pocket');
    await stage.driver.limits('off');
    [worker] = await Promise.all([startWorker(), stage.startBot()]);
  });

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    await pocket?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const startWorker = (password = PASSWORD): Promise<Service> =>
    stage.startWorker({ [SURVIVAL]: PASSWORD, [POCKET]: password });
  const start = async (): Promise<void> => {
    pocket = await startPowerNukkit(parts[1], { port, password: PASSWORD, world: folder });
  };
  const newcomer = () => {
    people += 1;
    return stage.driver.addPerson(`newcomer${people}`);
  };
  const link = async (name: string, edition = 'bedrock'): Promise<void> => {
    const options = { user: await newcomer(), name, edition, reason: 'Known for years' };
    const linked = await stage.driver.person('ada').runCommand('account link', options);
    await linked.settled(({ content }) => content.includes('belongs to'));
  };
  const unlink = async (name: string): Promise<void> => {
    const options = { name, reason: 'Gone' };
    const gone = await stage.driver.person('ada').runCommand('account unlink', options);
    await gone.settled(({ content }) => content.includes('no longer belongs to'));
  };
  const checked = async (words: string): Promise<string> => {
    const ada = stage.driver.person('ada');
    const asked = await ada.runCommand('server whitelist check', { server: 'pocket' });
    const { content, embeds } = await asked.settled((shown) => shown.content.includes(words));
    return `${content}\n${JSON.stringify(embeds)}`;
  };
  /** PowerNukkit's own file, which it reads when it starts. */
  const kept = (): string =>
    readFileSync(path.join(folder, 'white-list.txt'), 'utf8')
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('#'))
      .sort()
      .join(', ');
  /** Waits until all is told, and what was told is stored: PowerNukkit answers first. */
  const keeps = async (names: string): Promise<void> => {
    await keeper.done();
    await until(`"${names}" in white-list.txt`, () => Promise.resolve(kept() === names));
  };

  it('has whoever registered while it was off, as soon as it is back', async () => {
    await game.join('.Red_Fox', FOX);
    const person = await newcomer();
    const asked = await person.runCommand('register', { name: 'Red Fox', edition: 'bedrock' });
    const shown = await asked.settled(({ content }) => /\n\d{6}\n/.test(content));
    expect(shown.content).toContain('- on **Survival**: `/trigger castellan set');
    expect(shown.content).not.toContain('**Pocket**');
    await game.trigger('.Red_Fox', /\n(\d{6})\n/.exec(shown.content)?.[1] ?? '');
    await game.reads('.Red_Fox', 'Confirmed');
    const { content } = await asked.settled((now) => now.content.startsWith('✅'));
    expect(content).toContain('**Red Fox** (Bedrock Edition) is yours');
    expect(content).toContain(
      'You are put on the whitelist of **Survival** and **Pocket**; a server that is off takes you up as soon as it is back.',
    );
    await game.isListed('.Red_Fox');
    await checked('does not answer now');
    await start();
    await keeper.back();
    await keeps('red fox');
    expect(await checked('is as it should be')).toContain('1 entry');
  });

  it('is right in the end when it stands still for a while', async () => {
    await pocket?.freeze();
    const asked = line.asked();
    await link('Blue Whale');
    await asked;
    pocket?.thaw();
    await keeps('blue whale, red fox');
    expect(await checked('is as it should be')).toContain('2 entries');
  });

  it('is right when it dies during a login and comes back with the list that it had', async () => {
    // Whenever there is something to tell, it begins with a login.
    await pocket?.freeze();
    const asked = line.asked();
    await unlink('Red Fox');
    await link('Green Newt');
    await asked;
    await pocket?.kill();
    await keeper.met('closed');
    expect(kept()).toBe('blue whale, red fox');
    await start();
    await keeper.back();
    await keeps('blue whale, green newt');
    await game.isListed('.Red_Fox', false);
  });

  it('lets in nobody of Bedrock who is called as somebody of Java', async () => {
    await link('Herobrine', 'java');
    await game.isListed('Herobrine');
    await link('White Owl');
    await keeps('blue whale, green newt, white owl');
    await unlink('White Owl');
    await keeps('blue whale, green newt');
    expect(await game.whitelist()).toContain('Herobrine');
  });

  it('waits for the right password', async () => {
    await worker.stop();
    worker = await startWorker('wrong horse');
    await link('Grey Wolf');
    await keeper.met('wrong-password');
    await checked('does not take the RCON password that I have');
    expect(kept()).toBe('blue whale, green newt');
    await worker.stop();
    worker = await startWorker();
    await keeper.back();
    await keeps('blue whale, green newt, grey wolf');
  });
});
