import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DEMO } from '../index';
import { checkRecording } from './check-exchange';
import { startRecorded } from './ground';
import type { RecordedDiscord } from './ground';
import type { Received } from './plain-client';
import { vendorDescription } from './vendor-description';

// Hundreds of requests: a busy machine may take long, and that is no failure.
jest.setTimeout(60_000);

const description = vendorDescription();
const withDescription = description === undefined ? describe.skip : describe;

/** The limits over the wire; the counting itself is tested beside `rules/rate-limits.ts`. */
describe('rate limits', () => {
  let recorded: RecordedDiscord;
  let now = Date.now();

  beforeAll(async () => {
    recorded = await startRecorded({ limits: 'discord', now: () => now });
  });
  beforeEach(() => {
    now += 3_600_000;
  });
  afterAll(async () => {
    await recorded.stop();
  });

  const many = async (count: number, send: (index: number) => Promise<Received>) => {
    const received: Received[] = [];
    for (let index = 0; index < count; index += 1) received.push(await send(index));
    return received;
  };

  it('announces the bucket of messages, and refuses the sixth in 5 seconds', async () => {
    const path = `/channels/${DEMO.channels.general}/messages`;
    const received = await many(6, (index) =>
      recorded.client.send('POST', path, { body: { content: `${index}` } }),
    );
    const [first] = received;
    const last = received.at(-1);
    expect(first?.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(first?.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]+$/);
    expect(last?.status).toBe(429);
    expect(last?.headers.get('retry-after')).toBe('5');
    expect(last?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(last?.body).toMatchObject({ retry_after: 5, global: false });
    now += 5_000;
    const after = await recorded.client.send('POST', path, { body: { content: 'again' } });
    expect(after.status).toBe(200);
  });

  it('refuses the third rename in 10 minutes without having announced it', async () => {
    const path = `/channels/${DEMO.channels.general}`;
    const received = await many(3, (index) =>
      recorded.client.send('PATCH', path, { body: { name: `renamed-${index}` } }),
    );
    expect(received.map((one) => one.status)).toEqual([200, 200, 429]);
    const last = received.at(-1);
    expect(Number(last?.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(last?.body).toMatchObject({ retry_after: 600 });
    const other = await recorded.client.send('PATCH', path, { body: { nsfw: false } });
    expect(other.status).toBe(200);
  });

  it('lets a bot ask 50 times a second in all', async () => {
    const received = await many(51, () => recorded.client.send('GET', '/users/@me'));
    expect(received.filter((one) => one.status === 200)).toHaveLength(50);
    const last = received.at(-1);
    expect(last?.headers.get('x-ratelimit-global')).toBe('true');
    expect(last?.headers.get('x-ratelimit-scope')).toBe('global');
    expect(last?.body).toMatchObject({ global: true });
  });

  withDescription('and the vendor’s description', () => {
    it('agree in all of this', async () => {
      if (description === undefined) throw new Error('The description is not here.');
      const checked = await checkRecording(description(), recorded.proxy.exchanges);
      expect(checked.mismatches).toEqual([]);
    });
  });
});
