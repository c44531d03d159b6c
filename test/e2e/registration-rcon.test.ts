import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RegistrationSettings } from '../../src/config/guild/resolved-registration';
import { DEMO, type InteractionHandle, type Person } from '../../sandbox';
import { provideGoMc } from '../integration/probes/go-mc';
import { skipped } from '../integration/probes/provide';
import { startRelay, type Relay } from '../integration/probes/relay';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { GoMcGame } from './registration/go-mc-game';
import { gameServer, membership, newcomers, REGISTRATION } from './registration/people';
import { WhitelistKeeper } from './registration/whitelist-keeper';

const PASSWORD = 'RCON_PASSWORD_SURVIVAL';
const CONFIRMED = 'Confirmed: this account is linked to your Discord user now.';
const wrongCode = (left: string): string =>
  `That code is wrong. You have ${left} left. Only the newest code that you got on Discord counts.`;

const provided = provideGoMc();
if ('unavailable' in provided) skipped(provided.unavailable);
const describeHere = 'unavailable' in provided ? describe.skip : describe;

const configured = (port: number, more: Partial<RegistrationSettings> = {}) =>
  demoConfiguration({
    servers: [gameServer('survival', 'Survival')],
    registration: {
      ...REGISTRATION,
      code: 'digits',
      mostAttempts: 3,
      roleId: DEMO.roles.player,
      nickname: true,
      whitelist: ['survival'],
      ...more,
    },
    games: [
      {
        serverId: 'survival',
        adapter: 'rcon',
        host: '127.0.0.1',
        port,
        allowInternal: true,
        passwordVariable: PASSWORD,
        objective: 'castellan',
      },
    ],
  });

