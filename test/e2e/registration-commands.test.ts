import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RegistrationSettings } from '../../src/config/guild/resolved-registration';
import { connect } from '../../src/db/connection';
import { createRegistrationRecorder } from '../../src/db/registration/recorder';
import { DEFAULT_THRESHOLDS } from '../../src/domain/watching/server';
import { registrationWorkflowId } from '../../workflows/registration/contract';
import { DEMO, type InteractionHandle, type Person, type SeenMessage } from '../../sandbox';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { REGISTRATION } from './registration/people';
import { scriptedWorker } from './registration/scripted-worker';

const embeds = z.array(
  z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    footer: z.object({ text: z.string() }).optional(),
  }),
);

/** All that a message says. */
function words({ content, embeds: all }: { content: string; embeds: unknown }): string {
  return [
    content,
    ...embeds
      .parse(all)
      .flatMap(({ title = '', description = '', fields = [], footer }) => [
        title,
        description,
        ...fields.flatMap(({ name, value }) => [name, value]),
        footer?.text ?? '',
      ]),
  ].join('\n');
}

const SETTINGS: RegistrationSettings = {
  ...REGISTRATION,
  editions: ['java', 'bedrock'],
  whitelist: ['survival'],
};

const server = (id: string, name: string) => ({
  id,
  name,
  probe: 'java' as const,
  address: 'play.example.net',
  port: null,
  intervalMs: 86_400_000,
  timeoutMs: 1_000,
  thresholds: DEFAULT_THRESHOLDS,
  allowInternal: false,
  host: id,
  isPublic: true,
  channels: [],
  maintenance: [],
  expectStatus: null,
  rcon: null,
});

