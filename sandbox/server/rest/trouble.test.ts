import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO, startLocalDiscord, type LocalDiscord, type RestEntry } from '../../index';
import { coreBot } from '../../testing/core-bot';
import { field, rawRest } from '../../testing/raw-rest';

const { general } = DEMO.channels;
const MESSAGES = `/channels/${general}/messages`;

describe('what goes wrong on demand', () => {
  let discord: LocalDiscord;
  beforeEach(async () => {
    discord = await startLocalDiscord({ limits: 'off' });
  });
  afterEach(async () => {
    await discord.stop();
  });

  const create = (content = 'x'): ReturnType<typeof rawRest> =>
    rawRest(discord, 'POST', MESSAGES, { body: { content } });
  const count = async (): Promise<number> => (await discord.driver.messages(general)).length;
  const requests = async (): Promise<RestEntry[]> =>
    (await discord.driver.journal({ kind: 'rest' })).filter((entry) => entry.kind === 'rest');

  it('answers with a status before or after the effect', async () => {
    const match = { method: 'POST', route: '/channels/:channelId/messages$', times: 1 };
    await discord.driver.faults.add({ match, kind: 'status', status: 503 });
    expect((await create()).status).toBe(503);
    expect(await count()).toBe(0);
    await discord.driver.faults.add({ match, kind: 'status', status: 502, when: 'after' });
    expect((await create()).status).toBe(502);
    expect(await count()).toBe(1);
    expect((await create()).status).toBe(200);
    const [before, after, good] = await requests();
    expect([before?.committed, after?.committed, good?.committed]).toEqual([false, true, true]);
    expect([before?.fault, after?.fault, good?.fault]).toEqual(['fault-1', 'fault-2', null]);
    expect(after?.resultId).toBe((await discord.driver.messages(general))[0]?.id);
  });

  it('answers 429 with what a client needs to know', async () => {
    await discord.driver.faults.add({
      kind: 'status',
      status: 429,
      retryAfter: 0.3,
      scope: 'shared',
    });
    const { status, headers, body } = await create();
    expect(status).toBe(429);
    expect(body).toEqual({
      message: 'You are being rate limited.',
      retry_after: 0.3,
      global: false,
    });
    expect([headers.get('retry-after'), headers.get('x-ratelimit-scope')]).toEqual(['1', 'shared']);
  });

  it('hangs, and tells that it does', async () => {
    const fault = await discord.driver.faults.add({
      match: { route: /^\/channels\/:channelId\/messages$/, body: /opening/ },
      kind: 'hang',
      when: 'after',
    });
    await create('something else');
    const impatient = new AbortController();
    const hanging = rawRest(discord, 'POST', MESSAGES, {
      body: { content: 'the opening message' },
      signal: impatient.signal,
    });
    const hit = await fault.hit();
    expect(hit).toMatchObject({ when: 'after', fault: 'hang', method: 'POST' });
    expect(await count()).toBe(2);
    impatient.abort();
    await expect(hanging).rejects.toThrow();
    expect((await requests()).at(-1)).toMatchObject({ status: null, committed: true });
    await fault.remove();
    expect((await create('opening')).status).toBe(200);
  });

  it('drops the connection, delays, and skips', async () => {
    await discord.driver.faults.add({ match: { times: 1 }, kind: 'drop' });
    await expect(create()).rejects.toThrow();
    await discord.driver.faults.add({ match: { skip: 1, times: 1 }, kind: 'drop', when: 'after' });
    expect((await create()).status).toBe(200);
    await expect(create()).rejects.toThrow();
    expect(await count()).toBe(2);
    await discord.driver.faults.add({ kind: 'delay', ms: 30 });
    expect((await create()).status).toBe(200);
    expect((await requests()).at(-1)?.ms).toBeGreaterThanOrEqual(29);
    await discord.driver.faults.clear();
    expect(await discord.driver.faults.list()).toEqual([]);
  });

  it('hits the same requests with the same seed', async () => {
    const match = { probability: 0.5, seed: 7 };
    const run = async (): Promise<number[]> => {
      await discord.driver.faults.clear();
      await discord.driver.faults.add({ match, kind: 'status' });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) statuses.push((await create()).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await run()).toEqual(first);
  });

  it('makes a client’s retry harmless only with an enforced nonce', async () => {
    const bot = await coreBot(discord);
    const fault = { method: 'POST', route: '/messages$', times: 1 };
    await discord.driver.faults.add({ match: fault, kind: 'status', status: 502, when: 'after' });
    await bot.api.channels.createMessage(general, { content: 'twice' });
    expect(await count()).toBe(2);
    await discord.driver.faults.add({ match: fault, kind: 'status', status: 502, when: 'after' });
    await bot.api.channels.createMessage(general, {
      content: 'once',
      nonce: 'n',
      enforce_nonce: true,
    });
    expect(await count()).toBe(3);
    await bot.stop();
  });

  it('keeps Discord’s rate limits, the silent one of names included', async () => {
    await discord.driver.limits('discord');
    for (let n = 0; n < 5; n += 1) expect((await create()).status).toBe(200);
    const refused = await create();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect(field(refused.body, 'retry_after')).toBeLessThanOrEqual(5);
    const rename = (name: string): ReturnType<typeof rawRest> =>
      rawRest(discord, 'PATCH', `/channels/${general}`, { body: { name } });
    expect([(await rename('one')).status, (await rename('two')).status]).toEqual([200, 200]);
    expect((await rename('two')).status).toBe(200);
    const third = await rename('three');
    expect([third.status, third.headers.get('x-ratelimit-scope')]).toEqual([429, 'shared']);
    expect(Number(third.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    const hits = await discord.driver.journal({ kind: 'rateLimit' });
    expect(hits).toHaveLength(2);
    await discord.driver.limits('off');
    expect((await rename('four')).status).toBe(200);
  });

  it('adds a round trip to requests', async () => {
    await discord.driver.latency(40);
    await create();
    expect((await requests()).at(-1)?.ms).toBeGreaterThanOrEqual(39);
  });
});
