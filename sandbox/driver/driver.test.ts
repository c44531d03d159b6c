import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO, DriverError, startLocalDiscord, type LocalDiscord } from '../index';
import { field, rawRest } from '../testing/raw-rest';

const { general } = DEMO.channels;

describe('the driver', () => {
  let discord: LocalDiscord;
  beforeEach(async () => {
    discord = await startLocalDiscord();
  });
  afterEach(async () => {
    await discord.stop();
  });

  it('knows people by name and id, and says whom it does not know', () => {
    expect(discord.driver.person('pip').id).toBe(DEMO.people.pip);
    expect(discord.driver.person(DEMO.people.pip).name).toBe('pip');
    expect(() => discord.driver.person('nobody')).toThrow('nobody called nobody');
  });

  it('adds people, changes them, and lets them leave and come back', async () => {
    const zoe = await discord.driver.addPerson('zoe', { roles: ['Moderator'], displayName: 'Zoe' });
    await zoe.set({ nick: 'Zed', roles: ['Player'] });
    const find = async (): Promise<unknown> =>
      (await discord.driver.guild()).members.find((member) => member.id === zoe.id);
    expect(await find()).toMatchObject({ displayName: 'Zed', roles: [DEMO.roles.player] });
    await zoe.leave();
    expect(await find()).toBeUndefined();
    await expect(zoe.write(general, 'x')).rejects.toMatchObject({ code: 50001 });
    await zoe.join(['Player']);
    await zoe.write(general, 'back');
    await expect(zoe.set({ roles: ['Nobody'] })).rejects.toThrow('no role Nobody');
    await zoe.beBanned();
    expect(await find()).toBeUndefined();
  });

  it('shows each person what they see', async () => {
    const names = async (name: string): Promise<string[]> =>
      (await discord.driver.person(name).visibleChannels()).map((channel) => channel.name);
    expect(await names('pip')).not.toContain('desk-log');
    expect(await names('mira')).toContain('desk-log');
    expect(await names('ada')).toHaveLength(10);
  });

  it('edits, deletes, reacts and starts threads as people', async () => {
    const [pip, mira] = [discord.driver.person('pip'), discord.driver.person('mira')];
    const message = await pip.write(general, 'frist');
    expect((await pip.edit(message, 'first')).content).toBe('first');
    await expect(mira.edit(message, 'mine')).rejects.toBeInstanceOf(DriverError);
    await mira.react(message, '👍');
    await mira.unreact(message, '👍');
    const thread = await pip.startThread(general, 'Talk', message);
    await mira.write(thread.id, 'in here');
    await mira.delete(message);
    const reply = await pip.write(general, 'again');
    expect((await pip.write(general, 'to myself', { replyTo: reply })).type).toBe(19);
    const acts = await discord.driver.journal({ kind: 'act' });
    expect(acts.map((entry) => field(entry, 'what'))).toEqual([
      'write',
      'edit',
      'react',
      'unreact',
      'startThread',
      'write',
      'delete',
      'write',
      'write',
    ]);
  });

  it('journals requests with their reason, and finds them again', async () => {
    const after = await discord.driver.journalPosition();
    await rawRest(discord, 'PATCH', `/channels/${general}`, {
      body: { topic: 'new' },
      headers: { 'X-Audit-Log-Reason': encodeURIComponent('über alles') },
    });
    const found = await discord.driver.journal({ route: '^/channels/:channelId$', after });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      method: 'PATCH',
      path: `/channels/${general}`,
      by: { kind: 'bot', id: DEMO.bot },
      status: 200,
      requestBody: { topic: 'new' },
      reason: 'über alles',
      committed: true,
    });
    expect(await discord.driver.journal({ method: 'DELETE' })).toEqual([]);
    await discord.driver.clearJournal();
    expect(await discord.driver.journal()).toEqual([]);
  });

  it('waits for what happens, and says when it does not', async () => {
    const pip = discord.driver.person('pip');
    const written = discord.driver.waitFor(async () =>
      (await pip.see(general)).find((message) => message.content === 'now'),
    );
    const entry = discord.driver.waitForEntry((one) => one.kind === 'act' && one.what === 'write');
    await pip.write(general, 'not yet');
    await pip.write(general, 'now');
    expect((await written).content).toBe('now');
    expect((await entry).kind).toBe('act');
    await expect(discord.driver.waitFor(() => false, 20, 'rain')).rejects.toThrow('for rain');
    await expect(discord.driver.waitForEntry(() => false, 20)).rejects.toThrow('did not come');
  });

  it('says that nothing came also where the time is over before the journal was read', async () => {
    let busy = true;
    // Timers come due before answers are read.
    const keepBusy = (): void => {
      for (const until = performance.now() + 3; performance.now() < until;);
      if (busy) setImmediate(keepBusy);
    };
    setImmediate(keepBusy);
    try {
      await expect(discord.driver.waitForEntry(() => false, 1)).rejects.toThrow('did not come');
    } finally {
      busy = false;
    }
  });

  it('serves the same operations over plain HTTP, for this machine’s own pages only', async () => {
    const call = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${discord.url}/sandbox/person/write`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ userId: DEMO.people.pip, channelId: general, content: 'by HTTP' }),
      });
    expect(field(await (await call({})).json(), 'content')).toBe('by HTTP');
    expect((await call({ Origin: 'https://example.org' })).status).toBe(403);
    expect((await call({ Origin: discord.url })).status).toBe(200);
    const unknown = await fetch(`${discord.url}/sandbox/nothing`, { method: 'POST' });
    expect([unknown.status, field(await unknown.json(), 'code')]).toEqual([409, 'unknown-command']);
    const invalid = await fetch(`${discord.url}/sandbox/person/write`, { method: 'POST' });
    expect(invalid.status).toBe(400);
  });
});
