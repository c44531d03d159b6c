import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { z } from 'zod';
import {
  MIRROR_WORKFLOW,
  mirrorReviewWorkflowId,
  mirrorWorkflowId,
} from '../../workflows/mirror/contract';
import { DEMO, demoSeed, type Person, type SeenMessage } from '../../sandbox';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage, type Neighbour } from './bot-stage/stage';

const { general, rules, welcome, support } = DEMO.channels;
const ABROAD = '1200000000000000100';
const SQUARE = '1200000000000000102';
const GATE = '1200000000000000103';
const NORTH = '1200000000000000104';
const SOUTH = '1200000000000000105';
const WALL = '1200000000000000106';
const BOARD = '1200000000000000107';

/** Another guild of the same people, where Sol is the owner. */
function abroad(): Neighbour {
  const [home] = demoSeed().guilds;
  if (home === undefined) throw new Error('The demo has a guild.');
  const castellan = home.roles.find((role) => role.id === DEMO.roles.castellan);
  if (castellan === undefined) throw new Error('The bot has a role.');
  const role = '1200000000000000101';
  return {
    configuration: demoConfiguration({
      guildId: ABROAD,
      guildName: 'Abroad',
      adminRoleIds: [],
      deskLogChannelId: GATE,
      panels: [],
    }),
    seed: {
      ...home,
      id: ABROAD,
      name: 'Abroad',
      ownerId: DEMO.people.sol,
      roles: [{ ...castellan, id: role }],
      channels: [
        { id: SQUARE, name: 'square' },
        { id: GATE, name: 'gate' },
        { id: NORTH, name: 'north' },
        { id: SOUTH, name: 'south' },
        { id: BOARD, name: 'board', type: 'announcement' },
        {
          id: WALL,
          name: 'wall',
          overwrites: [{ id: role, type: 'role', deny: P.ManageWebhooks }],
        },
      ],
      members: home.members.map(({ userId }) => ({
        userId,
        roles: userId === DEMO.bot ? [role] : [],
      })),
    },
  };
}

/** Who adds mirrors in a guild, and where. */
interface MirroringGuild {
  readonly id: string;
  readonly owner: string;
  readonly channelId: string;
}

const HOME: MirroringGuild = { id: DEMO.guild, owner: 'ada', channelId: general };
const AWAY: MirroringGuild = { id: ABROAD, owner: 'sol', channelId: GATE };

const author = z.object({ username: z.string() });