describe('the commands about accounts, with workflows behind them', () => {
  let stage: Stage;
  let worker: Awaited<ReturnType<typeof scriptedWorker>>;
  const ends: (() => Promise<void>)[] = [];
  let firstKey = 0;

  beforeAll(async () => {
    stage = await Stage.set(
      demoConfiguration({
        servers: [server('survival', 'Survival'), server('lobby', 'Lobby')],
        registration: SETTINGS,
        games: [{ serverId: 'survival', adapter: 'plugin', secretVariables: ['GAME_SECRET'] }],
      }),
    );
    ends.push(() => stage.strike());
    const knex = connect(stage.variables['DATABASE_URL'] ?? '', {
      applicationName: 'test',
      poolMax: 1,
    });
    const recorder = createRegistrationRecorder(knex);
    // Twelve of Rue's, so that lists have two pages.
    for (let index = 0; index < 12; index += 1) {
      const linked = await recorder.link({
        operation: `test-${index}`,
        guildId: DEMO.guild,
        userId: DEMO.people.rue,
        actorId: DEMO.people.mira,
        reason: 'A *test*',
        player: { edition: 'java', name: `Rue_${String(index).padStart(2, '0')}`, uuid: null },
        mostAccounts: null,
        serverIds: [],
        now: Date.now(),
      });
      if (index === 0 && 'account' in linked) firstKey = linked.account.key;
    }
    await knex.destroy();
    worker = await scriptedWorker(stage.variables);
    ends.unshift(() => worker.stop());
    await stage.startBot();
  });

  afterAll(async () => {
    for (const end of ends) await end();
  });

  const person = (name: string): Person => stage.driver.person(name);
  const run = (
    who: string,
    command: string,
    options: Parameters<Person['runCommand']>[1] = {},
  ): Promise<InteractionHandle> => person(who).runCommand(command, options, { evenIfHidden: true });
  const asked = async (...given: Parameters<typeof run>): Promise<SeenMessage> =>
    (await run(...given)).reply();
  const told = async (...given: Parameters<typeof run>): Promise<string> =>
    words(await asked(...given));
  const clicked = async (who: string, message: { id: string }, label: string) =>
    (await person(who).click(message, label)).reply();

  describe('/register', () => {
    it('shows a code, a newer one for the same name in any case, and no more than there are', async () => {
      const first = await asked('pip', 'register', { name: 'Steve_1' });
      expect(words(first)).toContain('`/verify CDFH-2341`');
      const second = await asked('pip', 'register', { name: 'steve_1', edition: 'java' });
      expect(words(second)).toContain('CDFH-2342');
      const third = await clicked('pip', second, 'New code');
      expect(words(third)).toContain('CDFH-2343');
      expect(third.id).not.toBe(second.id);
      expect(await told('pip', 'register', { name: 'STEVE_1' })).toContain(
        'You have had 3 codes for this registration',
      );

      const subject = { guildId: DEMO.guild, userId: DEMO.people.pip };
      const workflowId = registrationWorkflowId({ ...subject, edition: 'java', name: 'Steve_1' });
      const handle = stage.client.workflow.getHandle(workflowId);
      expect((await handle.describe()).status.name).toBe('RUNNING');
      expect(words(await clicked('pip', third, 'Cancel'))).toContain('You have cancelled');
      await handle.result();
      const again = await clicked('pip', second, 'New code');
      expect(words(again)).toContain('This registration is over');
      expect(words(await clicked('pip', second, 'Cancel'))).toContain('This registration is over');
    });

    it('knows the edition by the name', async () => {
      expect(await told('wren', 'register', { name: '.Some One' })).toContain(
        '**Some One** (Bedrock Edition)',
      );
      expect(await told('wren', 'register', { name: 'no!' })).toContain('“!”');
    });
  });

  describe('/accounts and /unregister', () => {
    it('show one’s own, page by page, and what is under way for nobody else', async () => {
      expect(await told('pip', 'accounts')).toContain('You have no accounts here yet');
      const first = await asked('rue', 'accounts');
      expect(words(first)).toContain('⭐ **Rue\\_00** (Java Edition) · linked by the team');
      expect(words(first)).toContain('12 accounts · ⭐ is your primary account · page 1 of 2');
      const second = await clicked('rue', first, 'More ▶');
      expect(second.id).toBe(first.id);
      expect(words(second)).toContain('page 2 of 2');
      expect(words(await clicked('rue', second, '◀ Back'))).toContain('page 1 of 2');
    });

    it('hand a change over with nothing but what was picked', async () => {
      const list = await asked('rue', 'accounts');
      const picked = await person('rue').select(list, '1:primary', 'Rue_03 (Java Edition)');
      expect(words(await picked.reply())).toContain('That is your primary account already.');
      expect(worker.asked.changes.at(-1)).toMatchObject({
        actorId: DEMO.people.rue,
        change: { type: 'make-primary', accountKey: firstKey + 3 },
      });

      const choices = await person('rue').autocomplete('unregister', 'name', { name: 'ue_1' });
      expect(choices).toEqual([
        { name: 'Rue_10 (Java Edition)', value: 'java:Rue_10' },
        { name: 'Rue_11 (Java Edition)', value: 'java:Rue_11' },
      ]);
      await told('rue', 'unregister', { name: 'java:Rue_10' });
      expect(worker.asked.changes.at(-1)?.change).toEqual({
        type: 'unregister',
        edition: 'java',
        name: 'Rue_10',
      });
    });
  });

  describe('/account', () => {
    it('finds by member and by name, and turns pages', async () => {
      const first = await asked('mira', 'account lookup', { user: DEMO.people.rue });
      expect(words(first)).toContain(`**Rue\\_00** (Java Edition) · <@${DEMO.people.rue}> ⭐`);
      const next = await clicked('mira', first, 'More ▶');
      expect(words(next)).toContain('Rue\\_11');
      expect(words(await clicked('mira', next, '⏮ First'))).toContain('Rue\\_00');
      expect(await told('mira', 'account lookup', { name: 'rue_05' })).toContain('Rue\\_05');
      expect(await told('mira', 'account lookup', { name: 'nobody' })).toContain(
        'No account matches: names that begin with “nobody”.',
      );
    });

    it('shows one with its history, and unlinks it for a reason', async () => {
      const list = await asked('mira', 'account lookup', { name: 'rue_05' });
      const picked = await person('mira').select(list, '1:account', 'Rue_05 (Java Edition)');
      const card = await picked.reply();
      expect(words(card)).toContain(
        `<@${DEMO.people.mira}> linked it to <@${DEMO.people.rue}>\n> A \\*test\\*`,
      );
      const form = await (await person('mira').click(card, 'Unlink …')).modal();
      expect(form.title).toBe('Unlink Rue_05');
      const sent = await person('mira').submitModal(form, { reason: 'It was sold' });
      expect(words(await sent.reply())).toContain('belongs to nobody');
      const change = worker.asked.changes.at(-1)?.change;
      expect(change).toMatchObject({ type: 'unlink', accountKey: firstKey + 5 });
      expect(JSON.stringify(change)).not.toContain('sold');
    });

    it('links and unlinks by command', async () => {
      await told('mira', 'account link', {
        user: DEMO.people.pip,
        name: '.Some  One',
        reason: 'Asked in a ticket',
        uuid: '069A79F444E94726A5BEFCA90E38AAF5',
      });
      expect(worker.asked.changes.at(-1)?.change).toMatchObject({
        type: 'link',
        userId: DEMO.people.pip,
        edition: 'bedrock',
        name: 'Some One',
        uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
      });
      const reason = 'A mistake';
      expect(
        await told('mira', 'account link', { user: DEMO.people.pip, name: 'a b!', reason }),
      ).toContain('No such name');
      const choices = await person('mira').autocomplete('account unlink', 'name', {
        name: 'rue_0',
        reason,
      });
      expect(choices[0]).toEqual({ name: 'Rue_00 (Java Edition)', value: `#${firstKey}` });
      await told('mira', 'account unlink', { name: `#${firstKey}`, reason });
      expect(worker.asked.changes.at(-1)?.change).toMatchObject({ accountKey: firstKey });
      await told('mira', 'account unlink', { name: 'RUE_02', reason });
      expect(worker.asked.changes.at(-1)?.change).toMatchObject({ accountKey: firstKey + 2 });
      expect(await told('mira', 'account unlink', { name: 'nobody', reason })).toContain(
        'There is no such account here',
      );
    });

    it('is for staff alone, also where somebody keeps a button', async () => {
      const before = worker.asked.changes.length;
      expect(await told('pip', 'account lookup', { name: 'rue' })).toContain(
        'This is for the team',
      );
      expect(
        await told('pip', 'account unlink', { name: `#${firstKey}`, reason: 'Because' }),
      ).toContain('This is for the team');
      const list = await asked('tom', 'account lookup', { name: 'rue' });
      await person('tom').set({ roles: [] });
      expect(words(await clicked('tom', list, 'More ▶'))).toContain('This is for the team');
      await person('tom').set({ roles: [DEMO.roles.moderator] });
      expect(worker.asked.changes).toHaveLength(before);
    });
  });

  describe('/server whitelist check', () => {
    it('shows the difference first, then repairs', async () => {
      const shown = await asked('ada', 'server whitelist check', { server: 'survival' });
      expect(words(shown)).toContain('Nothing has been changed yet');
      expect(words(shown)).toContain('**Steve\\_1**');
      const repairing = await person('ada').click(shown, 'Repair');
      await repairing.settled(({ content }) => content.includes('is being told'));
      expect(worker.asked.checks).toMatchObject([
        { serverId: 'survival', repair: false, userId: DEMO.people.ada },
        { serverId: 'survival', repair: true },
      ]);
    });

    it('is about servers whose whitelist is kept, and for administrators', async () => {
      expect(await told('ada', 'server whitelist check', { server: 'Lobby' })).toContain(
        'is not kept here',
      );
      expect(await told('ada', 'server whitelist check', { server: 'nowhere' })).toContain(
        'There is no server',
      );
      expect(await told('mira', 'server whitelist check', { server: 'survival' })).toContain(
        'Only administrators',
      );
      const choices = await person('ada').autocomplete('server whitelist check', 'server', {
        server: '',
      });
      expect(choices).toEqual([{ name: 'Survival', value: 'survival' }]);
    });
  });

  it('are told when somebody leaves who has accounts, and not of others', async () => {
    await person('wren').leave();
    await person('rue').leave();
    await until('the departure', () =>
      Promise.resolve(worker.asked.changes.some(({ change }) => change.type === 'left')),
    );
    expect(worker.asked.changes.filter(({ change }) => change.type === 'left')).toMatchObject([
      { guildId: DEMO.guild, actorId: null, answerTo: null, change: { userId: DEMO.people.rue } },
    ]);
  });

  it('leave no code, and nothing that a person wrote but names, in any history', async () => {
    const histories: string[] = [];
    for await (const { workflowId } of stage.client.workflow.list()) {
      const history = await stage.client.workflow.getHandle(workflowId).fetchHistory();
      histories.push(textsOf(history));
    }
    expect(histories.length).toBeGreaterThan(8);
    const all = histories.join('\n');
    expect(all).toContain('"name":"Some One"');
    expect(all).not.toMatch(/CDFH-234|It was sold|A mistake|Asked in a ticket/);
  });
});

/** All that stands in a history, what is in its payloads too. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n');
}