describeHere("registrations without a plugin, on go-mc's RCON server", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-rcon-'));
  const ends: (() => Promise<void>)[] = [];
  let game: GoMcGame;
  let line: Relay;
  let stage: Stage;
  let keeper: WhitelistKeeper;

  beforeAll(async () => {
    game = await GoMcGame.start(provided, 'correct horse', path.join(folder, 'whitelist.json'));
    ends.push(() => game.end());
    line = await startRelay(game.port);
    ends.push(() => line.stop());
    stage = await Stage.set(configured(game.port));
    ends.push(() => stage.strike());
    keeper = new WhitelistKeeper(stage.client, 'survival');
    await stage.driver.limits('off');
    await stage.startBot();
  });

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  const newcomer = newcomers(() => stage.driver);
  const codeIn = ({ content }: { readonly content: string }): string =>
    /```\n(\d{6})\n```/.exec(content)?.[1] ?? '';
  const register = async (
    person: Person,
    name: string,
  ): Promise<{ readonly asked: InteractionHandle; readonly code: string }> => {
    const asked = await person.runCommand('register', { name });
    const shown = await asked.settled((message) => codeIn(message) !== '');
    return { asked, code: codeIn(shown) };
  };
  const another = (code: string): string => (code === '100000' ? '100001' : '100000');
  const isDone = (asked: InteractionHandle) =>
    asked.settled(({ content }) => content.startsWith('✅'));
  const member = (person: Person) => membership(stage.driver, person);
  const link = async (name: string): Promise<void> => {
    const options = { user: await newcomer(), name, reason: 'Known for years' };
    const linked = await stage.driver.person('ada').runCommand('account link', options);
    await linked.settled(({ content }) => content.includes('belongs to'));
  };
  const check = async (): Promise<InteractionHandle> =>
    stage.driver.person('ada').runCommand('server whitelist check', { server: 'survival' });
  /** Waits until the game lets somebody type nothing more. */
  const isClosed = (name: string, code: string) =>
    until(`the end of the trigger of ${name}`, async () => !(await game.mayTrigger(name, code)));
  /** Waits until the worker has met a trouble of this kind once more. */
  const meets = async <Done>(reason: string, work: () => Promise<Done>): Promise<Done> => {
    const count = (): number => stage.log.split(`"reason":"${reason}"`).length;
    const before = count();
    const done = await work();
    await until(reason, () => Promise.resolve(count() > before));
    return done;
  };

  it('go on with the right password where the wrong one was set', async () => {
    const worker = await stage.startWorker({ [PASSWORD]: 'wrong horse' });
    await game.join('Early', randomUUID());
    const person = await newcomer();
    const { asked, code } = await meets('wrong-password', () => register(person, 'Early'));
    await link('By_Staff');
    await keeper.met('wrong-password');
    await (
      await check()
    ).settled(({ content }) => content.includes('does not take the RCON password'));
    expect(await game.readBy('Early')).toEqual([]);
    expect(await game.whitelist()).toEqual([]);
    await worker.stop();
    await stage.startWorker({ [PASSWORD]: game.password });
    await game.trigger('Early', code);
    await game.reads('Early', CONFIRMED);
    await isDone(asked);
    await keeper.back();
    await Promise.all([game.isListed('Early'), game.isListed('By_Staff')]);
  });

  it('are proven by the trigger: role, nickname, whitelist, and the verdict in the game', async () => {
    const person = await newcomer();
    await game.join('Digger', randomUUID());
    await game.join('Thief', randomUUID());
    const { asked, code } = await register(person, 'dIGGER');
    const shown = await asked.reply();
    expect(shown.content).toContain(`- on **Survival**: \`/trigger castellan set ${code}\``);
    await game.reads('Digger', 'To link your account, type /trigger castellan set');
    expect(await game.mayTrigger('Thief', code)).toBe(false);
    await game.trigger('Digger', another(code));
    await game.reads('Digger', wrongCode('2 attempts'));
    await game.trigger('Digger', code);
    await game.reads('Digger', CONFIRMED);
    const told = await isDone(asked);
    expect(told.content).toContain('the code came from **Survival**.');
    expect(told.content).toContain(`You have the role <@&${DEMO.roles.player}> now.`);
    expect(told.content).toContain('You are put on the whitelist of **Survival**;');
    await game.isListed('Digger');
    expect(await member(person)).toEqual({ nick: 'Digger', roles: [DEMO.roles.player] });
    // The same code is typed nowhere any more.
    await isClosed('Digger', code);
    expect(await game.readBy('Thief')).toEqual([]);
  });

  it('are locked after three wrong codes', async () => {
    await game.join('Guesser', randomUUID());
    const { asked, code } = await register(await newcomer(), 'Guesser');
    for (const told of [
      wrongCode('2 attempts'),
      wrongCode('1 attempt'),
      'There were too many wrong codes. Discord tells you when you can try again.',
    ]) {
      await game.trigger('Guesser', another(code));
      await game.reads('Guesser', told);
    }
    const told = await asked.settled(({ content }) => content.startsWith('🔒'));
    expect(told.content).toContain('**Guesser** (Java Edition), so this registration is locked.');
    await isClosed('Guesser', code);
    expect(await game.readBy('Guesser')).not.toContain(CONFIRMED);
  });

  it('are over when their time is, and nothing can be typed any more', async () => {
    await game.join('Late', randomUUID());
    await stage.apply(configured(game.port, { timeoutMs: 4_000 }));
    const { asked, code } = await register(await newcomer(), 'Late');
    await stage.apply(configured(game.port));
    await asked.settled(({ content }) => content.startsWith('⌛'));
    await isClosed('Late', code);
    expect(await game.readBy('Late')).not.toContain(CONFIRMED);
  });

  it('of one name by two users end with the one whose code is typed', async () => {
    await game.join('Wanted', randomUUID());
    const [first, second] = await Promise.all([
      register(await newcomer(), 'Wanted'),
      register(await newcomer(), 'WANTED'),
    ]);
    await game.trigger('Wanted', second.code);
    await isDone(second.asked);
    await game.trigger('Wanted', first.code);
    await game.reads('Wanted', 'this account belongs to somebody else on Discord.');
    const told = await first.asked.settled(({ content }) => content.startsWith('⚠️'));
    expect(told.content).toContain('**Wanted** (Java Edition) belongs to another member here');
  });

  it('begin while the server is off, and are heard as soon as it is back', async () => {
    await game.stop();
    const person = await newcomer();
    const { asked, code } = await register(person, 'Patient');
    await game.start();
    await game.join('Patient', randomUUID());
    await game.trigger('Patient', code);
    await game.reads('Patient', CONFIRMED);
    await isDone(asked);
    expect(await member(person)).toEqual({ nick: 'Patient', roles: [DEMO.roles.player] });
    await game.isListed('Patient');
  });

  it('outlive a server that hangs up in the middle of a login', async () => {
    line.set('breaks');
    await stage.apply(configured(line.port));
    await game.join('Hung_Up', randomUUID());
    const person = await newcomer();
    const { asked, code } = await meets('closed', () => register(person, 'Hung_Up'));
    await link('Hung_Up_2');
    line.set('open');
    await game.trigger('Hung_Up', code);
    await game.reads('Hung_Up', CONFIRMED);
    await isDone(asked);
    expect(await member(person)).toEqual({ nick: 'Hung_Up', roles: [DEMO.roles.player] });
    await keeper.back();
    await Promise.all([game.isListed('Hung_Up'), game.isListed('Hung_Up_2')]);
    await stage.apply(configured(game.port));
  });

  it('outlive a server that stands still with a code in it', async () => {
    await game.join('Frozen', randomUUID());
    const { asked, code } = await register(await newcomer(), 'Frozen');
    await game.trigger('Frozen', code);
    await game.freeze();
    try {
      await meets('timed-out', () => Promise.resolve());
    } finally {
      game.thaw();
    }
    await isDone(asked);
    await game.isListed('Frozen');
    await isClosed('Frozen', code);
    // What it could not be told while it stood still is told once, or not at all.
    expect((await game.readBy('Frozen')).filter((said) => said === CONFIRMED).length).toBeLessThan(
      2,
    );
  });

  it('end on a whitelist that a restart has kept: what was missed is made up for', async () => {
    const before = [...(await game.whitelist())].sort();
    await game.stop();
    const digger = stage.driver.person('newcomer3');
    const given = await digger.runCommand('unregister', { name: 'Digger' });
    const gone = await given.settled(({ content }) => content.includes('no longer yours'));
    expect(gone.content).toContain('off the whitelist of **Survival**');
    await link('Meanwhile');
    await game.start();
    expect([...(await game.whitelist())].sort()).toEqual(before);
    await keeper.back();
    await Promise.all([game.isListed('Digger', false), game.isListed('Meanwhile')]);
    expect([...(await game.whitelist())].sort()).toEqual(
      [...before.filter((name) => name !== 'Digger'), 'Meanwhile'].sort(),
    );
  });
  it('leave administrators to compare and repair the list', async () => {
    await game.changeByHand('remove', 'Early');
    await game.changeByHand('add', 'Stranger');
    const shown = await (
      await check()
    ).settled(({ content }) => content.includes('not as it should be'));
    expect(JSON.stringify(shown.embeds)).toMatch(/Early.*Stranger/);
    const repaired = await stage.driver.person('ada').click(shown, 'Repair');
    await repaired.settled(({ content }) => content.includes('is being told'));
    await game.isListed('Early');
    expect(await game.whitelist()).toContain('Stranger');
  });
});
