import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiscordSnowflake } from '@sapphire/snowflake';
import { z } from 'zod';
import type { Service } from '../../src/cli/service';
import { ticketWorkflowId } from '../../workflows/ticket/contract';
import { DEMO, type InteractionHandle, type Person } from '../../sandbox';
import { Stage } from './bot-stage/stage';

const embeds = z.array(
  z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  }),
);

/** All that the embeds of a message say. */
function embedText(message: { embeds: unknown } | undefined): string {
  return embeds
    .parse(message?.embeds ?? [])
    .flatMap(({ title, description, fields }) => [
      title ?? '',
      description ?? '',
      ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
    ])
    .join('\n');
}

/** How many cases a list shows. */
function casesIn(message: { embeds: unknown }): number {
  return embedText(message).match(/^\*\*#\d+\*\*/gm)?.length ?? 0;
}

describe('the bot, with a worker behind it', () => {
  let stage: Stage;
  let bot: Service;

  beforeAll(async () => {
    stage = await Stage.set();
    [bot] = await Promise.all([stage.startBot(), stage.startWorker()]);
  });

  afterAll(async () => {
    await stage.strike();
  });

  const openSupport = async (person: Person, subject: string): Promise<InteractionHandle> => {
    const asked = await person.runCommand('ticket open', { category: 'support' });
    return person.submitModal(await asked.modal(), { subject, details: 'It is gone.' });
  };

  const channelIn = (text: string): string => {
    const id = /<#(\d+)>/.exec(text)?.[1];
    if (id === undefined) throw new Error(`There is no channel in: ${text}`);
    return id;
  };

  it('offers its commands', async () => {
    const { commands } = await stage.driver.world();
    expect(commands.map(({ name }) => name).sort()).toEqual([
      'account',
      'accounts',
      'announce',
      'mirror',
      'panel',
      'register',
      'server',
      'servers',
      'staff',
      'ticket',
      'unregister',
    ]);
  });

  it('asks for a category, shows its form and opens the ticket', async () => {
    const pip = stage.driver.person('pip');
    const asked = await pip.runCommand('ticket open');
    const menu = await asked.reply();
    const chosen = await pip.select(menu, 'What is it about?', 'support');
    const modal = await chosen.modal();
    expect(modal.title).toBe('Support');
    const sent = await pip.submitModal(modal, {
      subject: 'My base @everyone',
      details: '**gone** <@1>',
    });
    expect((await sent.acknowledged).kind).toBe('deferred');
    const answer = await sent.settled(({ content }) => content.includes('#1'));
    const messages = await pip.see(channelIn(answer.content));
    expect(messages).toHaveLength(1);
    const [card] = messages;
    expect(embedText(card)).toContain('#1 · 🛟 Support');
    expect(embedText(card)).toContain('My base ＠everyone');
    expect(embedText(card)).toContain('\\*\\*gone\\*\\* <\\@1>');
  });

  it('opens a category without a form at once', async () => {
    const rue = stage.driver.person('rue');
    const asked = await rue.runCommand('ticket open', { category: 'quick' });
    const answer = await asked.settled(({ content }) => content.includes('is open'));
    expect(answer.content).toContain('<#');
  });

  it('completes the category while it is typed', async () => {
    const rue = stage.driver.person('rue');
    const choices = await rue.autocomplete('ticket open', 'category', { category: 'supp' });
    expect(choices).toEqual([{ name: 'Support', value: 'support' }]);
  });

  it('lets staff claim, release, raise, resolve and reopen with the buttons of the channel', async () => {
    const [pip, mira, tom, sol] = ['player01', 'mira', 'tom', 'sol'].map((name) =>
      stage.driver.person(name),
    ) as [Person, Person, Person, Person];
    const sent = await openSupport(pip, 'A life');
    const channelId = channelIn(
      (await sent.settled(({ content }) => content.includes('is open'))).content,
    );
    const cardId = (await pip.see(channelId))[0]?.id ?? '';
    const shows = (text: string) =>
      stage.driver.waitFor(
        async (driver) =>
          JSON.stringify((await driver.messages(channelId))[0] ?? {}).includes(text),
        20_000,
        text,
      );
    const clicked = async (person: Person, label: string) =>
      (await (await person.click({ id: cardId }, label)).reply()).content;

    expect(await clicked(pip, 'Claim')).toContain('Only the team');
    expect(await clicked(mira, 'Claim')).toContain('You have claimed');
    await shows('Release');
    expect(await clicked(tom, 'Release')).toContain(`<@${mira.id}> is on this ticket`);
    expect(await clicked(mira, 'Raise')).toContain('is raised');
    await shows('raised');
    expect(await clicked(mira, 'Claim')).toContain('Only the team');
    expect(await clicked(sol, 'Claim')).toContain('You have claimed');
    await shows('Release');

    const resolving = await sol.click({ id: cardId }, 'Resolve');
    const resolved = await sol.submitModal(await resolving.modal(), { note: 'Restored.' });
    expect((await resolved.reply()).content).toContain('is resolved');
    await shows('Reopen');
    expect(await clicked(pip, 'Reopen')).toContain('is open again');
  });

  it('shows staff the queue and one case, and brings it up to date after a click', async () => {
    const mira = stage.driver.person('mira');
    const sent = await openSupport(stage.driver.person('player02'), 'For the queue');
    const number = Number(
      /#(\d+)/.exec(
        (await sent.settled(({ content }) => content.includes('is open'))).content,
      )?.[1],
    );

    const queue = await mira.runCommand('staff queue', { category: 'support' });
    const list = await queue.reply();
    expect(embedText(list)).toContain(`#${number}`);
    const picked = await mira.select(list, 'Pick a case to manage it', String(number));
    const view = await picked.settled((message) => embedText(message).startsWith(`#${number} `));
    expect(embedText(view)).toContain(`accepted as #${number}`);
    const claiming = await mira.click(view, 'Claim');
    const claimed = await claiming.settled(({ content }) => content.includes('claimed'));
    expect(embedText(claimed)).toContain(`#${number}`);

    const stranger = await stage.driver
      .person('rue')
      .runCommand('staff case', { number }, { evenIfHidden: true });
    expect((await stranger.reply()).content).toContain('teams that handle tickets');
  });

  it('turns pages, also of a list that another process has shown', async () => {
    const wren = stage.driver.person('wren');
    for (let index = 0; index < 11; index += 1) {
      const asked = await wren.runCommand('ticket open', { category: 'quick' });
      await asked.settled(({ content }) => content.includes('is open'));
    }
    const list = await (await wren.runCommand('ticket list')).reply();
    const older = await wren.click(list, 'Older ▶');
    const second = await older.settled((message) => casesIn(message) === 1);
    const newest = await wren.click(second, '⏮ Newest');
    const first = await newest.settled((message) => casesIn(message) === 10);
    // The last one's record may have caught up with its channel meanwhile; the order has not changed.
    const numbers = (message: { embeds: unknown }) => embedText(message).match(/#\d+/g);
    expect(numbers(first)).toEqual(numbers(list));
  });

  it('shows one’s own tickets only, and closes them', async () => {
    const [owner, other] = [stage.driver.person('player03'), stage.driver.person('player04')];
    const sent = await openSupport(owner, 'Mine');
    const opened = await sent.settled(({ content }) => content.includes('is open'));
    const number = Number(/#(\d+)/.exec(opened.content)?.[1]);
    expect((await (await other.runCommand('ticket view', { number })).reply()).content).toContain(
      'There is no ticket',
    );
    expect((await (await other.runCommand('ticket close', { number })).reply()).content).toContain(
      'There is no ticket',
    );
    const view = await (await owner.runCommand('ticket view', { number })).reply();
    expect(embedText(view)).toContain(`#${number}`);
    const closing = await owner.runCommand('ticket close', { number, reason: 'Found it' });
    expect((await closing.reply()).content).toContain('is closing');
    await stage.driver.waitFor(
      async (driver) =>
        !(await driver.guild()).channels.some(({ id }) => id === channelIn(opened.content)),
      20_000,
      'the channel to go',
    );
    await stage.driver.waitFor(
      async () => {
        const shown = await owner.runCommand('ticket view', { number });
        return embedText(await shown.reply()).includes('Closed');
      },
      20_000,
      'the record of the closing',
    );
    const again = await owner.runCommand('ticket close', { number });
    expect((await again.reply()).content).toContain('is closed');
  });

  it('posts a panel for administrators alone, and opens tickets from it', async () => {
    const mira = stage.driver.person('mira');
    const refused = await mira.runCommand('panel post', {}, { evenIfHidden: true });
    expect((await refused.reply()).content).toContain('Only administrators');
    const ada = stage.driver.person('ada');
    const posting = await ada.runCommand('panel post', { panel: 'main', channel: 'support' });
    await posting.reply();
    const [panel] = await ada.see(DEMO.channels.support);
    if (panel === undefined) throw new Error('The panel is missing.');
    const opening = await stage.driver.person('player05').click(panel, 'Quick question');
    await opening.settled(({ content }) => content.includes('is open'));
  });

  it('tells the ticket once of a burst of messages, at its stop at the latest', async () => {
    const [pip, mira] = [stage.driver.person('player06'), stage.driver.person('mira')];
    const sent = await openSupport(pip, 'Messages');
    const opened = await sent.settled(({ content }) => content.includes('is open'));
    const channelId = channelIn(opened.content);
    await pip.write(channelId, 'Hello?');
    const answer = await mira.write(channelId, 'Here I am');
    const last = await pip.write(channelId, 'Great');
    // Events arrive in order: the click's answer means that the messages before it have arrived.
    await (await pip.runCommand('ticket list')).reply();
    await bot.stop();
    const caseId = ticketWorkflowId(sent.id);
    const { events } = await stage.client.workflow.getHandle(caseId).fetchHistory();
    const signals = (events ?? []).flatMap(
      ({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? [],
    );
    expect(signals.map(({ signalName }) => signalName)).toEqual(['messages']);
    const told: unknown = JSON.parse(
      Buffer.from(signals[0]?.input?.payloads?.[0]?.data ?? []).toString(),
    );
    expect(told).toEqual({
      lastAt: DiscordSnowflake.timestampFrom(last.id),
      staff: { userId: mira.id, at: DiscordSnowflake.timestampFrom(answer.id) },
    });
  });
});
