import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RegistrationSettings } from '../../src/config/guild/resolved-registration';
import { registrationWorkflowId } from '../../workflows/registration/contract';
import { whitelistWorkflowId } from '../../workflows/whitelist/contract';
import { DEMO, type Person } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { SECRET_VARIABLE } from './registration/game-web';
import { codeIn, gameServer, newcomers, register, REGISTRATION } from './registration/people';
import { PluginServer } from './registration/plugin-server';

/** A code that nobody has: the alphabet of codes, but never drawn eight times the same. */
const WRONG = ['22222222', '33333333', '44444444', '55555555', '66666666'];

/** What a server without a plugin writes. */
const LOGS = mkdtempSync(join(tmpdir(), 'castellan-logs-'));
const LOG = join(LOGS, 'latest.log');

const configured = (more: Partial<RegistrationSettings> = {}) =>
  demoConfiguration({
    servers: [gameServer('survival', 'Survival')],
    registration: {
      ...REGISTRATION,
      roleId: DEMO.roles.player,
      logChannelId: DEMO.channels.deskLog,
      ...more,
    },
    games: [
      { serverId: 'survival', adapter: 'plugin', secretVariables: [SECRET_VARIABLE] },
      { serverId: 'classic', adapter: 'log', file: LOG },
    ],
  });