describe('mirrors', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(demoConfiguration(), [abroad()]);
    await Promise.all([stage.startBot(), stage.startWorker()]);
  });

  afterAll(async () => {
    await stage.strike();
  });

  const person = (name: string): Person => stage.driver.person(name);
  const command = async (
    who: string,
    name: string,
    options: Parameters<Person['runCommand']>[1] = {},
    channelId?: string,
  ): Promise<SeenMessage> => {
    const where = { evenIfHidden: true, ...(channelId !== undefined && { channelId }) };
    return (await person(who).runCommand(name, options, where)).reply();
  };
  /** Adds a mirror, and waits until the bot has taken notice. */
  const add = async (
    options: { id: string } & Record<string, string | number | boolean>,
    guild = HOME,
  ): Promise<string> => {
    const { content } = await command(guild.owner, 'mirror add', options, guild.channelId);
    if (content.startsWith('✅')) await noticed(options.id, guild.id);
    return content;
  };
  const noticed = (id: string, guildId = HOME.id): Promise<unknown> =>
    until(`the bot’s look at ${id}`, async () => {
      const review = stage.client.workflow.getHandle(mirrorReviewWorkflowId(guildId, id));
      const description = await review.describe().catch(() => null);
      return description?.status.name === 'COMPLETED';
    });
  /** What stands in a channel as soon as it is like this. */
  const shows = async (
    channelId: string,
    passes: (messages: SeenMessage[]) => boolean,
    what: string,
  ): Promise<SeenMessage[]> => {
    let seen: SeenMessage[] = [];
    await stage.driver.waitFor(
      async (driver) => {
        seen = await driver.messages(channelId);
        return passes(seen);
      },
      30_000,
      what,
    );
    return seen;
  };
  const copyOf = async (channelId: string, text: string): Promise<SeenMessage> => {
    const has = ({ content }: SeenMessage): boolean => content.includes(text);
    const seen = await shows(channelId, (all) => all.some(has), `the copy “${text}”`);
    const found = seen.find(has);
    if (found === undefined) throw new Error('It was there.');
    return found;
  };

  it('copies what is written, with its author, attachments and answers, and pings nobody', async () => {
    expect(
      await add({ id: 'news', from: general, to: rules, reactions: true, edit_window: '1h' }),
    ).toContain('is copied into');
    const pip = person('pip');
    const first = await pip.write(general, `Hello <@${DEMO.people.rue}> @everyone **bold**`, {
      attachments: [{ filename: 'map.txt', content: 'a map' }],
    });
    const copy = await copyOf(rules, 'Hello');
    expect(copy.content).toBe(first.content);
    expect(author.parse(copy.author).username).toBe('Pip');
    expect(copy.attachments).toMatchObject([{ filename: 'map.txt', size: 5 }]);
    expect(copy).toMatchObject({ mentions: [], mention_everyone: false });

    await person('rue').write(general, 'Welcome', { replyTo: first });
    const reply = await copyOf(rules, 'Welcome');
    expect(reply.content).toContain(
      `> ↪ [**Pip**](https://discord.com/channels/${DEMO.guild}/${rules}/${copy.id})`,
    );

    await pip.react(first, '🎉');
    await shows(
      rules,
      (all) => JSON.stringify(all.find(({ id }) => id === copy.id)).includes('🎉'),
      'the reaction',
    );
  });

  it('follows edits and deletions, and copies nothing that was deleted before its turn', async () => {
    const pip = person('pip');
    const typo = await pip.write(general, 'Wrods');
    const copy = await copyOf(rules, 'Wrods');
    await pip.edit(typo, 'Words');
    expect((await copyOf(rules, 'Words')).id).toBe(copy.id);
    const slow = await stage.driver.faults.add({
      match: { method: 'POST', route: '/webhooks/', times: 1 },
      kind: 'delay',
      ms: 700,
    });
    await pip.write(general, 'A slow one');
    await slow.hit();
    const gone = await pip.write(general, 'Never seen');
    await pip.delete(gone);
    await pip.delete(typo);
    await pip.write(general, 'After all');
    await copyOf(rules, 'After all');
    const left = await shows(
      rules,
      (all) => !all.some(({ id }) => id === copy.id),
      'the end of the copy',
    );
    expect(left.map(({ content }) => content)).not.toContain('Never seen');
    const posts = await stage.driver.journal({ kind: 'rest', method: 'POST' });
    expect(JSON.stringify(posts)).not.toContain('Never seen');
    await stage.client.workflow.getHandle(mirrorWorkflowId(DEMO.guild, 'news', typo.id)).result();
  });

  it('follows a message whose workflow is over: edits within the window, deletions always', async () => {
    const pip = person('pip');
    const old = await pip.write(general, 'From long ago');
    const copy = await copyOf(rules, 'From long ago');
    const handle = stage.client.workflow.getHandle(mirrorWorkflowId(DEMO.guild, 'news', old.id));
    // A copy is seen before it is on record; no workflow is over before that.
    await until('the end of the copying', async () => {
      const { raw } = await handle.describe();
      return (raw.pendingActivities ?? []).length === 0;
    });
    await handle.terminate('as if its time were over');
    await pip.edit(old, 'From long ago, edited');
    expect((await copyOf(rules, 'long ago, edited')).id).toBe(copy.id);
    await handle.terminate('once more');
    await pip.delete(old);
    await shows(rules, (all) => !all.some(({ id }) => id === copy.id), 'the end of the copy');
    await handle.result();
  });

  it('keeps a burst in order, and makes no copy twice when Discord answers badly', async () => {
    await stage.driver.limits('off');
    const posts = { method: 'POST', route: '/webhooks/' };
    await stage.driver.faults.add({
      match: { ...posts, skip: 4, times: 1 },
      kind: 'status',
      status: 502,
      when: 'after',
    });
    await stage.driver.faults.add({
      match: { ...posts, skip: 9, times: 1 },
      kind: 'drop',
      when: 'after',
    });
    const texts = Array.from({ length: 30 }, (_, index) => `burst ${index}`);
    for (const text of texts) await person('pip').write(general, text);
    const seen = await shows(
      rules,
      (all) => all.some(({ content }) => content === texts.at(-1)),
      'the last of the burst',
    );
    const copied = seen.map(({ content }) => content).filter((text) => text.startsWith('burst'));
    expect(copied).toEqual(texts);
    await stage.driver.faults.clear();
    await stage.driver.limits('discord');
  });

  it('refuses circles, and copies no copy', async () => {
    expect(await add({ id: 'on', from: rules, to: welcome, bots: true, style: 'plain' })).toContain(
      'is copied into',
    );
    expect(await add({ id: 'back', from: welcome, to: general })).toContain('in a circle');
    expect(await add({ id: 'self', from: general, to: general })).toContain('in a circle');
    await person('pip').write(general, 'Not further than one channel');
    await copyOf(rules, 'Not further');
    await person('ada').write(rules, 'From the rules');
    const copy = await copyOf(welcome, 'From the rules');
    expect(copy.content).toBe('**Ada**: From the rules');
    const texts = (await stage.driver.messages(welcome)).map(({ content }) => content);
    expect(texts.filter((text) => text.includes('Not further'))).toEqual([]);
  });

  it('copies into another guild only when its administrators agree', async () => {
    const asked = await command('ada', 'mirror add', {
      ...{ id: 'abroad', from: support, elsewhere: SQUARE },
    });
    expect(asked.content).toContain('Its staff were asked');
    await person('ada').write(support, 'Too early');
    const [notice] = await shows(GATE, (all) => all.length > 0, 'the question');
    if (notice === undefined) throw new Error('There is a question.');
    const refused = await (await person('pip').click(notice, 'Agree')).reply();
    expect(refused.content).toContain('Only administrators');
    const list = await command('sol', 'mirror list', {}, GATE);
    expect(JSON.stringify(list.embeds)).toContain('waits for an administrator');
    const agreed = await (await person('sol').click(list, 'Agree “abroad”')).reply();
    expect(agreed.content).toContain('copies into this server from now on');
    await noticed('abroad');
    await person('ada').write(support, `For <@${DEMO.people.rue}>, abroad`);
    expect((await copyOf(SQUARE, 'abroad')).content).toBe('For @Rue, abroad');
    expect((await stage.driver.messages(SQUARE)).map(({ content }) => content)).toHaveLength(1);
    expect((await command('ada', 'mirror remove', { mirror: 'abroad' })).content).toContain(
      'copies nothing any more',
    );
  });

  it('copies earlier messages first where that was asked for, and threads into threads', async () => {
    const sol = person('sol');
    for (const text of ['one', 'two', 'three']) await sol.write(NORTH, `earlier ${text}`);
    await add({ id: 'filled', from: NORTH, to: SOUTH, backfill: 2, threads: true }, AWAY);
    await sol.write(NORTH, 'now');
    const seen = await shows(SOUTH, (all) => all.some(({ content }) => content === 'now'), 'all');
    expect(seen.map(({ content }) => content)).toEqual(['earlier two', 'earlier three', 'now']);
    const begun = seen.at(-1);
    const original = (await stage.driver.messages(NORTH)).at(-1);
    const thread = await sol.startThread(NORTH, 'Talk', original);
    await sol.write(thread.id, 'In the thread');
    // A thread that is begun at a message has its id.
    const copy = await copyOf(begun?.id ?? '', 'In the thread');
    expect(author.parse(copy.author).username).toBe('Sol');
  });

  it('makes threads that begin at no message, also in a channel of announcements', async () => {
    await add({ id: 'boarded', from: SOUTH, to: BOARD, threads: true }, AWAY);
    const sol = person('sol');
    const thread = await sol.startThread(SOUTH, 'Plans');
    await sol.write(thread.id, 'In the plans');
    const made = await until('the thread in the channel of announcements', async () =>
      (await stage.driver.person('sol', ABROAD).visibleChannels()).find(
        ({ parentId }) => parentId === BOARD,
      ),
    );
    expect(made.name).toBe('Plans');
    expect((await copyOf(made.id, 'In the plans')).content).toBe('In the plans');
  });

  it('tells staff once what keeps it from copying', async () => {
    const added = await add({ id: 'walled', from: SQUARE, to: WALL }, AWAY);
    expect(added).toContain(
      `I cannot copy into <#${WALL}> yet: give my role **Manage Webhooks** there.`,
    );
    await person('sol').write(SQUARE, 'Held up');
    const isNotice = ({ content }: SeenMessage): boolean => content.includes('is held up');
    const [notice] = (await shows(GATE, (all) => all.some(isNotice), 'the notice')).filter(
      isNotice,
    );
    expect(notice?.content).toContain('Manage Webhooks');
    await person('sol').write(SQUARE, 'Held up as well');
    expect((await command('sol', 'mirror list', {}, GATE)).embeds).toMatchObject([
      { description: expect.stringContaining('held up; the log channel says why') },
    ]);
    expect((await stage.driver.messages(GATE)).filter(isNotice)).toHaveLength(1);
    expect(await stage.driver.messages(WALL)).toEqual([]);
    await command('sol', 'mirror remove', { mirror: 'walled' }, GATE);
  });

  it('says in Temporal what it is about, without what was written', async () => {
    const found = [];
    const query = `WorkflowType = '${MIRROR_WORKFLOW}' and CastellanKind = 'mirror'`;
    for await (const one of stage.client.workflow.list({ query })) found.push(one.workflowId);
    expect(found.length).toBeGreaterThan(30);
    expect(JSON.stringify(found)).not.toContain('Hello');
  });
});
