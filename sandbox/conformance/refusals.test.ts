import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Client, Interaction } from 'discord.js';
import { z } from 'zod';
import { DEMO } from '../index';
import { checkRecording } from './check-exchange';
import { BOT_COMMANDS } from './discord-js-bot';
import { logIn, startRecorded } from './ground';
import type { RecordedDiscord } from './ground';
import type { Sent } from './plain-client';
import { vendorDescription } from './vendor-description';

// Hundreds of requests: a busy machine may take long, and that is no failure.
jest.setTimeout(60_000);

const description = vendorDescription();
const withDescription = description === undefined ? describe.skip : describe;
const refusal = z.object({ code: z.number(), message: z.string(), errors: z.unknown().optional() });

const MINUTE = 60_000;
const NOBODY = '1000000000000000001';
const EMOJI = encodeURIComponent('🎫');

/** The codes that the product has to live with, provoked one by one. */
describe('refusals', () => {
  let recorded: RecordedDiscord;
  let client: Client<true>;
  let ahead = 0;

  beforeAll(async () => {
    recorded = await startRecorded({ now: () => Date.now() + ahead });
    client = await logIn(recorded);
    await client.application.commands.set(BOT_COMMANDS);
  });
  afterAll(async () => {
    await client.destroy();
    await recorded.stop();
  });

  /** Sends a request that has to be refused: its status and Discord's code. */
  const refused = async (method: string, path: string, sent: Sent = {}): Promise<number[]> => {
    const { status, body } = await recorded.client.send(method, path, sent);
    return [status, refusal.parse(body).code];
  };
  const make = (method: string, path: string, sent: Sent = {}): Promise<string> =>
    recorded.client.make(method, path, sent);
  const newChannel = (more: Record<string, unknown> = {}): Promise<string> =>
    make('POST', `/guilds/${DEMO.guild}/channels`, { body: { name: 'refusals', ...more } });
  /** An interaction that the bot's code does not answer by itself. */
  const command = async (): Promise<Interaction> => {
    const [interaction] = await Promise.all([
      new Promise<Interaction>((resolve) => client.once('interactionCreate', resolve)),
      recorded.discord.driver.person('pip').runCommand('answer now'),
    ]);
    return interaction;
  };
  const callback = ({ id, token }: Interaction): string => `/interactions/${id}/${token}/callback`;
  const webhook = ({ token }: Interaction): string => `/webhooks/${DEMO.application}/${token}`;
  const answer: Sent = { token: null, body: { type: 4, data: { content: 'Here' } } };

  it('knows its own from nobody’s', async () => {
    expect(await refused('GET', '/users/@me', { token: 'wrong' })).toEqual([401, 0]);
    expect(await refused('GET', '/nothing/here')).toEqual([404, 0]);
    expect(await refused('DELETE', '/users/@me')).toEqual([405, 0]);
    expect(await refused('GET', `/channels/${NOBODY}`)).toEqual([404, 10003]);
    expect(await refused('GET', `/guilds/${NOBODY}`)).toEqual([404, 10004]);
    expect(await refused('GET', `/guilds/${DEMO.guild}/members/${DEMO.bot}1`)).toEqual([
      404, 10013,
    ]);
    const messages = `/channels/${DEMO.channels.general}/messages`;
    expect(await refused('GET', `${messages}/${NOBODY}`)).toEqual([404, 10008]);
    expect(await refused('PATCH', `/guilds/${DEMO.guild}/roles/${NOBODY}`, { body: {} })).toEqual([
      404, 10011,
    ]);
    expect(await refused('GET', `/users/${NOBODY}`)).toEqual([404, 10013]);
    expect(await refused('GET', `/webhooks/${NOBODY}`)).toEqual([404, 10015]);
    const commands = `/applications/${DEMO.application}/commands`;
    expect(await refused('GET', `${commands}/${NOBODY}`)).toEqual([404, 10063]);
  });

  it('keeps rights and ranks', async () => {
    const all = `/guilds/${DEMO.guild}/channels`;
    const stranger = { id: DEMO.guild, type: 0, deny: '1024' };
    const hidden = await newChannel({
      permission_overwrites: [stranger, { id: DEMO.bot, type: 1, deny: '1024' }],
    });
    expect(await refused('GET', `/channels/${hidden}`)).toEqual([403, 50001]);
    const foreign = { id: DEMO.people.pip, type: 1, allow: '8' };
    expect(
      await refused('POST', all, { body: { name: 'x', permission_overwrites: [foreign] } }),
    ).toEqual([403, 50013]);
    const admin = `/guilds/${DEMO.guild}/members/${DEMO.people.pip}/roles/${DEMO.roles.owner}`;
    expect(await refused('PUT', admin)).toEqual([403, 50013]);
    expect(
      await refused('PATCH', `/guilds/${DEMO.guild}/members/${DEMO.people.ada}`, {
        body: { nick: 'Boss' },
      }),
    ).toEqual([403, 50013]);
    const pip = recorded.discord.driver.person('pip');
    const theirs = await pip.write(DEMO.channels.general, 'Mine');
    const path = `/channels/${DEMO.channels.general}/messages/${theirs.id}`;
    expect(await refused('PATCH', path, { body: { content: 'Yours' } })).toEqual([403, 50005]);
  });

  it('wants messages that can be shown', async () => {
    const messages = `/channels/${DEMO.channels.general}/messages`;
    expect(await refused('POST', messages, { body: {} })).toEqual([400, 50006]);
    expect(await refused('POST', messages, { body: { content: 'x'.repeat(2_001) } })).toEqual([
      400, 50035,
    ]);
    expect(
      await refused('POST', `/channels/${DEMO.channels.tickets}/messages`, {
        body: { content: 'x' },
      }),
    ).toEqual([400, 50008]);
    const direct = await make('POST', '/users/@me/channels', {
      body: { recipient_id: DEMO.people.wren },
    });
    expect(
      await refused('POST', `/channels/${direct}/messages`, { body: { content: 'x' } }),
    ).toEqual([403, 50007]);
    const message = await make('POST', messages, { body: { content: 'x' } });
    expect(await refused('PUT', `${messages}/${message}/reactions/wrong/@me`)).toEqual([
      400, 10014,
    ]);
    expect(
      await refused('POST', `${messages}/bulk-delete`, { body: { messages: [message] } }),
    ).toEqual([400, 50016]);
    const gone = { message_reference: { message_id: NOBODY }, content: 'x' };
    expect(await refused('POST', messages, { body: gone })).toEqual([400, 50035]);
  });

  it('holds its limits', async () => {
    const channel = await newChannel();
    const messages = `/channels/${channel}/messages`;
    const message = await make('POST', messages, { body: { content: 'x' } });
    const thread = { body: { name: 'Talk' } };
    const id = await make('POST', `${messages}/${message}/threads`, thread);
    expect(await refused('POST', `${messages}/${message}/threads`, thread)).toEqual([400, 160004]);
    await recorded.client.do('PATCH', `/channels/${id}`, {
      body: { archived: true, locked: true },
    });
    expect(await refused('PUT', `/channels/${id}/thread-members/${DEMO.people.pip}`)).toEqual([
      400, 50083,
    ]);
    for (let code = 0; code < 20; code += 1) {
      const emoji = encodeURIComponent(String.fromCodePoint(0x1f600 + code));
      await recorded.client.do('PUT', `${messages}/${message}/reactions/${emoji}/@me`);
    }
    expect(await refused('PUT', `${messages}/${message}/reactions/${EMOJI}/@me`)).toEqual([
      403, 30010,
    ]);
    for (let count = 0; count < 15; count += 1) {
      await make('POST', `/channels/${channel}/webhooks`, { body: { name: `Hook ${count}` } });
    }
    expect(
      await refused('POST', `/channels/${channel}/webhooks`, { body: { name: 'One more' } }),
    ).toEqual([400, 30007]);
  });

  it('lets a category hold 50 channels', async () => {
    const category = await newChannel({ type: 4 });
    for (let count = 0; count < 50; count += 1) await newChannel({ parent_id: category });
    const body = { name: 'One more', parent_id: category };
    const { body: answered } = await recorded.client.send(
      'POST',
      `/guilds/${DEMO.guild}/channels`,
      { body },
    );
    expect(answered).toMatchObject({
      code: 50035,
      errors: { parent_id: { _errors: [{ code: 'CHANNEL_PARENT_MAX_CHANNELS' }] } },
    });
  });

  it('wants an interaction acknowledged once, in 3 seconds', async () => {
    const first = await command();
    expect(await refused('PATCH', `${webhook(first)}/messages/%40original`, answer)).toEqual([
      404, 10015,
    ]);
    expect(await refused('POST', callback(first), { token: null, body: { type: 6 } })).toEqual([
      400, 50035,
    ]);
    await recorded.client.do('POST', callback(first), answer);
    expect(await refused('POST', callback(first), answer)).toEqual([400, 40060]);

    const late = await command();
    ahead += 3_100;
    expect(await refused('POST', callback(late), answer)).toEqual([404, 10062]);
  });

  it('lets the token of an interaction expire after 15 minutes', async () => {
    const interaction = await command();
    await recorded.client.do('POST', callback(interaction), answer);
    const more: Sent = { token: null, body: { content: 'And more' } };
    ahead += 14 * MINUTE;
    await recorded.client.do('POST', webhook(interaction), more);
    ahead += 2 * MINUTE;
    expect(await refused('POST', webhook(interaction), more)).toEqual([401, 50027]);
    const edit = `${webhook(interaction)}/messages/%40original`;
    expect(await refused('PATCH', edit, more)).toEqual([401, 50027]);
  });

  it('deletes nothing in bulk that is older than 14 days', async () => {
    const messages = `/channels/${DEMO.channels.general}/messages`;
    const old = await make('POST', messages, { body: { content: 'old' } });
    ahead += 14 * 24 * 60 * MINUTE;
    const young = await make('POST', messages, { body: { content: 'young' } });
    expect(
      await refused('POST', `${messages}/bulk-delete`, { body: { messages: [old, young] } }),
    ).toEqual([400, 50034]);
  });

  it('lets a guild have 500 channels', async () => {
    const channels = await recorded.client.do('GET', `/guilds/${DEMO.guild}/channels`);
    const { length } = z.array(z.unknown()).parse(channels);
    for (let count = length; count < 500; count += 1) await newChannel();
    expect(
      await refused('POST', `/guilds/${DEMO.guild}/channels`, { body: { name: 'One more' } }),
    ).toEqual([400, 30013]);
  });

  withDescription('and the vendor’s description', () => {
    it('agree in all of this', async () => {
      if (description === undefined) throw new Error('The description is not here.');
      const checked = await checkRecording(description(), recorded.proxy.exchanges);
      console.log(`Checked ${checked.answers} answers on ${checked.routes.size} routes.`);
      const unknown = (mismatch: string): boolean => mismatch.includes('no such route');
      expect(checked.mismatches.filter((mismatch) => !unknown(mismatch))).toEqual([]);
    });
  });
});
