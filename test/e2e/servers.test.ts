import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { WATCHING_DEFAULTS } from '../../src/config/guild/resolved-servers';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../src/domain/watching/server';
import { runRoundNow } from '../../src/temporal/rounds';
import { incidentWorkflowId } from '../../workflows/incident/contract';
import { WATCH_SERVERS_SCHEDULE } from '../../workflows/watch-servers/contract';
import {
  DEMO,
  GameServer,
  type InteractionHandle,
  type Person,
  type SeenMessage,
} from '../../sandbox';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';

const embeds = z.array(
  z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    image: z.object({ url: z.string() }).optional(),
  }),
);

/** All that a message says. */
function words({ content, embeds: all }: { content: string; embeds: unknown }): string {
  return [
    content,
    ...embeds
      .parse(all)
      .flatMap(({ title, description, fields }) => [
        title ?? '',
        description ?? '',
        ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
      ]),
  ].join('\n');
}

function watched(id: string, game: GameServer, more: Partial<ServerSettings>): ServerSettings {
  return {
    id,
    name: id,
    probe: 'java',
    address: '127.0.0.1',
    port: game.state.port,
    intervalMs: 10_000,
    timeoutMs: 1_000,
    thresholds: { ...DEFAULT_THRESHOLDS, downAfter: 2, upAfter: 1 },
    allowInternal: true,
    host: id,
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
    ...more,
  };
}

