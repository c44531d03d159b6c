import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { APIInteraction } from '@discordjs/core';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../index';
import { coreBot, type CoreBot } from '../../testing/core-bot';
import { field, rawRest } from '../../testing/raw-rest';

describe('the deadlines of interactions', () => {
  let discord: LocalDiscord;
  let bot: CoreBot;
  let ahead: number;
  let heard: APIInteraction[];
  beforeEach(async () => {
    ahead = 0;
    heard = [];
    discord = await startLocalDiscord({ now: () => Date.now() + ahead });
    bot = await coreBot(discord, {
      commands: [{ name: 'ping', description: 'Ping' }],
      onInteraction: (interaction) => {
        heard.push(interaction);
        return Promise.resolve();
      },
    });
  });
  afterEach(async () => {
    await bot.stop();
    await discord.stop();
  });

  const received = (): Promise<APIInteraction> =>
    discord.driver.waitFor(() => heard.at(-1), 5000, 'the interaction');
  const acknowledge = async ({ id, token }: APIInteraction): Promise<unknown> => {
    const path = `/interactions/${id}/${token}/callback`;
    const { status, body } = await rawRest(discord, 'POST', path, { body: { type: 5 } });
    return field(body, 'code') ?? status;
  };

  it('tells the person after three seconds that nobody responded, and refuses what comes then', async () => {
    const ping = await discord.driver.person('pip').runCommand('ping');
    await expect(ping.acknowledged).rejects.toThrow('did not respond');
    await expect(ping.reply()).rejects.toThrow('did not respond');
    expect(await acknowledge(await received())).toBe(10062);
    const [failed] = (await discord.driver.journal({ kind: 'interaction' })).slice(-1);
    expect(failed).toMatchObject({ what: 'failed', id: ping.id });
  });

  it('refuses an acknowledgement that comes too late', async () => {
    await discord.driver.person('pip').runCommand('ping');
    const interaction = await received();
    ahead = 3_001;
    expect(await acknowledge(interaction)).toBe(10062);
  });

  it('lets the token expire after fifteen minutes', async () => {
    await discord.driver.person('pip').runCommand('ping');
    const interaction = await received();
    expect(await acknowledge(interaction)).toBe(204);
    const path = `/webhooks/${DEMO.application}/${interaction.token}/messages/@original`;
    ahead = 14.9 * 60_000;
    const inTime = await rawRest(discord, 'PATCH', path, { body: { content: 'just in time' } });
    expect(inTime.status).toBe(200);
    ahead = 15.1 * 60_000;
    const late = await rawRest(discord, 'PATCH', path, { body: { content: 'too late' } });
    expect([late.status, field(late.body, 'code')]).toEqual([401, 50027]);
  });
});
