import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { RegistrationSettings } from '../../src/config/guild/resolved-registration';
import { formatSecret } from '../../src/config/webhook-secret';
import { DEMO, type Person } from '../../sandbox';
import {
  offlineUuid,
  providePluginServer,
  startPluginServer,
} from '../integration/plugin/minestom-server';
import { provideMinecraftProtocol } from '../integration/probes/minecraft-protocol';
import { skipped } from '../integration/probes/provide';
import { freePort } from '../integration/probes/server-process';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { SECRET_VARIABLE, startGameWeb } from './registration/game-web';
import {
  codeIn,
  gameServer,
  membership,
  newcomers,
  register,
  REGISTRATION,
} from './registration/people';
import { VerifyingPlayer } from './registration/verifying-player';

/**
 * Everything is real but Discord and the people: bot, worker, web server, database, Temporal, a Minestom server
 * with the plugin's core, and clients that join it.
 */
const parts = providePluginServer();
const packages = provideMinecraftProtocol();
const missing = [parts, packages].flatMap((one) => ('unavailable' in one ? [one.unavailable] : []));
for (const reason of missing) skipped(reason);
const describeHere = missing.length > 0 ? describe.skip : describe;

const NOBODY =
  'No registration is waiting for your name. Start one with /register on Discord, then type its code here.';
const CONFIRMED = 'Confirmed: this account is linked to your Discord user now.';
/** Codes have no A. */
const WRONG = 'AAAA-AAAA';

const whitelistFile = z.array(z.object({ name: z.string(), uuid: z.string() }));

const configured = (more: Partial<RegistrationSettings> = {}) =>
  demoConfiguration({
    servers: [gameServer('survival', 'Survival')],
    registration: {
      ...REGISTRATION,
      roleId: DEMO.roles.player,
      nickname: true,
      logChannelId: DEMO.channels.deskLog,
      whitelist: ['survival'],
      ...more,
    },
    games: [{ serverId: 'survival', adapter: 'plugin', secretVariables: [SECRET_VARIABLE] }],
  });