describe('game servers, with a worker that watches them', () => {
  let stage: Stage;
  let survival: GameServer;
  let vault: GameServer;

  beforeAll(async () => {
    [survival, vault] = await Promise.all([
      GameServer.start({ host: '127.0.0.1', port: 0 }),
      GameServer.start({ host: '127.0.0.1', port: 0 }),
    ]);
    stage = await Stage.set(
      demoConfiguration({
        servers: [
          watched('survival', survival, { name: 'Survival' }),
          watched('vault', vault, { isPublic: false }),
        ],
        watching: {
          ...WATCHING_DEFAULTS,
          alertsChannelId: DEMO.channels.deskLog,
          pingRoleIds: [DEMO.roles.admin],
          seniorTeamId: 'seniors',
          raiseAfterMs: 15 * 60_000,
          publicChannelId: DEMO.channels.general,
        },
      }),
    );
    await Promise.all([stage.startBot(), stage.startWorker()]);
    // A worker makes it after its start, which does not wait for a Temporal server that is away.
    const schedule = stage.client.schedule.getHandle(WATCH_SERVERS_SCHEDULE);
    await until('the schedule', () => schedule.describe().catch(() => null));
  });

  afterEach(() => {
    stage.wires.temporal.mend();
    stage.wires.postgres.mend();
  });

  afterAll(async () => {
    // The server is shared by all tests: nobody needs these rounds any more.
    await stage.client.schedule.getHandle(WATCH_SERVERS_SCHEDULE).delete();
    await stage.strike();
    await Promise.all([survival.become('stopped'), vault.become('stopped')]);
  });

  const person = (name: string): Person => stage.driver.person(name);

  const asked = async (
    who: string,
    command: string,
    options: Parameters<Person['runCommand']>[1] = {},
  ): Promise<SeenMessage> =>
    (await person(who).runCommand(command, options, { evenIfHidden: true })).reply();

  const told = async (handle: Promise<InteractionHandle>): Promise<string> =>
    words(await (await handle).reply());

  /** Makes rounds until what is wanted is there. */
  const watchUntil = <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
    let found: T | undefined;
    return stage.driver
      .waitFor(
        async () => {
          found = await look();
          if (found === undefined) await runRoundNow(stage.client.schedule);
          return found !== undefined;
        },
        40_000,
        what,
      )
      .then(() => {
        if (found === undefined) throw new Error(`There is no ${what}.`);
        return found;
      });
  };

  const messageIn = (channelId: string, text: string, reader = 'ada'): Promise<SeenMessage> =>
    watchUntil(`message with “${text}”`, async () =>
      (await person(reader).see(channelId)).find((message) => words(message).includes(text)),
    );

  it('shows members the public server with a chart, and administrators all', async () => {
    await watchUntil('first check', async () =>
      words(await asked('pip', 'servers')).includes('12/100') ? true : undefined,
    );
    const card = await asked('pip', 'servers');
    expect(words(card)).toMatch(/^\n🟢 Survival\nUp since /);
    expect(card.attachments).toMatchObject([{ filename: 'chart.png' }]);
    expect(embeds.parse(card.embeds)[0]?.image?.url).toContain('chart.png');

    const week = await (await person('pip').click(card, '7 days')).nextEdit();
    expect(words(week)).toContain('Survival');
    expect(week.attachments).toHaveLength(1);

    const list = await asked('ada', 'servers');
    expect(words(list)).toContain('🔒');
    const picked = await person('ada').select(list, 'Pick a server to see more', [
      valueNamed(list, 'vault'),
    ]);
    const vaultCard = await picked.settled((message) => words(message).includes('vault 🔒'));
    expect(words(vaultCard)).toContain('Minecraft: Java Edition at 127.0.0.1:');
    expect(words(await asked('pip', 'servers', { server: 'vault' }))).toContain(
      'There is no server vault here',
    );
  });

  it('completes servers, repetitions and time zones', async () => {
    const pip = await person('pip').autocomplete('servers', 'server', { server: '' });
    expect(pip.map(({ value }) => value)).toEqual(['survival']);
    const ada = await person('ada').autocomplete('server edit', 'server', { server: 'vau' });
    expect(ada.map(({ value }) => value)).toEqual(['vault']);
    const repeat = await person('ada').autocomplete('server maintenance', 'repeat', {
      server: 'survival',
      repeat: 'tues',
    });
    expect(repeat.map(({ value }) => value)).toContain('weekly on Tuesday');
  });

  it('refuses members, and what cannot be right', async () => {
    for (const command of ['server add', 'server incidents']) {
      const options = command === 'server add' ? { id: 'x', address: 'example.com' } : {};
      expect(words(await asked('pip', command, options))).toContain('Only administrators');
    }
    const add = (options: Record<string, string>) => asked('ada', 'server add', options);
    expect(words(await add({ id: 'Big One', address: 'example.com' }))).toContain('lower-case');
    expect(words(await add({ id: 'x', address: 'no where' }))).toContain('nothing was changed');
    expect(words(await add({ id: 'x', address: '127.0.0.1:25565' }))).toContain('private network');
    expect(words(await add({ id: 'survival', address: 'play.example.com' }))).toContain(
      'configuration file',
    );
    expect(words(await asked('ada', 'server remove', { server: 'survival' }))).toContain(
      'configuration file',
    );
    expect(words(await asked('ada', 'server edit', { server: 'nothing' }))).toContain(
      'There is no server nothing here',
    );
  });

  it('adds a server with what the first check found, changes and removes it', async () => {
    const added = await asked('ada', 'server add', {
      id: 'far',
      name: 'Far *away*',
      address: 'play.castellan.invalid',
      public: false,
    });
    expect(words(added)).toContain('**Far \\*away\\*** is watched from now on');
    expect(words(added)).toContain('It does not answer now');
    expect(words(await asked('ada', 'server add', { id: 'far', address: 'x.invalid' }))).toContain(
      'There is already a server **far**',
    );
    const changed = await asked('ada', 'server edit', { server: 'far', interval: '10m' });
    expect(words(changed)).toContain('is changed');
    expect(words(changed)).toContain('10 minutes');
    expect(words(await asked('ada', 'server remove', { server: 'far' }))).toContain(
      'watched no longer',
    );
  });

  it('plans maintenance, lists it, and ends it', async () => {
    const plan = (options: Record<string, string>) =>
      asked('ada', 'server maintenance', { server: 'vault', ...options });
    expect(words(await plan({}))).toContain('No maintenance of **vault** is planned');
    expect(words(await plan({ duration: 'long', start: 'soon', repeat: 'sometimes' }))).toMatch(
      /duration must be[^]*start must be[^]*repeat must be/,
    );
    const planned = await plan({
      duration: '2h',
      start: '04:00',
      title: 'New *map*',
      repeat: 'weekly on Tuesday',
      time_zone: 'Europe/Berlin',
    });
    expect(words(planned)).toContain('**New \\*map\\***, every week on Tuesday, for 2 hours');
    const list = await plan({});
    expect(words(list)).toContain('New \\*map\\*');
    const ending = await person('ada').select(
      list,
      'Pick a maintenance to end or cancel it',
      valueNamed(list, 'New *map*'),
    );
    await ending.settled(({ content }) => content.includes('is over'));
    expect(words(await plan({}))).toContain('No maintenance of **vault** is planned');
  });

  it('tells an outage, lets those on call take care of it, and tells the recovery', async () => {
    await survival.become('stopped');
    const alert = await messageIn(DEMO.channels.deskLog, 'refused');
    expect(alert.content).toContain(`<@&${DEMO.roles.admin}> 🔴 **Survival** is down`);
    const notice = await messageIn(DEMO.channels.general, 'not reachable');
    expect(words(notice)).not.toContain('refused');

    stage.wires.temporal.cut();
    const unreachable = await person('sol').click(alert, 'Acknowledge');
    expect((await unreachable.acknowledged).ms).toBeLessThan(3_000);
    expect((await unreachable.reply()).content).toContain("can't be reached right now");
    stage.wires.temporal.mend();

    await stage.driver.waitFor(
      async () =>
        (await told(person('pip').click(notice, 'Tell me when it is back'))).includes(
          'I will write to you',
        ),
      30_000,
      'Temporal to be back',
    );
    expect(await told(person('mira').click(alert, 'Acknowledge'))).toContain('Only administrators');
    expect(await told(person('mira').click(alert, 'Note'))).toContain('Only administrators');

    // Both at once: when the first one has it, the message is edited and the button is gone.
    const clicking = ['sol', 'ada'] as const;
    const answers = await Promise.all(
      clicking.map((name) => told(person(name).click(alert, 'Acknowledge'))),
    );
    const first = answers.findIndex((answer) => answer.includes('You have acknowledged'));
    const onCall = DEMO.people[clicking[first] ?? 'sol'];
    expect(answers[1 - first]).toContain(`<@${onCall}> has already acknowledged`);
    const noting = await person('ada').click(alert, 'Note');
    const form = await noting.modal();
    const noted = await person('ada').submitModal(form, {
      note: 'The disk is **full** @everyone',
    });
    expect(words(await noted.reply())).toContain('Your note stands');
    await messageIn(DEMO.channels.deskLog, 'The disk is \\*\\*full\\*\\* ＠everyone');

    const list = await asked('ada', 'server incidents', { status: 'open' });
    expect(words(list)).toContain('Survival');
    const picked = await person('ada').select(
      list,
      'Pick an outage to see more',
      valueNamed(list, 'Survival'),
    );
    const view = await picked.settled((message) => words(message).includes('History'));
    expect(words(view)).toContain(`<@${onCall}> acknowledged it`);
    expect(words(view)).toContain('The disk is');

    await survival.become('running');
    const over = await messageIn(DEMO.channels.deskLog, '**Survival** is back after');
    expect(over.id).toBe(alert.id);
    expect(over.components).toEqual([]);
    await messageIn(DEMO.channels.general, 'Survival is back');
    await messageIn(
      await person('pip').directMessages(),
      '**Survival** of **Kestrel Keep**',
      'pip',
    );

    // Until everybody was told it takes notes.
    const incidentId = form.customId.split(':')[2] ?? '';
    await stage.client.workflow.getHandle(incidentWorkflowId(incidentId)).result();
    const late = await person('ada').click(view, 'Note');
    const tooLate = await person('ada').submitModal(await late.modal(), { note: 'Too late' });
    await tooLate.settled(({ content }) => content.includes('is over'));
  });

  it('says so while the records cannot be read', async () => {
    stage.wires.postgres.cut();
    const list = await person('pip').runCommand('servers');
    expect((await list.acknowledged).ms).toBeLessThan(3_000);
    expect((await list.reply()).content).toContain("can't be read right now");
  });
});

/** The value of a menu's option with this label, as the person sees it. */
function valueNamed(message: SeenMessage, label: string): string {
  const option = z
    .array(
      z.object({
        components: z.array(
          z.object({
            options: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
          }),
        ),
      }),
    )
    .parse(message.components)
    .flatMap(({ components }) => components)
    .flatMap(({ options }) => options ?? [])
    .find((one) => one.label.includes(label));
  if (option === undefined) throw new Error(`There is no option ${label}.`);
  return option.value;
}
