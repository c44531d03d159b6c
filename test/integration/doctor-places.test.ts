import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { Knex } from 'knex';
import { examineDiscord } from '../../src/cli/doctor/discord';
import type { Finding } from '../../src/cli/doctor/finding';
import { readEnvironment } from '../../src/config/environment';
import { configurationHash } from '../../src/config/guild';
import { createAnnouncementRecorder } from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createMirrorRecorder } from '../../src/db/mirrors';
import { permissionsFor } from '../../src/discord/rights/invitation';
import { bitsOf } from '../../src/discord/rights/permission';
import type { Route, SourceSettings } from '../../src/domain/announcements/settings';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import { DEMO, demoSeed, startLocalDiscord, type LocalDiscord } from '../../sandbox';
import { route, source } from '../contracts/announcement-fixtures';
import { mirrorSettings } from '../contracts/mirror-fixtures';
import { demoConfiguration } from '../e2e/bot-stage/configuration';
import { databaseUrl } from '../parts';
import { guildWithBot } from '../stage/guild-with-bot';

const { general, rules, survival, deskLog } = DEMO.channels;
const QUIET = '1100000000000000180';
const BOARD = '1100000000000000181';
const FORUM = '1100000000000000182';
const OPEN = '1100000000000000183';
const GONE = '1100000000000000199';
/** A guild that the bot is not in. */
const ELSEWHERE = '1200000000000000100';
const CHANNELS = [
  {
    id: QUIET,
    name: 'quiet',
    overwrites: [{ id: DEMO.bot, type: 'member' as const, deny: P.EmbedLinks | P.MentionEveryone }],
  },
  { id: BOARD, name: 'board', type: 'announcement' as const },
  { id: FORUM, name: 'talks', type: 'forum' as const },
  { id: OPEN, name: 'open' },
];
/** What README.md invites the bot with. */
const BASE = bitsOf(permissionsFor({ nicknames: true, routes: [], mirrors: [] }));

