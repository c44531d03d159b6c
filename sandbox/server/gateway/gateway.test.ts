import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayIntentBits as I } from 'discord-api-types/v10';
import { demoSeed, DEMO, startLocalDiscord, type LocalDiscord } from '../../index';
import { GatewaySocket } from '../../testing/gateway-socket';
import { field, rawRest } from '../../testing/raw-rest';

const ALL = I.Guilds | I.GuildMembers | I.GuildMessages | I.MessageContent | I.DirectMessages;
const { general, deskLog } = DEMO.channels;

describe('the gateway', () => {
  let discord: LocalDiscord;
  const sockets: GatewaySocket[] = [];
  beforeEach(async () => {
    discord = await startLocalDiscord();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.cut();
    await discord.stop();
  });

  const open = (): GatewaySocket => {
    const socket = new GatewaySocket(
      `${discord.url.replace('http', 'ws')}/gateway?v=10&encoding=json`,
    );
    sockets.push(socket);
    return socket;
  };
  const loggedIn = async (intents = ALL): Promise<GatewaySocket> => {
    const socket = open();
    await socket.login(discord.token, intents);
    return socket;
  };
  const sessionOf = async (socket: GatewaySocket): Promise<string> =>
    String(field(await socket.event('READY'), 'session_id'));

  it('names its address over REST', async () => {
    const { body } = await rawRest(discord, 'GET', '/gateway/bot');
    expect(field(body, 'url')).toBe(`${discord.url.replace('http', 'ws')}/gateway`);
    expect(field(body, 'session_start_limit', 'max_concurrency')).toBe(1);
  });

  it('greets, answers heartbeats and shows the guild without its members', async () => {
    const socket = await loggedIn();
    socket.send(1, socket.seq);
    await socket.payload((payload) => payload.op === 11);
    const guild = await socket.event('GUILD_CREATE');
    expect(field(guild, 'member_count')).toBe(68);
    expect(field(guild, 'members')).toHaveLength(1);
    expect(field(guild, 'members', 0, 'user', 'id')).toBe(DEMO.bot);
    expect(field(guild, 'channels')).toHaveLength(10);
  });

  it.each([
    ['a wrong token', 'not-the-token', ALL, 4004],
    ['an intent that does not exist', undefined, 1 << 30, 4013],
  ])('closes for %s', async (_, token, intents, code) => {
    const socket = open();
    await socket.identify(token ?? discord.token, intents);
    expect(await socket.closed).toBe(code);
  });

  it('closes for a privileged intent that the application does not have', async () => {
    await discord.stop();
    const seed = demoSeed();
    seed.application.privilegedIntents = { messageContent: false };
    discord = await startLocalDiscord({ seed });
    const socket = open();
    await socket.identify(discord.token, ALL);
    expect(await socket.closed).toBe(4014);
  });

  it.each([
    ['what is no JSON', 'hello', 4002],
    ['an unknown opcode', '{"op":99}', 4001],
    ['a request before the login', '{"op":8,"d":{}}', 4003],
  ])('closes for %s', async (_, text, code) => {
    const socket = open();
    await socket.payload((payload) => payload.op === 10);
    socket.sendText(text);
    expect(await socket.closed).toBe(code);
  });

  it('closes for a second login and for a shard that cannot be', async () => {
    const twice = await loggedIn();
    twice.send(2, { token: discord.token, intents: 0, properties: {} });
    expect(await twice.closed).toBe(4005);
    const shard = open();
    await shard.identify(discord.token, ALL, { shard: [2, 2] });
    expect(await shard.closed).toBe(4010);
  });

  it('closes for more than 120 payloads in a minute', async () => {
    const socket = await loggedIn();
    for (let count = 0; count < 241; count += 1) socket.send(1, null);
    expect(await socket.closed).toBe(4008);
  });

  it('gives each shard its own guilds', async () => {
    const [first, second] = [open(), open()];
    await first.identify(discord.token, ALL, { shard: [0, 2] });
    await second.identify(discord.token, ALL, { shard: [1, 2] });
    const counts = await Promise.all(
      [first, second].map(async (socket) => {
        const guilds = field(await socket.event('READY'), 'guilds');
        return Array.isArray(guilds) ? guilds.length : -1;
      }),
    );
    expect(counts.sort()).toEqual([0, 1]);
  });

  it('gives only what the intents ask for, and content only with its own', async () => {
    const [all, plain, none] = [
      await loggedIn(),
      await loggedIn(I.Guilds | I.GuildMessages),
      await loggedIn(I.Guilds),
    ];
    const pip = discord.driver.person('pip');
    await pip.write(general, 'a secret', { attachments: [{ filename: 'a.txt', content: 'x' }] });
    await pip.write(general, `hello <@${DEMO.bot}>`);
    const [full, bare] = [await all.event('MESSAGE_CREATE'), await plain.event('MESSAGE_CREATE')];
    expect(field(full, 'content')).toBe('a secret');
    expect(field(full, 'member', 'roles')).toEqual([DEMO.roles.player]);
    expect([field(bare, 'content'), field(bare, 'attachments')]).toEqual(['', []]);
    const mention = await plain.payload(
      ({ t, d }) => t === 'MESSAGE_CREATE' && field(d, 'content') !== '',
    );
    expect(field(mention.d, 'content')).toBe(`hello <@${DEMO.bot}>`);
    await discord.driver.person('tom').set({ nick: 'Tommy' });
    expect(field(await all.event('GUILD_MEMBER_UPDATE'), 'nick')).toBe('Tommy');
    await rawRest(discord, 'PATCH', `/channels/${general}`, { body: { topic: 'new' } });
    expect(field(await none.event('CHANNEL_UPDATE'), 'topic')).toBe('new');
    expect(none.received.some(({ t }) => t === 'MESSAGE_CREATE')).toBe(false);
    expect(plain.received.some(({ t }) => t === 'GUILD_MEMBER_UPDATE')).toBe(false);
  });

  it('says nothing of messages in channels that the bot does not see', async () => {
    const socket = await loggedIn();
    const { body } = await rawRest(discord, 'GET', `/channels/${deskLog}`);
    expect(field(body, 'name')).toBe('desk-log');
    const overwrite = { type: 1, allow: '0', deny: '1024' };
    const path = `/channels/${deskLog}/permissions/${DEMO.bot}`;
    expect((await rawRest(discord, 'PUT', path, { body: overwrite })).status).toBe(204);
    await discord.driver.person('mira').write(deskLog, 'among us');
    await discord.driver.person('mira').write(general, 'to all');
    expect(field(await socket.event('MESSAGE_CREATE'), 'content')).toBe('to all');
  });

  it('answers requests for members in chunks', async () => {
    const socket = await loggedIn();
    socket.send(8, { guild_id: DEMO.guild, query: '', limit: 0, nonce: 'all' });
    const all = await socket.event('GUILD_MEMBERS_CHUNK');
    expect(field(all, 'members')).toHaveLength(68);
    expect([field(all, 'chunk_index'), field(all, 'chunk_count')]).toEqual([0, 1]);
    socket.send(8, { guild_id: DEMO.guild, query: 'play', limit: 5, nonce: 'some' });
    const some = await socket.payload(({ d }) => field(d, 'nonce') === 'some');
    expect(field(some.d, 'members')).toHaveLength(5);
    const userIds = [DEMO.people.pip, '1'];
    socket.send(8, { guild_id: DEMO.guild, user_ids: userIds, limit: 0, nonce: 'ids' });
    const ids = await socket.payload(({ d }) => field(d, 'nonce') === 'ids');
    expect(field(ids.d, 'not_found')).toEqual(['1']);
  });

  it('replays exactly what a resumed session missed', async () => {
    const socket = await loggedIn();
    const pip = discord.driver.person('pip');
    await pip.write(general, 'one');
    await socket.event('MESSAGE_CREATE');
    const [session, seq] = [await sessionOf(socket), socket.seq];
    socket.cut();
    await pip.write(general, 'two');
    await pip.write(general, 'three');
    const again = open();
    await again.resume(discord.token, session, seq);
    await again.event('RESUMED');
    const heard = again.received.filter(({ t }) => t === 'MESSAGE_CREATE');
    expect(heard.map(({ d }) => field(d, 'content'))).toEqual(['two', 'three']);
    expect(heard.map(({ s }) => s)).toEqual([seq + 1, seq + 2]);
  });

  it('cannot resume what it has never given, nor a session that was invalidated', async () => {
    const socket = await loggedIn();
    const session = await sessionOf(socket);
    socket.cut();
    const ahead = open();
    await ahead.resume(discord.token, session, 999);
    expect((await ahead.payload(({ op }) => op === 9)).d).toBe(false);
    await discord.driver.gateway.invalidate(false);
    const late = open();
    await late.resume(discord.token, session, 1);
    expect((await late.payload(({ op }) => op === 9)).d).toBe(false);
    const wrong = open();
    await wrong.resume('not-the-token', session, 1);
    expect(await wrong.closed).toBe(4004);
  });

  it('asks to reconnect, declares sessions invalid and refuses connections on demand', async () => {
    const socket = await loggedIn();
    await discord.driver.gateway.reconnect();
    await socket.payload(({ op }) => op === 7);
    await discord.driver.gateway.invalidate(true);
    expect((await socket.payload(({ op }) => op === 9)).d).toBe(true);
    await discord.driver.gateway.pause(60_000, { drop: true });
    await socket.closed;
    expect(await open().closed).toBe(1006);
    await discord.driver.gateway.pause(0);
    await loggedIn();
  });

  it('sends late by half of the added round trip, and in order', async () => {
    const socket = await loggedIn();
    await discord.driver.latency(60);
    const pip = discord.driver.person('pip');
    for (const word of ['a', 'b', 'c']) await pip.write(general, word);
    await socket.payload(({ d }) => field(d, 'content') === 'c');
    const heard = socket.received.filter(({ t }) => t === 'MESSAGE_CREATE');
    expect(heard.map(({ d }) => field(d, 'content'))).toEqual(['a', 'b', 'c']);
  });
});
