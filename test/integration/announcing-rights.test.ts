import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { AnnouncementDependencies } from '../../activities/announcements';
import { publishPost } from '../../activities/announcements/publish-post';
import { showPost } from '../../activities/announcements/show-post';
import { createAnnouncementReader, createAnnouncementRecorder } from '../../src/db/announcements';
import { readGuild } from '../../src/discord/rights/guild-view';
import { bitsOf, type Permission } from '../../src/discord/rights/permission';
import { routeTroubles } from '../../src/discord/rights/troubles';
import { release } from '../../src/domain/announcements/samples';
import type { Route } from '../../src/domain/announcements/settings';
import { createLogger } from '../../src/observability/logger';
import { openStorage } from '../../src/storage/open';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../sandbox';
import { delivery, route, routed, SOURCE, source } from '../contracts/announcement-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { guildWithBot } from '../stage/guild-with-bot';

const EVERYTHING = Object.values(P).reduce((sum, bit) => sum | bit, 0n) & ~P.Administrator;
/** Who is no administrator can take away no Manage Roles. */
const DENIABLE = EVERYTHING & ~P.ManageRoles;

/** A way to post, and the kind of channel that it is for. */
interface Way {
  readonly type: ChannelType.GuildText | ChannelType.GuildAnnouncement | ChannelType.GuildForum;
  readonly wanted: Partial<Route>;
  readonly needs: readonly Permission[];
}

const ping = { roleId: DEMO.roles.player, everyMs: 1 };
const WAYS: Readonly<Record<string, Way>> = {
  'a plain post': {
    type: ChannelType.GuildText,
    wanted: {},
    needs: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'],
  },
  'a ping and a thread': {
    type: ChannelType.GuildText,
    wanted: { ping, thread: true },
    needs: [
      ...(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const),
      ...(['CreatePublicThreads', 'MentionEveryone'] as const),
    ],
  },
  'a published post': {
    type: ChannelType.GuildAnnouncement,
    wanted: { channelKind: 'announcement', publish: true },
    needs: ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'],
  },
  'a post in a forum, with a tag of moderators': {
    type: ChannelType.GuildForum,
    wanted: { channelKind: 'forum' },
    needs: [
      ...(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const),
      ...(['SendMessagesInThreads', 'ManageThreads'] as const),
    ],
  },
};
/** What is missed only by a later try, or by an edit after a long time. */
const LATER: readonly Permission[] = ['ReadMessageHistory', 'SendMessagesInThreads'];

describe('the permissions that a route is said to need', () => {
  const records = freshRecords({ [DEMO.guild]: 'Kestrel Keep' }, { poolMax: 4 });
  let discord: LocalDiscord;
  let api: API;
  let dataDir: string;
  let count = 0;

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'castellan-rights-'));
    discord = await startLocalDiscord({ seed: guildWithBot(EVERYTHING), limits: 'off' });
    api = new API(new REST({ api: discord.api, retries: 0 }).setToken(discord.token));
  });

  afterAll(async () => {
    await discord.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A route into a new channel in which the bot may do just this. */
  const into = async ({ type, wanted }: Way, allowed: readonly Permission[]): Promise<Route> => {
    count += 1;
    const deny = String(DENIABLE & ~bitsOf(allowed));
    const channel = await api.guilds.createChannel(DEMO.guild, {
      ...{ name: `channel-${count}`, type },
      ...(type === ChannelType.GuildForum && {
        available_tags: [{ name: 'team', moderated: true }],
      }),
      permission_overwrites: [{ id: DEMO.bot, type: OverwriteType.Member, allow: '0', deny }],
    });
    const tags = channel.type === ChannelType.GuildForum ? channel.available_tags : [];
    return route({ channelId: channel.id, tagIds: tags.map(({ id }) => id), ...wanted });
  };
  const lacking = async (one: Route): Promise<readonly Permission[]> => {
    const who = { guildId: DEMO.guild, userId: DEMO.bot };
    const troubles = routeTroubles(await readGuild(api, who, AbortSignal.timeout(5_000)), one);
    return troubles.flatMap((trouble) => (trouble.kind === 'lacking' ? trouble.permissions : []));
  };
  /** Posts and publishes by it. @returns whether all of it was possible, the ping included */
  const works = async (one: Route): Promise<boolean> => {
    const from = await discord.driver.journalPosition();
    const { knex } = records;
    const recorder = createAnnouncementRecorder(knex);
    const deps: AnnouncementDependencies = {
      discord: api,
      botId: () => Promise.resolve(DEMO.bot),
      records: { ...createAnnouncementReader(knex), ...recorder },
      storage: openStorage(undefined, dataDir),
      log: createLogger({ level: 'silent', name: 'rights' }),
    };
    const id = `delivery-${count}`;
    const now = Date.now();
    await recorder.applySources(DEMO.guild, 'file', [source(SOURCE, { routes: [one] })]);
    const came = delivery(id, { guildId: DEMO.guild, receivedAt: now });
    const plan = await recorder.plan(came, [{ ...routed(release()), route: one, dueAt: now }], now);
    const post = { guildId: DEMO.guild, key: plan?.posts[0]?.key ?? '' };
    const signal = AbortSignal.timeout(10_000);
    const attempt = { workflowId: id, number: 2, now, signal };
    const shown = await showPost(deps, post, attempt);
    if (shown.outcome === 'shown' && shown.publish) await publishPost(deps, post, attempt);
    const requests = await discord.driver.journal({ kind: 'rest', after: from });
    const refused = requests.some((entry) => entry.kind === 'rest' && entry.status === 403);
    const pinged = (await discord.driver.messages(one.channelId)).some(
      ({ mention_roles: roles }) => roles.length > 0,
    );
    return shown.outcome === 'shown' && !refused && pinged === (one.ping !== null);
  };

  it.each(Object.entries(WAYS))('are enough for %s, and none too many', async (_, way) => {
    const needed = await lacking(await into(way, []));
    expect(new Set(needed)).toEqual(new Set(way.needs));
    const full = await into(way, needed);
    expect(await lacking(full)).toEqual([]);
    expect(await works(full)).toBe(true);
    for (const missing of needed.filter((one) => !LATER.includes(one))) {
      const short = await into(
        way,
        needed.filter((one) => one !== missing),
      );
      expect(await lacking(short)).toEqual([missing]);
      expect({ missing, works: await works(short) }).toEqual({ missing, works: false });
    }
  });
});