describeHere('a registration, from Discord into the game and back', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-chain-'));
  const ends: (() => Promise<void>)[] = [];
  const proven: string[] = [];
  let stage: Stage;
  let port: number;
  /** Somebody in the game of whom Discord knows nothing. */
  let stranger: VerifyingPlayer;

  beforeAll(async () => {
    if ('unavailable' in parts) throw new Error(parts.unavailable);
    stage = await Stage.set(configured());
    ends.push(() => stage.strike());
    await stage.driver.limits('off');
    const web = await startGameWeb(stage.variables);
    ends.push(() => web.stop());
    port = await freePort();
    const place = { port, folder, url: web.url, server: 'survival' };
    const [game] = await Promise.all([
      startPluginServer(parts, { ...place, secret: formatSecret(web.key) }),
      stage.startBot(),
      stage.startWorker(),
    ]);
    ends.push(() => game.kill());
    stranger = await join('Stranger');
  });

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  const newcomer = newcomers(() => stage.driver);
  const join = async (name: string): Promise<VerifyingPlayer> => {
    const player = await VerifyingPlayer.join(
      'folder' in packages ? packages.folder : '',
      port,
      name,
    );
    ends.push(() => player.leave());
    return player;
  };
  const member = (person: Person) => membership(stage.driver, person);
  const REGISTERED = (nick: string) => ({ nick, roles: [DEMO.roles.player] });
  const UNREGISTERED = { nick: null, roles: [] };
  const accounts = async (person: Person): Promise<string> => {
    const { content, embeds } = await (await person.runCommand('accounts')).reply();
    return `${content}\n${JSON.stringify(embeds)}`;
  };
  /** What staff read about somebody. */
  const logged = async ({ id }: Person, what: string): Promise<readonly string[]> => {
    const about = async (): Promise<string[]> =>
      (await stage.driver.messages(DEMO.channels.deskLog))
        .map(({ content }) => content)
        .filter((content) => content.includes(`<@${id}>`));
    await stage.driver.waitFor(
      async () => (await about()).some((content) => content.includes(what)),
      20_000,
      what,
    );
    return about();
  };
  /** The file that the plugin keeps, by name. */
  const whitelist = (): ReadonlyMap<string, string> => {
    try {
      const text = readFileSync(path.join(folder, 'whitelist.json'), 'utf8');
      const list = whitelistFile.parse(JSON.parse(text));
      return new Map(list.map(({ name, uuid }) => [name, uuid]));
    } catch {
      return new Map();
    }
  };
  const isListed = async (name: string): Promise<void> => {
    proven.push(name);
    await until(`${name} on the whitelist`, () => Promise.resolve(whitelist().has(name)));
    expect(whitelist().get(name)).toBe(offlineUuid(name));
  };

  it('gives the role, the nickname and the whitelist to whoever types the code', async () => {
    const person = await newcomer();
    const steve = await join('Steve_42');
    expect(await member(person)).toEqual(UNREGISTERED);
    const { asked, code } = await register(person, 'Steve_42');
    expect((await asked.reply()).content).toContain(`- on **Survival**: \`/verify ${code}\``);
    await steve.isInvited();
    // As it is typed in a hurry.
    expect(await steve.types(code.replace('-', ' ').toLowerCase())).toBe(CONFIRMED);
    const { content, components } = await asked.settled(({ content: now }) => now.startsWith('✅'));
    expect({ content, components }).toEqual({
      content: `✅ **Steve\\_42** (Java Edition) is yours: the code came from **Survival**. It is your primary account here. You have the role <@&${DEMO.roles.player}> now. You are put on the whitelist of **Survival**; a server that is off takes you up as soon as it is back. \`/accounts\` shows all your accounts.`,
      components: [],
    });
    expect(await member(person)).toEqual(REGISTERED('Steve_42'));
    expect(await accounts(person)).toContain('Steve\\\\_42');
    await isListed('Steve_42');
  });

  it('takes a code from no other player, who learns nothing and locks nobody', async () => {
    const [person, envious] = [await newcomer(), await newcomer()];
    const { asked, code } = await register(person, 'Owner');
    const own = await register(envious, 'Envious');
    const [owner, other] = await Promise.all([join('Owner'), join('Envious')]);
    for (let attempt = 0; attempt < 6; attempt += 1)
      expect(await stranger.types(code)).toBe(NOBODY);
    // To whom somebody else's code is as wrong as any other.
    expect(await other.types(code)).toContain('That code is wrong. You have 4 attempts left.');
    expect(codeIn(await asked.reply())).toBe(code);
    await owner.isInvited();
    expect(await owner.types(code)).toBe(CONFIRMED);
    await asked.settled(({ content }) => content.startsWith('✅'));
    expect(await member(envious)).toEqual(UNREGISTERED);
    expect(codeIn(await own.asked.reply())).toBe(own.code);
    await isListed('Owner');
  });

  it('locks after five wrong codes, for the right one and for a new command too', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Guesser');
    const guesser = await join('Guesser');
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt']) {
      expect(await guesser.types(WRONG)).toBe(
        `That code is wrong. You have ${left} left. Only the newest code that you got on Discord counts.`,
      );
    }
    const LOCKED =
      /^There were too many wrong codes\. Try again with \/register on Discord in (?:60|59) minutes\.$/;
    expect(await guesser.types(WRONG)).toMatch(LOCKED);
    expect(await guesser.types(code)).toMatch(LOCKED);
    const told = await asked.settled(({ content }) => content.startsWith('🔒'));
    expect(told.content).toMatch(
      /^🔒 Too many wrong codes were typed for \*\*Guesser\*\* \(Java Edition\), so this registration is locked\. You can try again <t:\d+:f> \(<t:\d+:R>\)\. If it was not you who typed them, tell the team\.$/,
    );
    const again = await person.runCommand('register', { name: 'GUESSER' });
    const refused = await again.settled(({ content }) => content.includes('locked for you'));
    expect(codeIn(refused)).toBe('');
    expect(await member(person)).toEqual(UNREGISTERED);
    expect(await logged(person, 'Guesser')).toHaveLength(1);
  });

  it('takes no code that comes too late', async () => {
    const person = await newcomer();
    const late = await join('Latecomer');
    await stage.apply(configured({ timeoutMs: 1_500 }));
    const { asked, code } = await register(person, 'Latecomer');
    await stage.apply(configured());
    const told = await asked.settled(({ content }) => content.startsWith('⌛'));
    expect(told.content).toBe(
      '⌛ The time for **Latecomer** (Java Edition) is over, and the code is no longer good. Nothing was changed. Use `/register` to get a new code when you are in the game, or about to join.',
    );
    expect(await late.types(code)).toBe(
      'That code came too late. Get a new one with /register on Discord.',
    );
    expect(await member(person)).toEqual(UNREGISTERED);
    const next = await register(person, 'Latecomer');
    expect(await late.types(code)).toContain('That code is wrong. You have 4 attempts left.');
    expect(await late.types(next.code)).toBe(CONFIRMED);
    await isListed('Latecomer');
  });

  it('says of a code that is typed twice that all is done, and does nothing twice', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Twice');
    const twice = await join('Twice');
    expect(await twice.types(code)).toBe(CONFIRMED);
    await asked.settled(({ content }) => content.startsWith('✅'));
    const done = await asked.reply();
    expect(await twice.types(code)).toBe(
      'Your name was confirmed already: there is nothing left to do.',
    );
    expect(await stranger.types(code)).toBe(NOBODY);
    expect(await asked.reply()).toEqual(done);
    expect(await logged(person, 'proved')).toHaveLength(1);
    expect(await accounts(person)).toContain('1 account');
    await isListed('Twice');
  });

  it('gives a name to the one of two users whose code the player types', async () => {
    const both = [await newcomer(), await newcomer()] as const;
    const [first, second] = await Promise.all([
      register(both[0], 'Wanted'),
      register(both[1], 'WANTED'),
    ]);
    const player = await join('Wanted');
    // It is nobody's: it counts for both.
    expect(await player.types(WRONG)).toContain('You have 4 attempts left.');
    expect(await player.types(second.code)).toBe(CONFIRMED);
    await second.asked.settled(({ content }) => content.startsWith('✅'));
    expect(codeIn(await first.asked.reply())).toBe(first.code);
    expect(await player.types(first.code)).toBe(
      'The code is right, but this account belongs to somebody else on Discord. If it is yours, ask the staff there.',
    );
    const told = await first.asked.settled(({ content }) => content.startsWith('⚠️'));
    expect(told.content).toBe(
      '⚠️ The code was right, but **Wanted** (Java Edition) belongs to another member here, so it could not become yours. If it is your account, ask the team for help: they can see to it.',
    );
    expect(await member(both[0])).toEqual(UNREGISTERED);
    expect(await member(both[1])).toEqual(REGISTERED('Wanted'));
    await isListed('Wanted');
  });

  it('knows a name in other case, and writes it as the game does', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'oTHER_cASE');
    const player = await join('Other_Case');
    await player.isInvited();
    expect(await player.types(code)).toBe(CONFIRMED);
    const told = await asked.settled(({ content }) => content.startsWith('✅'));
    expect(told.content).toContain('is yours: the code came from **Survival**.');
    expect(await member(person)).toEqual(REGISTERED('Other_Case'));
    expect(await accounts(person)).toContain('Other\\\\_Case');
    await isListed('Other_Case');
    const again = await (await person.runCommand('register', { name: 'OTHER_CASE' })).reply();
    expect(again.content).toContain('is yours already, so there is nothing to do.');
  });

  it('puts nobody else on the whitelist', () => {
    expect([...whitelist().keys()].sort()).toEqual([...proven].sort());
  });
});
