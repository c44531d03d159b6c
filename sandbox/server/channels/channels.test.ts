import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../index';
import { field, rawRest, type RawRequest } from '../../testing/raw-rest';

const { general, tickets } = DEMO.channels;

describe('channels', () => {
  let discord: LocalDiscord;
  beforeEach(async () => {
    discord = await startLocalDiscord({ limits: 'off' });
  });
  afterEach(async () => {
    await discord.stop();
  });

  const ask = async (method: string, path: string, request: RawRequest = {}): Promise<unknown> =>
    (await rawRest(discord, method, path, request)).body;
  const post = async (path: string, body: unknown): Promise<string> => {
    const answer = await rawRest(discord, 'POST', path, { body });
    expect(answer.status).toBeLessThan(300);
    return String(field(answer.body, 'id'));
  };
  /** Status and code of a refusal. */
  const refusal = async (
    method: string,
    path: string,
    body?: unknown,
    more: RawRequest = {},
  ): Promise<unknown[]> => {
    const answer = await rawRest(discord, method, path, {
      ...more,
      ...(body === undefined ? {} : { body }),
    });
    return [answer.status, field(answer.body, 'code')];
  };

  const create = `/guilds/${DEMO.guild}/channels`;

  it('takes over the category, and keeps the bot from granting what it lacks', async () => {
    const id = await post(create, { name: 'Bug Reports!', parent_id: tickets });
    const channel = await ask('GET', `/channels/${id}`);
    expect(channel).toMatchObject({ name: 'bug-reports', parent_id: tickets, type: 0 });
    expect(field(channel, 'permission_overwrites')).toHaveLength(5);
    const admin = { id: DEMO.people.pip, type: 1, allow: P.BanMembers.toString(), deny: '0' };
    const body = { name: 'x', permission_overwrites: [admin] };
    expect(await refusal('POST', create, body)).toEqual([403, 50013]);
    expect(await refusal('POST', create, { name: 'x', parent_id: general })).toEqual([400, 50035]);
  });

  it('holds 50 channels in a category and 500 in a guild', async () => {
    for (let n = 0; n < 50; n += 1) await post(create, { name: `c${n}`, parent_id: tickets });
    const full = await rawRest(discord, 'POST', create, {
      body: { name: 'over', parent_id: tickets },
    });
    expect(field(full.body, 'errors', 'parent_id', '_errors', 0, 'code')).toBe(
      'CHANNEL_PARENT_MAX_CHANNELS',
    );
    const { channels } = await discord.driver.guild();
    for (let n = channels.length; n < 500; n += 1) await post(create, { name: `d${n}` });
    expect(await refusal('POST', create, { name: 'over' })).toEqual([400, 30013]);
  });

  it('sets and takes away single overwrites', async () => {
    const path = `/channels/${general}/permissions/${DEMO.people.pip}`;
    const body = { type: 1, allow: '0', deny: P.ViewChannel.toString() };
    expect((await rawRest(discord, 'PUT', path, { body })).status).toBe(204);
    const pip = discord.driver.person('pip');
    await expect(pip.see(general)).rejects.toMatchObject({ code: 50001 });
    expect((await rawRest(discord, 'DELETE', path)).status).toBe(204);
    expect(await refusal('DELETE', path)).toEqual([404, 10009]);
    expect(await pip.see(general)).toEqual([]);
  });

  it('is deleted by hand by those who may', async () => {
    const id = await post(create, { name: 'short-lived' });
    await expect(discord.driver.person('pip').deleteChannel(id)).rejects.toMatchObject({
      code: 50013,
    });
    await discord.driver.person('ada').deleteChannel(id);
    expect(await refusal('GET', `/channels/${id}`)).toEqual([404, 10003]);
  });

  it('has threads of its own kind', async () => {
    const board = await post(create, { name: 'board', type: 5 });
    const thread = (type?: number) => ({ name: 'Talk', ...(type !== undefined && { type }) });
    expect(await ask('POST', `/channels/${board}/threads`, { body: thread(10) })).toMatchObject({
      type: 10,
      parent_id: board,
    });
    for (const wrong of [thread(), thread(11), thread(12)])
      expect(await refusal('POST', `/channels/${board}/threads`, wrong)).toEqual([400, 50024]);
    expect(await ask('POST', `/channels/${general}/threads`, { body: thread(11) })).toMatchObject({
      type: 11,
    });
    expect(await refusal('POST', `/channels/${general}/threads`, thread(10))).toEqual([400, 50024]);
  });

  it('lets go of its children when a category is deleted', async () => {
    const category = await post(create, { name: 'Old', type: 4 });
    const child = await post(create, { name: 'child', parent_id: category });
    await rawRest(discord, 'DELETE', `/channels/${category}`);
    expect(field(await ask('GET', `/channels/${child}`), 'parent_id')).toBeNull();
  });

  it('moves several, but only one to another category', async () => {
    const a = await post(create, { name: 'a' });
    const b = await post(create, { name: 'b' });
    const both = [
      { id: a, parent_id: tickets },
      { id: b, parent_id: tickets },
    ];
    expect(await refusal('PATCH', create, both)).toEqual([400, 40009]);
    const moves = [
      { id: a, parent_id: tickets, lock_permissions: true },
      { id: b, position: 9 },
    ];
    expect((await rawRest(discord, 'PATCH', create, { body: moves })).status).toBe(204);
    expect(field(await ask('GET', `/channels/${a}`), 'permission_overwrites')).toHaveLength(5);
    expect(field(await ask('GET', `/channels/${b}`), 'position')).toBe(9);
  });
});