describe('the doctor, of announcements and mirrors', () => {
  let url: string;
  let knex: Knex;
  let dataDir: string;
  let discord: LocalDiscord | undefined;

  beforeAll(async () => {
    url = await databaseUrl();
    await migrate(url);
    knex = connect(url, { applicationName: 'doctor-places', poolMax: 1 });
    dataDir = mkdtempSync(path.join(tmpdir(), 'castellan-doctor-'));
    for (const guildId of [DEMO.guild, ELSEWHERE]) {
      const configuration = demoConfiguration({ guildId });
      await createGuildRepository(knex).apply(configuration, configurationHash(configuration));
    }
  });

  afterEach(async () => {
    await setUp([], []);
    await discord?.stop();
    discord = undefined;
  });

  afterAll(async () => {
    await knex.destroy();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const setUp = async (
    sources: readonly SourceSettings[],
    mirrors: readonly MirrorSettings[],
  ): Promise<void> => {
    await createAnnouncementRecorder(knex).applySources(DEMO.guild, 'file', sources);
    const definitions = mirrors.map((settings) => ({ settings, agreed: true }));
    await createMirrorRecorder(knex).applyMirrors(DEMO.guild, definitions, '1');
  };
  const news = (id: string, channelId: string, more: Partial<Route> = {}): SourceSettings =>
    source(id, { routes: [route({ channelId, ...more })] });
  const mirror = (more: Partial<MirrorSettings> = {}): MirrorSettings =>
    mirrorSettings({
      fromChannelId: general,
      to: { guildId: DEMO.guild, channelId: rules },
      ...more,
    });

  /** A Discord in which the bot has these permissions by its role. */
  const begin = async (permissions: bigint): Promise<API> => {
    await discord?.stop();
    discord = await startLocalDiscord({ seed: guildWithBot(permissions, CHANNELS) });
    return new API(new REST({ api: discord.api }).setToken(discord.token));
  };
  const examined = async (more: Readonly<Record<string, string>> = {}): Promise<Finding[]> =>
    examineDiscord(
      readEnvironment({
        DISCORD_TOKEN: discord?.token,
        DISCORD_API_URL: discord?.api,
        DATABASE_URL: url,
        CASTELLAN_DATA_DIR: dataDir,
        ...more,
      }),
    );
  const wrong = async (): Promise<string[]> =>
    (await examined()).flatMap(({ ok, text }) => (ok ? [] : [text]));

  it('names what the invitation of the README leaves out, and the invitation that has it', async () => {
    await setUp(
      [news('talk', general, { thread: true }), news('posts', FORUM, { channelKind: 'forum' })],
      [mirror(), mirror({ id: 'plain', to: { guildId: DEMO.guild, channelId: QUIET } })],
    );
    await begin(BASE);
    const texts = await wrong();
    const address = /https:\/\/discord\.com\/oauth2\/authorize\S+/;
    expect(texts.map((text) => text.replace(address, 'ADDRESS'))).toEqual([
      'In "Kestrel Keep", source "posts" cannot post as it should: in "#talks" the bot lacks Send Messages in Threads. Allow them to its role in the permissions of that channel, or everywhere by inviting it anew: ADDRESS',
      'In "Kestrel Keep", source "talk" cannot post as it should: in "#general" the bot lacks Create Public Threads. Allow them to its role in the permissions of that channel, or everywhere by inviting it anew: ADDRESS',
      'In "Kestrel Keep", mirror "copies" cannot make its copies: in "#rules" the bot lacks Manage Webhooks. Allow them to its role in the permissions of that channel, or everywhere by inviting it anew: ADDRESS',
      'In "Kestrel Keep", mirror "plain" cannot make its copies: in "#quiet" the bot lacks Manage Webhooks. Allow them to its role in the permissions of that channel, or everywhere by inviting it anew: ADDRESS',
    ]);
    const [invited, ...others] = new Set(texts.map((text) => address.exec(text)?.[0] ?? ''));
    expect(others).toEqual([]);
    const wanted = new URL(invited ?? '').searchParams;
    expect(wanted.get('guild_id')).toBe(DEMO.guild);
    expect(BigInt(wanted.get('permissions') ?? 0)).toBe(
      (BASE & ~P.ManageNicknames) |
        P.CreatePublicThreads |
        P.SendMessagesInThreads |
        P.ManageWebhooks,
    );

    await begin(BigInt(wanted.get('permissions') ?? 0));
    expect(await wrong()).toEqual([]);
    expect(await examined()).toContainEqual({
      ok: true,
      text: 'In "Kestrel Keep" announcements and mirrors have every channel and permission',
    });
  });

  it('asks a plain mirror, its reactions and threads for what they need, and for no webhooks', async () => {
    const plain = mirror({
      ...{ style: 'plain', reactions: true, threads: true },
      to: { guildId: DEMO.guild, channelId: OPEN },
    });
    await setUp([], [plain]);
    await begin(BASE & ~P.AttachFiles & ~P.AddReactions);
    const of = (text: string): string | undefined => /lacks ([^.]*)\./.exec(text)?.[1];
    expect((await wrong()).map(of)).toEqual([
      'Attach Files, Add Reactions',
      'Attach Files, Add Reactions, Create Public Threads, Send Messages in Threads',
    ]);
    await begin(bitsOf(permissionsFor({ nicknames: false, routes: [], mirrors: [plain] })));
    expect(await wrong()).toEqual([]);
  });

  it('tells what only the settings of a channel take away, also for a ping', async () => {
    const ping = { roleId: DEMO.roles.player, everyMs: 1 };
    await setUp([news('pings', QUIET, { ping }), news('hidden', deskLog)], []);
    const api = await begin(BASE);
    await api.channels.editPermissionOverwrite(deskLog, DEMO.bot, {
      type: OverwriteType.Member,
      deny: String(P.ReadMessageHistory),
    });
    expect(await wrong()).toEqual([
      'In "Kestrel Keep", source "hidden" cannot post as it should: in "#desk-log" the bot lacks Read Message History. Its role has them elsewhere: allow them in the permissions of that channel.',
      'In "Kestrel Keep", source "pings" cannot post as it should: in "#quiet" the bot lacks Embed Links, Mention All Roles. Its role has them elsewhere: allow them in the permissions of that channel.',
    ]);
  });

  it('finds channels, tags and roles that are gone or of the wrong kind', async () => {
    const all = BASE | P.SendMessagesInThreads | P.ManageWebhooks;
    const api = await begin(all);
    const forum = await api.guilds.createChannel(DEMO.guild, {
      ...{ name: 'ideas', type: ChannelType.GuildForum },
      available_tags: [{ name: 'team', moderated: true }],
    });
    const [tag] = 'available_tags' in forum ? forum.available_tags : [];
    const posts = { channelKind: 'forum' } as const;
    await setUp(
      [
        news('a', GONE),
        news('b', survival),
        news('c', general, { channelKind: 'announcement', publish: true }),
        news('d', FORUM, { ...posts, tagIds: ['7'] }),
        news('e', forum.id, { ...posts, tagIds: [tag?.id ?? ''] }),
        news('f', general, { ping: { roleId: '8', everyMs: 1 } }),
        news('g', general, { channelKind: 'forum' }),
        source('h', { routes: [route({ channelId: BOARD })], staffChannelId: GONE }),
      ],
      [
        mirror({ fromChannelId: FORUM, to: { guildId: DEMO.guild, channelId: GONE } }),
        mirror({ id: 'far', to: { guildId: ELSEWHERE, channelId: GONE } }),
      ],
    );
    const inFile = 'in the configuration file and restart the worker.';
    const cannot = 'cannot post as it should';
    const [ofE, ...others] = (await wrong())
      .map((text) => text.replace('In "Kestrel Keep", ', ''))
      .sort((one, other) => Number(!one.includes('"e"')) - Number(!other.includes('"e"')));
    expect(ofE).toContain(`source "e" ${cannot}: in "#ideas" the bot lacks Manage Threads.`);
    expect(BigInt(/permissions=(\d+)/.exec(ofE ?? '')?.[1] ?? 0) & P.ManageThreads).not.toBe(0n);
    expect(others).toEqual([
      `source "a" ${cannot}: the channel ${GONE} is gone. Name another channel ${inFile}`,
      `source "b" ${cannot}: "#survival" is no text or announcement channel. Name another channel ${inFile}`,
      `source "c" ${cannot}: "#general" is no announcement channel. Name another channel ${inFile}`,
      `source "d" ${cannot}: the forum "#talks" has no tag 7 any more. Name tags of that forum ${inFile}`,
      `source "f" ${cannot}: the role 8 that it pings is gone. Name another role ${inFile}`,
      `source "g" ${cannot}: "#general" is no forum. Name another channel ${inFile}`,
      `source "h" cannot tell administrators of trouble: the channel ${GONE} is gone. Name another channel ${inFile}`,
      `mirror "copies" cannot read its originals: "#talks" is no text or announcement channel. Name another channel ${inFile}`,
      `mirror "copies" cannot make its copies: the channel ${GONE} is gone. Name another channel ${inFile}`,
      `mirror "far": the bot is not in the server ${ELSEWHERE} at its other end. Invite it there anew, or end the mirror: /mirror list shows how.`,
    ]);
  });

  it('invites the bot that is in no guild with what the configuration file uses', async () => {
    discord = await startLocalDiscord({ seed: { ...demoSeed(), guilds: [] } });
    const page = `https://discord.com/oauth2/authorize?client_id=${DEMO.application}&scope=bot+applications.commands`;
    expect(await wrong()).toEqual([
      `The bot is in no guild. Invite it: ${page}&permissions=${BASE}`,
    ]);
    const file = path.join(dataDir, 'castellan.yaml');
    writeFileSync(
      file,
      `guilds:
  - guild: Keep
    teams: { helpers: { name: Helpers, members: [Mod] } }
    categories: [{ id: a, title: A, description: A, team: helpers }]
    mirrors: [{ id: news, from: one, to: two }]
`,
    );
    const mirroring = (BASE & ~P.ManageNicknames) | P.ManageWebhooks;
    expect(await examined({ CASTELLAN_CONFIG: file })).toContainEqual({
      ok: false,
      text: `The bot is in no guild. Invite it to "Keep": ${page}&permissions=${mirroring}`,
    });
  });

  it('says nothing of places where nothing is announced, and why where the records are not read', async () => {
    await begin(BASE);
    expect(JSON.stringify(await examined())).not.toMatch(/announcements|mirrors/);
    const unread = await examined({
      DATABASE_URL: 'postgres://castellan:hunter2@127.0.0.1:9/castellan',
    });
    expect(unread.at(-1)).toMatchObject({
      ok: true,
      text: expect.stringMatching(/^What announcements and mirrors need is known when the records/),
    });
    expect(JSON.stringify(unread)).not.toContain('hunter2');
  });
});
