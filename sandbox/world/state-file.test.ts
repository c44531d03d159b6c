import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../index';
import { GatewaySocket } from '../testing/gateway-socket';
import { field, rawRest } from '../testing/raw-rest';

const { general, tickets } = DEMO.channels;

describe('a world that is kept on disk', () => {
  let folder: string;
  let stateFile: string;
  let discord: LocalDiscord;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'local-discord-'));
    stateFile = join(folder, 'deep', 'discord.json');
    discord = await startLocalDiscord({ stateFile });
  });
  afterEach(async () => {
    await discord.stop();
    rmSync(folder, { recursive: true });
  });

  const restart = async (): Promise<void> => {
    const port = Number(new URL(discord.url).port);
    await discord.stop();
    discord = await startLocalDiscord({ stateFile, port });
  };

  it('outlives a restart with everything in it', async () => {
    const pip = discord.driver.person('pip');
    const message = await pip.write(general, 'remember', {
      attachments: [{ filename: 'a.txt', content: 'me' }],
    });
    await pip.react(message, '👍');
    const gone = await pip.write(general, 'forget');
    await pip.delete(gone);
    const made = await rawRest(discord, 'POST', `/guilds/${DEMO.guild}/channels`, {
      body: { name: 'kept', parent_id: tickets },
    });
    const zoe = await discord.driver.addPerson('zoe', { roles: ['Senior'] });
    const body = { content: 'once', nonce: 'n', enforce_nonce: true };
    const path = `/channels/${general}/messages`;
    const once = await rawRest(discord, 'POST', path, { body });
    await restart();
    const [first, second] = await discord.driver.messages(general);
    expect(first).toMatchObject({ content: 'remember', id: message.id });
    expect(first?.reactions?.[0]?.count).toBe(1);
    expect(await (await fetch(first?.attachments[0]?.url ?? '')).text()).toBe('me');
    expect(second?.content).toBe('once');
    const guild = await discord.driver.guild();
    expect(guild.channels.some((one) => one.id === field(made.body, 'id'))).toBe(true);
    expect(guild.members.find((one) => one.id === zoe.id)?.roles).toEqual([DEMO.roles.senior]);
    const again = await rawRest(discord, 'POST', path, { body });
    expect(field(again.body, 'id')).toBe(field(once.body, 'id'));
  });

  it('lets a bot resume its session where it was', async () => {
    const address = (): string => `${discord.url.replace('http', 'ws')}/gateway?v=10&encoding=json`;
    const socket = new GatewaySocket(address());
    const session = await socket.login(discord.token, 512 | 32_768);
    await discord.driver.person('pip').write(general, 'one');
    await socket.event('MESSAGE_CREATE');
    const { seq } = socket;
    socket.cut();
    await discord.driver.person('pip').write(general, 'two');
    await restart();
    await discord.driver.person('pip').write(general, 'three');
    const again = new GatewaySocket(address());
    await again.resume(discord.token, session, seq);
    await again.event('RESUMED');
    const heard = again.received.filter(({ t }) => t === 'MESSAGE_CREATE');
    expect(heard.map(({ d }) => field(d, 'content'))).toEqual(['two', 'three']);
    again.cut();
  });

  it('has everything on disk before it answers, and survives a torn last line', async () => {
    await rawRest(discord, 'POST', `/channels/${general}/messages`, { body: { content: 'safe' } });
    expect(readFileSync(stateFile, 'utf8')).toContain('"content":"safe"');
    await discord.stop();
    appendFileSync(stateFile, '["row","messages","12');
    discord = await startLocalDiscord({ stateFile });
    expect((await discord.driver.messages(general)).map((one) => one.content)).toEqual(['safe']);
  });

  it('lays a world of another version aside and begins anew', async () => {
    await discord.driver.person('pip').write(general, 'old');
    await discord.stop();
    const text = readFileSync(stateFile, 'utf8');
    writeFileSync(stateFile, text.replace('["version",1]', '["version",0]'));
    discord = await startLocalDiscord({ stateFile });
    expect(await discord.driver.messages(general)).toEqual([]);
    expect(readFileSync(`${stateFile}.other-version`, 'utf8')).toContain('"content":"old"');
  });

  it('drops what was overwritten when it starts', async () => {
    const pip = discord.driver.person('pip');
    const message = await pip.write(general, 'v0');
    for (let n = 1; n <= 50; n += 1) await pip.edit(message, `v${n}`);
    const grown = readFileSync(stateFile, 'utf8').split('\n').length;
    await restart();
    expect(readFileSync(stateFile, 'utf8').split('\n').length).toBeLessThan(grown - 45);
    expect((await discord.driver.messages(general))[0]?.content).toBe('v50');
  });
});
