import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { SECRET_VARIABLE } from './registration/game-web';
import { codeIn, newcomers, register, REGISTRATION } from './registration/people';
import { PluginServer } from './registration/plugin-server';

/** Discord no longer takes an answer to the interaction: its token is too old. */
const TOO_OLD = { status: 404, body: { message: 'Unknown Webhook', code: 10_015 } } as const;

describe('registrations while Discord fails, and people leave', () => {
  let stage: Stage;
  let game: PluginServer;

  beforeAll(async () => {
    stage = await Stage.set(
      demoConfiguration({
        registration: {
          ...REGISTRATION,
          roleId: DEMO.roles.player,
          fallbackChannelId: DEMO.channels.general,
          logChannelId: DEMO.channels.deskLog,
          onLeave: 'unlink',
        },
        games: [{ serverId: 'survival', adapter: 'plugin', secretVariables: [SECRET_VARIABLE] }],
      }),
    );
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
  });

  const newcomer = newcomers(() => stage.driver);
  const type = (name: string, code: string) => game.type({ name, uuid: randomUUID() }, code);
  const saidIn = async (channelId: string, text: string): Promise<readonly string[]> => {
    let found: string[] = [];
    await stage.driver.waitFor(
      async (driver) => {
        found = (await driver.messages(channelId)).map(({ content }) => content);
        return found.some((content) => content.includes(text));
      },
      20_000,
      text,
    );
    return found.filter((content) => content.includes(text));
  };
  const isTooOldFor = (body: RegExp) =>
    stage.driver.faults.add({
      match: { method: 'PATCH', route: '^/webhooks/', body, times: 1 },
      kind: 'status',
      ...TOO_OLD,
    });

  it('tells the end by direct message when the answer can no longer be changed', async () => {
    const person = await newcomer();
    const { code } = await register(person, 'By_Message');
    await isTooOldFor(/✅/);
    expect((await type('By_Message', code)).status).toBe(200);
    const [told, ...more] = await saidIn(await person.directMessages(), '✅');
    expect(told).toContain('By\\_Message');
    expect(more).toEqual([]);
  });

  it('tells it in the channel for that, and names nothing, when nothing else is left', async () => {
    const person = await newcomer();
    await person.set({ dmsOpen: false });
    const { code } = await register(person, 'In_Channel');
    await isTooOldFor(/✅/);
    expect((await type('In_Channel', code)).status).toBe(200);
    const said = await saidIn(DEMO.channels.general, `<@${person.id}>`);
    expect(said).toHaveLength(1);
    expect(said[0]).not.toMatch(/In.{0,2}Channel|survival/i);
  });

  it('gives the role once and logs once although Discord loses its answers', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Lost_Answers');
    for (const [method, route] of [
      ['PUT', '/members/.*/roles/'],
      ['POST', `/channels/${DEMO.channels.deskLog}/messages$`],
      ['PATCH', '^/webhooks/'],
    ] as const) {
      await stage.driver.faults.add({
        match: { method, route, times: 1 },
        kind: 'drop',
        when: 'after',
      });
    }
    expect((await type('Lost_Answers', code)).status).toBe(200);
    await asked.settled(({ content }) => content.startsWith('✅'));
    const logged = await saidIn(DEMO.channels.deskLog, `<@${person.id}> proved`);
    expect(logged).toHaveLength(1);
    const { members } = await stage.driver.guild();
    const roles = members.find(({ id }) => id === person.id)?.roles ?? [];
    expect(roles.filter((role) => role === DEMO.roles.player)).toHaveLength(1);
  });

  it('leaves no role behind when staff take an account away before Discord has given the role', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Taken_Away');
    const given = { method: 'PUT', route: `/members/${person.id}/roles/`, times: 1 };
    const slow = await stage.driver.faults.add({
      match: given,
      kind: 'delay',
      ms: 4_000,
      when: 'before',
    });
    expect((await type('Taken_Away', code)).status).toBe(200);
    await slow.hit();
    const mira = stage.driver.person('mira');
    const unlinked = await mira.runCommand('account unlink', {
      name: 'Taken_Away',
      reason: 'A mistake',
    });
    await unlinked.settled(({ content }) => content.includes('no longer belongs to'));
    await asked.settled(({ content }) => content.startsWith('✅'));
    const { members } = await stage.driver.guild();
    expect(members.find(({ id }) => id === person.id)?.roles).toEqual([]);
  });

  it('makes a new code for each try to show one: only the one that is seen last is good', async () => {
    const person = await newcomer();
    await stage.driver.faults.add({
      match: { method: 'PATCH', route: '^/webhooks/', body: /🔑/, times: 1 },
      kind: 'drop',
      when: 'after',
    });
    const asked = await person.runCommand('register', { name: 'Try_Again' });
    const codes = new Set<string>();
    await asked.settled((message) => {
      if (codeIn(message) !== '') codes.add(codeIn(message));
      return codes.size === 2;
    });
    const [first = '', last = ''] = codes;
    expect((await type('Try_Again', first)).status).toBe(422);
    expect((await type('Try_Again', last)).status).toBe(200);
    await asked.settled(({ content }) => content.startsWith('✅'));
  });

  it('takes accounts from whoever leaves, and ends what they were registering', async () => {
    const person = await newcomer();
    const { asked, code } = await register(person, 'Gone_Soon');
    expect((await type('Gone_Soon', code)).status).toBe(200);
    await asked.settled(({ content }) => content.startsWith('✅'));
    const second = await register(person, 'Gone_Too');
    await person.leave();
    const [logged] = await saidIn(DEMO.channels.deskLog, `<@${person.id}> left`);
    expect(logged).toContain('Gone\\_Soon');
    await second.asked.settled(({ content }) => content.includes('is cancelled'));
    await person.join();
    const shown = await (await person.runCommand('accounts')).reply();
    expect(JSON.stringify([shown.content, shown.embeds])).not.toContain('Gone');
    expect((await type('Gone_Too', second.code)).status).toBe(404);
  });

  it('finds who left while the gateway was away and no session tells it', async () => {
    const [gone, stays] = [await newcomer(), await newcomer()];
    for (const [person, name] of [
      [gone, 'Gone_Unseen'],
      [stays, 'Stays_Here'],
    ] as const) {
      const { asked, code } = await register(person, name);
      expect((await type(name, code)).status).toBe(200);
      await asked.settled(({ content }) => content.startsWith('✅'));
    }
    await stage.driver.gateway.pause(1_000, { drop: true, how: 'cut' });
    await stage.driver.gateway.invalidate(false);
    await gone.leave();
    const [logged] = await saidIn(DEMO.channels.deskLog, `<@${gone.id}> left`);
    expect(logged).toContain('Gone\\_Unseen');
    const shown = await (await stays.runCommand('accounts')).reply();
    expect(JSON.stringify([shown.content, shown.embeds])).toContain('Stays');
  });
});
