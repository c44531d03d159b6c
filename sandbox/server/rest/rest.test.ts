import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../index';
import { field, rawRest, type RawRequest } from '../../testing/raw-rest';

const { general, tickets, support, deskLog } = DEMO.channels;

describe('REST', () => {
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

  it('lets nobody in without the token, and knows what it does not know', async () => {
    expect(await refusal('GET', '/users/@me', undefined, { token: 'x' })).toEqual([401, 0]);
    expect(await refusal('GET', '/users/@me', undefined, { token: null })).toEqual([401, 0]);
    expect(await refusal('GET', '/nothing')).toEqual([404, 0]);
    expect(await refusal('DELETE', '/users/@me')).toEqual([405, 0]);
    expect(await refusal('GET', '/channels/1')).toEqual([404, 10003]);
    expect(await refusal('GET', '/guilds/1')).toEqual([404, 10004]);
    expect(await refusal('GET', `/channels/${general}/messages/1`)).toEqual([404, 10008]);
    expect(await refusal('GET', `/guilds/${DEMO.guild}/members/1`)).toEqual([404, 10013]);
    expect(await refusal('GET', '/channels/abc')).toEqual([400, 50035]);
    const other = await fetch(`${discord.url}/api/v9/users/@me`);
    expect(field(await other.json(), 'code')).toBe(50041);
    const broken = await fetch(`${discord.api}/v10/channels/${general}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bot ${discord.token}`, 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(field(await broken.json(), 'code')).toBe(50109);
  });

  describe('messages', () => {
    it('pages through a channel in every direction', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 7; n += 1) {
        ids.push(await post(`/channels/${general}/messages`, { content: `m${n}` }));
      }
      const page = async (query: string): Promise<unknown[]> => {
        const body = await ask('GET', `/channels/${general}/messages?${query}`);
        return Array.isArray(body) ? body.map((message) => field(message, 'content')) : [];
      };
      expect(await page('limit=2')).toEqual(['m6', 'm5']);
      expect(await page(`limit=2&before=${ids[5] ?? ''}`)).toEqual(['m4', 'm3']);
      expect(await page(`limit=2&after=${ids[1] ?? ''}`)).toEqual(['m3', 'm2']);
      expect(await page(`limit=3&around=${ids[3] ?? ''}`)).toEqual(['m4', 'm3', 'm2']);
      expect(await refusal('GET', `/channels/${general}/messages?limit=101`)).toEqual([400, 50035]);
      await discord.driver.person('ada').delete({ id: ids[3] ?? '' });
      expect(await page(`limit=2&after=${ids[1] ?? ''}`)).toEqual(['m4', 'm2']);
    });

    it('makes one message of two with the same enforced nonce', async () => {
      const path = `/channels/${general}/messages`;
      const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
      const first = await post(path, body);
      expect(await post(path, body)).toBe(first);
      expect(await post(path, { ...body, enforce_nonce: false })).not.toBe(first);
      expect(await post(`/channels/${support}/messages`, body)).not.toBe(first);
    });

    it('replies, mentions as allowed, and keeps everyone quiet', async () => {
      const pip = discord.driver.person('pip');
      const asked = await pip.write(general, 'help');
      const path = `/channels/${general}/messages`;
      const reply = await ask('POST', path, {
        body: {
          content: `<@${DEMO.people.rue}> <@&${DEMO.roles.senior}> @everyone`,
          message_reference: { message_id: asked.id },
          allowed_mentions: { parse: ['users'], replied_user: false },
        },
      });
      expect(field(reply, 'type')).toBe(19);
      expect(field(reply, 'referenced_message', 'content')).toBe('help');
      expect(field(reply, 'mentions')).toHaveLength(1);
      expect(field(reply, 'mentions', 0, 'id')).toBe(DEMO.people.rue);
      expect([field(reply, 'mention_roles'), field(reply, 'mention_everyone')]).toEqual([
        [],
        false,
      ]);
      const gone = { content: 'x', message_reference: { message_id: '1' } };
      expect(await refusal('POST', path, gone)).toEqual([400, 50035]);
      const mild = { message_id: '1', fail_if_not_exists: false };
      expect(
        field(await ask('POST', path, { body: { ...gone, message_reference: mild } }), 'type'),
      ).toBe(0);
    });

    it('edits and deletes by the rules', async () => {
      const pip = discord.driver.person('pip');
      const { id: theirs } = await pip.write(general, 'mine');
      const own = await post(`/channels/${general}/messages`, { content: 'one' });
      const path = `/channels/${general}/messages`;
      const edited = await ask('PATCH', `${path}/${own}`, { body: { content: 'two' } });
      expect(field(edited, 'content')).toBe('two');
      expect(field(edited, 'edited_timestamp')).not.toBeNull();
      expect(await refusal('PATCH', `${path}/${own}`, { content: '' })).toEqual([400, 50006]);
      expect(await refusal('PATCH', `${path}/${theirs}`, { content: 'x' })).toEqual([403, 50005]);
      await expect(pip.delete({ id: own })).rejects.toMatchObject({ code: 50013 });
      expect((await rawRest(discord, 'DELETE', `${path}/${theirs}`)).status).toBe(204);
      expect(await refusal('DELETE', `${path}/${theirs}`)).toEqual([404, 10008]);
    });

    it('deletes in bulk', async () => {
      const path = `/channels/${general}/messages`;
      const ids = [await post(path, { content: 'a' }), await post(path, { content: 'b' })];
      const bulk = `${path}/bulk-delete`;
      expect(await refusal('POST', bulk, { messages: ids.slice(1) })).toEqual([400, 50016]);
      const old = ['1100000000000000999', ...ids];
      expect(await refusal('POST', bulk, { messages: old })).toEqual([400, 50034]);
      expect((await rawRest(discord, 'POST', bulk, { body: { messages: ids } })).status).toBe(204);
      expect(await ask('GET', path)).toEqual([]);
    });

    it('keeps files and serves them from signed addresses', async () => {
      const form = new FormData();
      const about = { content: '', attachments: [{ id: 0, description: 'a log' }] };
      form.append('payload_json', JSON.stringify(about));
      form.append('files[0]', new Blob(['boom']), 'my log.txt');
      const made = await ask('POST', `/channels/${general}/messages`, { form });
      const attachment = field(made, 'attachments', 0);
      expect(attachment).toMatchObject({ filename: 'my_log.txt', size: 4, description: 'a log' });
      const url = String(field(attachment, 'url'));
      const served = await fetch(url);
      expect([await served.text(), served.headers.get('content-type')]).toEqual([
        'boom',
        'text/plain; charset=utf-8',
      ]);
      expect((await fetch(url.replace('hm=', 'hm=0'))).status).toBe(404);
      const path = `/channels/${general}/messages/${String(field(made, 'id'))}`;
      const kept = await ask('PATCH', path, { body: { content: 'text', attachments: [] } });
      expect(field(kept, 'attachments')).toEqual([]);
      expect((await fetch(url)).status).toBe(404);
    });

    it('pins by the old and the new routes', async () => {
      const path = `/channels/${general}`;
      const ids: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        ids.push(await post(`${path}/messages`, { content: `p${n}` }));
      }
      const [first = '', second = '', third = ''] = ids;
      expect((await rawRest(discord, 'PUT', `${path}/pins/${first}`)).status).toBe(204);
      for (const id of [second, third])
        await rawRest(discord, 'PUT', `${path}/messages/pins/${id}`);
      expect(await ask('GET', `${path}/pins`)).toHaveLength(3);
      const page = await ask('GET', `${path}/messages/pins?limit=2`);
      expect([field(page, 'items', 'length'), field(page, 'has_more')]).toEqual([2, true]);
      expect((await rawRest(discord, 'DELETE', `${path}/pins/${second}`)).status).toBe(204);
      expect(await ask('GET', `${path}/pins`)).toHaveLength(2);
      const told = (await discord.driver.messages(general)).filter((one) => one.type === 6);
      expect(told).toHaveLength(3);
    });

    it('counts reactions', async () => {
      const pip = discord.driver.person('pip');
      const message = await pip.write(general, 'vote');
      await pip.react(message, '👍');
      const path = `/channels/${general}/messages/${message.id}`;
      const thumb = encodeURIComponent('👍');
      const put = await rawRest(discord, 'PUT', `${path}/reactions/${thumb}/@me`);
      expect(put.status).toBe(204);
      expect(field(await ask('GET', path), 'reactions', 0)).toMatchObject({ count: 2, me: true });
      expect(await ask('GET', `${path}/reactions/${thumb}`)).toHaveLength(2);
      await rawRest(discord, 'DELETE', `${path}/reactions/${thumb}/@me`);
      expect(field(await ask('GET', path), 'reactions', 0)).toMatchObject({ count: 1, me: false });
      expect(await refusal('PUT', `${path}/reactions/x/@me`)).toEqual([400, 10014]);
      await rawRest(discord, 'DELETE', `${path}/reactions`);
      expect(field(await ask('GET', path), 'reactions')).toBeUndefined();
    });

    it('refuses empty, too long and forbidden ones', async () => {
      const path = `/channels/${general}/messages`;
      expect(await refusal('POST', path, { content: ' ' })).toEqual([400, 50006]);
      expect(await refusal('POST', path, { content: 'x'.repeat(2001) })).toEqual([400, 50035]);
      expect(await refusal('POST', `/channels/${tickets}/messages`, { content: 'x' })).toEqual([
        400, 50008,
      ]);
      await expect(discord.driver.person('pip').write(support, 'x')).rejects.toMatchObject({
        code: 50013,
      });
      await expect(discord.driver.person('pip').write(deskLog, 'x')).rejects.toMatchObject({
        code: 50001,
      });
    });
  });

  it('keeps threads: started, joined, archived, brought back', async () => {
    const base = `/channels/${general}`;
    const message = await post(`${base}/messages`, { content: 'about this' });
    const thread = await post(`${base}/messages/${message}/threads`, { name: 'Talk' });
    expect(thread).toBe(message);
    expect(await refusal('POST', `${base}/messages/${message}/threads`, { name: 'x' })).toEqual([
      400, 160004,
    ]);
    const hidden = await post(`${base}/threads`, { name: 'Hidden', type: 12 });
    const pip = discord.driver.person('pip');
    await expect(pip.write(hidden, 'hi')).rejects.toMatchObject({ code: 50001 });
    const members = `/channels/${hidden}/thread-members`;
    expect((await rawRest(discord, 'PUT', `${members}/${pip.id}`)).status).toBe(204);
    await pip.write(hidden, 'hi');
    expect(await ask('GET', members)).toHaveLength(2);
    const active = await ask('GET', `/guilds/${DEMO.guild}/threads/active`);
    expect(field(active, 'threads')).toHaveLength(2);
    await rawRest(discord, 'PATCH', `/channels/${hidden}`, { body: { archived: true } });
    const archived = await ask('GET', `${base}/threads/archived/private`);
    expect(field(archived, 'threads', 0, 'id')).toBe(hidden);
    await pip.write(hidden, 'back');
    expect(field(await ask('GET', `/channels/${hidden}`), 'thread_metadata', 'archived')).toBe(
      false,
    );
    expect((await rawRest(discord, 'DELETE', `/channels/${hidden}`)).status).toBe(200);
  });

  it('keeps roles and members in their ranks', async () => {
    const guild = `/guilds/${DEMO.guild}`;
    const role = await post(`${guild}/roles`, { name: 'Registered', permissions: '0' });
    const path = `${guild}/members/${DEMO.people.pip}`;
    const roles = `${path}/roles`;
    expect((await rawRest(discord, 'PUT', `${roles}/${role}`)).status).toBe(204);
    expect(field(await ask('GET', path), 'roles')).toEqual([DEMO.roles.player, role]);
    expect(await refusal('PUT', `${roles}/${DEMO.roles.owner}`)).toEqual([403, 50013]);
    expect(await refusal('PUT', `${roles}/1`)).toEqual([404, 10011]);
    const banner = { permissions: P.BanMembers.toString() };
    expect(await refusal('POST', `${guild}/roles`, banner)).toEqual([403, 50013]);
    await rawRest(discord, 'DELETE', `${guild}/roles/${role}`);
    expect(field(await ask('GET', path), 'roles')).toEqual([DEMO.roles.player]);
    expect(await refusal('DELETE', path)).toEqual([403, 50013]);
    const search = await ask('GET', `${guild}/members/search?query=play&limit=3`);
    expect(search).toHaveLength(3);
    const page = await ask('GET', `${guild}/members?limit=10&after=${DEMO.people.pip}`);
    expect(field(page, 0, 'user', 'id')).toBe(DEMO.people.rue);
  });

  it('writes to people directly, unless they do not want it', async () => {
    const open = async (recipient: string): Promise<string> =>
      String(
        field(
          await ask('POST', '/users/@me/channels', { body: { recipient_id: recipient } }),
          'id',
        ),
      );
    const pip = discord.driver.person('pip');
    const channel = await open(pip.id);
    expect(await open(pip.id)).toBe(channel);
    expect(await pip.directMessages()).toBe(channel);
    await post(`/channels/${channel}/messages`, { content: 'hello' });
    await pip.write(channel, 'hello yourself');
    expect((await pip.see(channel)).map((one) => one.content)).toEqual(['hello', 'hello yourself']);
    const closed = await open(DEMO.people.wren);
    expect(await refusal('POST', `/channels/${closed}/messages`, { content: 'x' })).toEqual([
      403, 50007,
    ]);
    expect(await refusal('POST', '/users/@me/channels', { recipient_id: '1' })).toEqual([
      404, 10013,
    ]);
  });

  it('runs webhooks', async () => {
    const made = await ask('POST', `/channels/${general}/webhooks`, { body: { name: 'News' } });
    const [id, token] = [String(field(made, 'id')), String(field(made, 'token'))];
    const hook = `/webhooks/${id}/${token}`;
    const silent = await rawRest(discord, 'POST', hook, {
      body: { content: 'quiet' },
      token: null,
    });
    expect(silent.status).toBe(204);
    const posted = await ask('POST', `${hook}?wait=true`, {
      body: { content: 'loud', username: 'Crier' },
      token: null,
    });
    expect(posted).toMatchObject({ webhook_id: id, author: { username: 'Crier', bot: true } });
    const path = `${hook}/messages/${String(field(posted, 'id'))}`;
    expect(field(await ask('PATCH', path, { body: { content: 'louder' } }), 'content')).toBe(
      'louder',
    );
    expect((await rawRest(discord, 'DELETE', path)).status).toBe(204);
    expect(await refusal('POST', `/webhooks/${id}/x`, { content: 'x' })).toEqual([401, 50027]);
    expect(await ask('GET', `/guilds/${DEMO.guild}/webhooks`)).toHaveLength(1);
    expect((await rawRest(discord, 'DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect(await refusal('POST', hook, { content: 'x' })).toEqual([404, 10015]);
  });

  it('registers commands: created, replaced with their ids kept, changed, deleted', async () => {
    const base = `/applications/${DEMO.application}`;
    const first = await rawRest(discord, 'POST', `${base}/commands`, {
      body: { name: 'a', description: 'A' },
    });
    expect(first.status).toBe(201);
    const id = String(field(first.body, 'id'));
    const again = await rawRest(discord, 'POST', `${base}/commands`, {
      body: { name: 'a', description: 'AA' },
    });
    expect([again.status, field(again.body, 'id')]).toEqual([200, id]);
    const replaced = await ask('PUT', `${base}/commands`, {
      body: [
        { name: 'a', description: 'A' },
        { name: 'b', description: 'B' },
      ],
    });
    expect(field(replaced, 0, 'id')).toBe(id);
    expect(
      field(await ask('PATCH', `${base}/commands/${id}`, { body: { name: 'c' } }), 'name'),
    ).toBe('c');
    expect((await rawRest(discord, 'DELETE', `${base}/commands/${id}`)).status).toBe(204);
    expect(await ask('GET', `${base}/commands`)).toHaveLength(1);
    expect(await refusal('DELETE', `${base}/commands/${id}`)).toEqual([404, 10063]);
    expect(
      await refusal('PUT', `${base}/commands`, [{ name: 'Bad Name', description: 'x' }]),
    ).toEqual([400, 50035]);
    const guild = `${base}/guilds/${DEMO.guild}/commands`;
    await post(guild, { name: 'own', description: 'O' });
    expect(await ask('GET', guild)).toHaveLength(1);
    expect(await refusal('GET', '/applications/1/commands')).toEqual([404, 10002]);
  });
});
