import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Service } from '../../src/cli/service';
import { createAnnouncementRecorder } from '../../src/db/announcements';
import { samples } from '../../src/web/sources/samples';
import { DEMO, type InteractionHandle, type Person, type SeenMessage } from '../../sandbox';
import { source } from '../contracts/announcement-fixtures';
import { NewsDesk } from '../stage/news-desk';
import { until } from '../workflow/until';

const embeds = z.array(
  z.object({
    title: z.string().optional(),
    description: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  }),
);

/** All that a message says. */
const words = ({ content, embeds: all }: SeenMessage): string =>
  [
    content,
    ...embeds
      .parse(all)
      .flatMap(({ title = '', description = '', fields = [] }) => [
        title,
        description,
        ...fields.flatMap(({ name, value }) => [name, value]),
      ]),
  ].join('\n');

/** What is shown once, for whoever enters it at the service. */
function credentials({ content }: SeenMessage): { address: string; secret: string } {
  const [address = '', secret = ''] = [...content.matchAll(/```\n(.+)\n```/g)].map(
    ([, text = '']) => text,
  );
  return { address, secret };
}

const markOf = (n: number): string => n.toString(16).padStart(40, 'c');

describe('sources of announcements, by command', () => {
  let desk: NewsDesk;
  let bot: Service;
  let channelId: string;
  let address = '';
  const secrets: string[] = [];

  beforeAll(async () => {
    desk = await NewsDesk.open();
    [bot, { id: channelId }] = await Promise.all([
      desk.stage.startBot(),
      desk.channel({ name: 'news' }),
    ]);
  });
  afterAll(() => desk.close());

  const person = (name: string): Person => desk.stage.driver.person(name);
  const run = (
    who: string,
    command: string,
    options: Parameters<Person['runCommand']>[1] = {},
  ): Promise<InteractionHandle> =>
    person(who).runCommand(`announce ${command}`, options, { evenIfHidden: true });
  const asked = async (...given: Parameters<typeof run>): Promise<SeenMessage> =>
    (await run(...given)).reply();
  const told = async (...given: Parameters<typeof run>): Promise<string> =>
    words(await asked(...given));
  const add = (options: Parameters<typeof run>[2] = {}) =>
    asked('ada', 'add', { provider: 'github', id: 'keep', channel: channelId, ...options });
  const clicked = async (message: SeenMessage, label: string, what: string): Promise<SeenMessage> =>
    (await person('ada').click(message, label)).settled((shown) => words(shown).includes(what));
  const picked = async (message: SeenMessage, menu: string, value: string, what: string) =>
    (await person('ada').select(message, menu, value)).settled((shown) =>
      words(shown).includes(what),
    );

  /** Delivers a push as GitHub does. @returns the answer's status */
  const deliver = async (mark: string, secret: string): Promise<number> => {
    const sample = desk.sample('github', 'push', mark);
    const signed = samples.github.sign(sample, {
      ...{ secret, id: mark, now: Date.now() },
      authentication: { kind: 'standard-webhooks' },
    });
    const { status } = await fetch(address, {
      method: 'POST',
      body: sample.body,
      headers: { 'content-type': sample.contentType, ...sample.headers, ...signed },
    });
    return status;
  };
  /** The web server looks at the records every few seconds. */
  const answered = (status: number, mark: string, secret: string): Promise<unknown> =>
    until(`the answer ${status}`, async () => (await deliver(mark, secret)) === status);

  it('are for administrators alone', async () => {
    const refusal = 'Only administrators can manage what is announced here.';
    for (const command of ['list', 'test', 'deliveries', 'rotate', 'remove', 'edit']) {
      const options = command === 'list' ? {} : { source: 'keep' };
      expect(await told('mira', command, options)).toBe(refusal);
    }
    const options = { provider: 'github', id: 'mine', channel: channelId };
    expect(await told('mira', 'add', options)).toBe(refusal);
    expect(await desk.reader.sources(DEMO.guild)).toEqual([]);
  });

  it('are refused where they cannot be right, and say so where there are none', async () => {
    expect(await told('ada', 'list')).toContain('`/announce add` adds a source');
    expect(words(await add({ id: 'Big One' }))).toContain('id must be 1 to 32');
    expect(words(await add({ provider: 'youtube' }))).toContain('youtube\\_channel is missing');
    expect(words(await add({ publish: true }))).toContain('publish needs an announcement channel');
    const everyone = await add({ ping: DEMO.guild });
    expect(words(everyone)).toContain('ping must be a role');
    expect(await told('ada', 'edit', { source: 'nothing' })).toContain('There is no source');
    expect(await told('ada', 'rotate', { source: 'nothing' })).toContain('There is no source');
  });

  it('show address and secret once, and what is signed with it is posted', async () => {
    const added = await add({ events: 'push', staff_channel: DEMO.channels.deskLog });
    const shown = credentials(added);
    ({ address } = shown);
    secrets.push(shown.secret);
    expect(address).toBe(`${desk.url}/webhooks/github/${DEMO.guild}-keep`);
    expect(words(added)).toContain('`application/json`');
    expect(words(await add())).toContain('There is already a source **keep**');

    await answered(202, markOf(1), shown.secret);
    expect(await deliver(markOf(2), 'guessed')).toBe(401);
    expect(await desk.settled('keep', markOf(1))).toMatchObject({ fate: 'posted' });
    const [post, ...others] = await desk.posts(channelId);
    expect(others).toEqual([]);
    expect(JSON.stringify(post)).toContain('Lower the drawbridge');
  });

  it('take a forum and an announcement channel for what they are', async () => {
    const [forum, board] = await Promise.all([
      desk.channel({ name: 'talks', type: ChannelType.GuildForum }),
      desk.channel({ name: 'board', type: ChannelType.GuildAnnouncement }),
    ]);
    await add({ id: 'talks', channel: forum.id });
    await add({ id: 'board', channel: board.id, publish: true, language: 'de' });
    const records = await desk.reader.sources(DEMO.guild);
    expect(records.flatMap(({ settings }) => settings.routes)).toMatchObject([
      { channelKind: 'announcement', publish: true, language: 'de' },
      { channelKind: 'text', filter: { events: ['push'] } },
      { channelKind: 'forum' },
    ]);
    const choices = await person('ada').autocomplete('announce edit', 'source', { source: 'ee' });
    expect(choices).toEqual([{ name: 'keep · GitHub', value: 'keep' }]);
  });

  it('list what came and what became of it, and deliver it again', async () => {
    const list = await asked('ada', 'list');
    expect(words(list)).toMatch(
      /\*\*keep\*\* · GitHub → <#\d+>\n-# ✅ last delivery <t:\d+:R>: posted/,
    );
    const card = await picked(list, '1:source', 'keep', 'How it is');
    expect(words(card)).toContain('only the events push');
    expect(words(card)).not.toContain(secrets[0]);
    const deliveries = await clicked(card, 'Last deliveries', 'Deliveries of keep');
    const [value = ''] = optionsOf(deliveries);
    const delivery = await picked(deliveries, '1:dlv:keep', value, 'A delivery of keep');
    expect(words(delivery)).toContain('**Posted**');

    const again = await (await person('ada').click(delivery, 'Deliver again')).reply();
    expect(words(again)).toContain('is delivered again');
    await until('the second time', async () => {
      const record = await desk.reader.delivery(DEMO.guild, 'keep', markOf(1));
      return record?.again === 1 && record.fate === 'known';
    });
    expect(await desk.posts(channelId)).toHaveLength(1);
  });

  it('show what a sample would look like, and post nothing', async () => {
    const first = await asked('ada', 'test', { source: 'keep' });
    expect(words(first)).toContain(`✅ → <#${channelId}>: posted like this`);
    expect(words(first)).toContain('drawbridge');
    const next = await clicked(first, 'More ▶', 'sample 2 of');
    expect(words(next)).toContain('held back. The event release.published is not among push.');
    expect(next.embeds).toEqual([]);
    expect(await desk.posts(channelId)).toHaveLength(1);
  });

  it('take no click of somebody who is no administrator any more', async () => {
    await person('mira').set({ roles: [DEMO.roles.moderator, DEMO.roles.owner] });
    const card = await asked('mira', 'list');
    await person('mira').set({ roles: [DEMO.roles.moderator] });
    const click = await person('mira').select(card, '1:source', 'keep');
    await click.settled(({ content }) => content.startsWith('Only administrators'));
  });

  it('go on with their buttons in a new process', async () => {
    const list = await asked('ada', 'list');
    await bot.stop();
    bot = await desk.stage.startBot();
    const card = await picked(list, '1:source', 'keep', 'How it is');
    const rotating = await person('ada').click(card, 'New secret');
    const rotated = await rotating.reply();
    expect(words(rotated)).toContain('has a new secret');
    secrets.push(credentials(rotated).secret);
    expect(new Set(secrets).size).toBe(2);
    await answered(202, markOf(3), secrets[1] ?? '');
    expect(await deliver(markOf(4), secrets[0] ?? '')).toBe(202);
    expect(words(await asked('ada', 'edit', { source: 'keep', events: 'all' }))).toContain(
      'is changed',
    );
  });

  it('leave alone what the configuration file defines', async () => {
    const settings = source('of-file', { secretVariables: ['WEBHOOK_SECRET'] });
    await createAnnouncementRecorder(desk.knex).applySources(DEMO.guild, 'file', [settings]);
    for (const command of ['edit', 'remove']) {
      expect(await told('ada', command, { source: 'of-file' })).toContain('configuration file');
    }
    expect(await told('ada', 'rotate', { source: 'of-file' })).toContain('`WEBHOOK_SECRET`');
    expect(words(await add({ id: 'of-file' }))).toContain('configuration file');
    const [found] = await desk.reader
      .sources(DEMO.guild)
      .then((all) => all.filter(({ settings: { id } }) => id === 'of-file'));
    expect(found?.settings).toEqual(settings);
  });

  it('are removed after a question, and then nothing is taken any more', async () => {
    const question = await asked('ada', 'remove', { source: 'keep' });
    const kept = await clicked(question, 'Keep it', 'How it is');
    const asking = await clicked(kept, 'Remove …', 'Remove **keep**?');
    const removed = await clicked(asking, 'Remove it', 'is removed');
    expect(removed.components).toEqual([]);
    await answered(404, markOf(5), secrets[1] ?? '');
    expect(await told('ada', 'list')).not.toContain('**keep**');
    expect(await desk.posts(channelId)).not.toEqual([]);
  });

  it('leave no secret in any log, nor in any history', async () => {
    const histories: string[] = [];
    for await (const { workflowId } of desk.stage.client.workflow.list()) {
      const history = await desk.stage.client.workflow.getHandle(workflowId).fetchHistory();
      histories.push(textsOf(history));
    }
    const all = [desk.stage.log, ...histories].join('\n');
    expect(all).toContain('source-setup');
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});

/** The values of a message's menu. */
function optionsOf({ components }: SeenMessage): string[] {
  return z
    .array(
      z.object({
        components: z.array(
          z.object({ options: z.array(z.object({ value: z.string() })).optional() }),
        ),
      }),
    )
    .parse(components)
    .flatMap((row) => row.components)
    .flatMap(({ options = [] }) => options.map(({ value }) => value));
}

/** All that stands in a history, what is in its payloads too. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n');
}