describe('registrations, from the command to the game and back', () => {
  let stage: Stage;
  let game: PluginServer;

  beforeAll(async () => {
    stage = await Stage.set(configured());
    // Everybody's news comes into one channel at once here.
    await stage.driver.limits('off');
    await Promise.all([
      stage.startBot(),
      stage.startWorker(),
      PluginServer.start(stage.variables, 'survival').then((started) => {
        game = started;
      }),
    ]);
  });

  afterAll(async () => {
    await game.stop();
    await stage.strike();
    await rm(LOGS, { recursive: true });
  });

  const newcomer = newcomers(() => stage.driver);
  const inGame = (name: string) => ({ name, uuid: randomUUID() });
  const rolesOf = async ({ id }: Person): Promise<readonly string[]> =>
    (await stage.driver.guild()).members.find((member) => member.id === id)?.roles ?? [];
  const told = async (person: Person, command: string, options = {}): Promise<string> => {
    const { content, embeds } = await (await person.runCommand(command, options)).reply();
    return `${content}\n${JSON.stringify(embeds)}`;
  };
  const apply = (more: Partial<RegistrationSettings>): Promise<void> =>
    stage.apply(configured(more));

  it('gives a code, links who types it, and shows it where the code was', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'First_One');
    expect((await asked.acknowledged).kind).toBe('deferred');
    const player = inGame('First_One');
    const request = randomUUID();
    // As it is typed: in any case, with or without the hyphen.
    const answer = await game.type(player, code.replace('-', '').toLowerCase(), request);
    expect(answer).toMatchObject({ status: 200 });
    const done = await asked.settled(({ content }) => content.startsWith('✅'));
    expect(done.content).toContain(`<@&${DEMO.roles.player}>`);
    expect(done.content).not.toContain(code);
    expect(done.components).toEqual([]);
    expect(await rolesOf(person)).toContain(DEMO.roles.player);
    expect(await told(person, 'accounts')).toContain('First\\\\_One');
    // The request may come again, and the code may be typed again.
    expect(await game.type(player, code.replace('-', '').toLowerCase(), request)).toEqual(answer);
    expect((await game.type(player, code)).status).toBe(404);
    await stage.driver.waitFor(
      async (driver) =>
        (await driver.messages(DEMO.channels.deskLog)).some(({ content }) =>
          content.includes(`<@${person.id}> proved`),
        ),
      20_000,
      'the entry in the log',
    );
    expect(await told(person, 'register', { name: 'first_one' })).toContain('yours already');
  });

  it('takes the role back when the last account goes', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Leaver');
    await game.type(inGame('Leaver'), code);
    await asked.settled(({ content }) => content.startsWith('✅'));
    const given = await person.runCommand('unregister', { name: 'leaver' });
    const gone = await given.settled(({ content }) => content.includes('no longer yours'));
    expect(gone.content).toContain('no other accounts');
    expect(await rolesOf(person)).not.toContain(DEMO.roles.player);
    expect(await told(person, 'accounts')).not.toContain('Leaver');
  });

  it('locks after five wrong codes, whatever comes then', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Guesser');
    const player = inGame('Guesser');
    const answers: Awaited<ReturnType<PluginServer['type']>>[] = [];
    for (const wrong of WRONG) answers.push(await game.type(player, wrong));
    expect(answers.map(({ status, attemptsLeft }) => [status, attemptsLeft])).toEqual([
      [422, 4],
      [422, 3],
      [422, 2],
      [422, 1],
      [423, undefined],
    ]);
    await asked.settled(({ content }) => content.includes('locked'));
    expect((await game.type(player, code)).status).toBe(423);
    const again = await person.runCommand('register', { name: 'GUESSER' });
    const refused = await again.settled(({ content }) => content.includes('locked'));
    expect(codeIn(refused)).toBe('');
    expect(await rolesOf(person)).not.toContain(DEMO.roles.player);
  });

  it('gives the account to one of two who claim it', async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    const first = await register(one, 'Wanted_By_Two');
    const second = await register(other, 'wanted_by_TWO');
    const player = inGame('Wanted_By_Two');
    expect((await game.type(player, second.code)).status).toBe(200);
    await second.asked.settled(({ content }) => content.startsWith('✅'));
    expect((await game.type(player, first.code)).status).toBe(409);
    await first.asked.settled(({ content }) => content.includes('belongs to another member'));
    expect(await told(one, 'accounts')).not.toContain('Wanted');
  });

  it('makes older codes worthless with a new one', async () => {
    const person = await newcomer();
    const { asked, code, id } = await register(person, 'Forgetful');
    const clicked = await person.click({ id }, 'New code');
    const fresh = await clicked.settled(
      (message) => codeIn(message) !== '' && codeIn(message) !== code,
    );
    const player = inGame('FORGETFUL');
    expect((await game.type(player, code)).status).toBe(422);
    expect((await game.type(player, codeIn(fresh))).status).toBe(200);
    await clicked.settled(({ content }) => content.startsWith('✅'));
    expect(codeIn(await asked.reply())).not.toBe(code);
  });

  it('ends when nobody types the code in time', async () => {
    await apply({ timeoutMs: 1_500 });
    const person = await newcomer();
    const { asked, code } = await register(person, 'Latecomer');
    await asked.settled(({ content }) => content.includes('is over'));
    expect((await game.type(inGame('Latecomer'), code)).status).toBe(410);
    await apply({});
  });

  it('ends when it is cancelled', async () => {
    const person = await newcomer();
    const { asked, code, id } = await register(person, 'Undecided');
    const cancelled = await person.click({ id }, 'Cancel');
    await cancelled.settled(({ content }) => content.includes('cancelled'));
    await asked.settled(({ content }) => content.includes('is cancelled'));
    expect((await game.type(inGame('Undecided'), code)).status).toBe(404);
  });

  it('says once that Discord allows no nickname and no role', async () => {
    await apply({ nickname: true, roleId: DEMO.roles.owner });
    const person = await newcomer();
    // Whose name the bot may not change, either.
    await person.set({ roles: [DEMO.roles.owner] });
    const { asked, code } = await register(person, 'Too_High');
    expect((await game.type(inGame('Too_High'), code)).status).toBe(200);
    const done = await asked.settled(({ content }) => content.startsWith('✅'));
    expect(done.content).toContain('did not let me give you the role');
    expect(done.content).toContain('did not let me change your nickname');
    await stage.driver.waitFor(
      async (driver) =>
        (await driver.messages(DEMO.channels.deskLog)).filter(
          ({ content }) => content.includes('I could not') && content.includes(person.id),
        ).length === 2,
      20_000,
      'the troubles in the log',
    );
    await apply({});
  });

  it('hears a code that is said in the chat of a server without a plugin', async () => {
    const player = inGame('Chatter');
    await appendFile(
      LOG,
      `[12:00:00] [User Authenticator #1/INFO]: UUID of player Chatter is ${player.uuid}\n`,
    );
    const { asked, code } = await register(await newcomer(), 'Chatter');
    // As somebody does who is not sure that it was heard.
    const say = (): void => {
      void appendFile(LOG, `[12:00:01] [Server thread/INFO]: <Chatter> ${code}\n`);
    };
    const saying = setInterval(say, 250);
    const done = await asked
      .settled(({ content }) => content.startsWith('✅'))
      .finally(() => {
        clearInterval(saying);
      });
    expect(done.content).toContain('**classic**');
  });

  it('lets the plugin keep the whitelist', async () => {
    await apply({ whitelist: ['survival'] });
    const person = await newcomer();
    const { asked, code } = await register(person, 'Listed_One');
    const player = inGame('Listed_One');
    expect((await game.type(player, code)).status).toBe(200);
    await asked.settled(({ content }) => content.includes('whitelist of **Survival**'));
    const [added, ...others] = await game.changes();
    expect(added).toMatchObject({ action: 'add', ...player });
    expect(others).toEqual([]);
    expect(await game.applied([added?.id ?? ''])).toBe(204);
    const workflow = stage.client.workflow.getHandle(whitelistWorkflowId(DEMO.guild, 'survival'));
    await workflow.result();
    expect(await game.changes()).toEqual([]);

    const given = await person.runCommand('unregister', { name: 'Listed_One' });
    await given.settled(({ content }) => content.includes('off the whitelist of **Survival**'));
    const [removed] = await game.changes();
    expect(removed).toMatchObject({ action: 'remove', ...player });
    expect(await game.applied([removed?.id ?? ''])).toBe(204);
    await workflow.result();
    expect(await game.changes()).toEqual([]);
    await apply({});
  });

  it('leaves no code in any history, and none in the log', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Private_1');
    expect((await game.type(inGame('Private_1'), code)).status).toBe(200);
    await asked.settled(({ content }) => content.startsWith('✅'));
    const subject = {
      guildId: DEMO.guild,
      userId: person.id,
      edition: 'java',
      name: 'Private_1',
    } as const;
    const { events } = await stage.client.workflow
      .getHandle(registrationWorkflowId(subject))
      .fetchHistory();
    const payloads = [...JSON.stringify(events).matchAll(/"data":"([^"]+)"/g)]
      .map(([, data = '']) => Buffer.from(data, 'base64').toString())
      .join('\n');
    expect(payloads).toContain('codeHash');
    for (const text of [payloads, stage.log]) {
      expect(text).not.toContain(code);
      expect(text).not.toContain(code.replace('-', ''));
    }
  });
});
