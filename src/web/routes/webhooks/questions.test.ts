import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SubscriptionRecord } from '../../../db/announcements';
import { channelFeed } from '../../sources/youtube/parse';
import { SAMPLE_CHANNEL, SAMPLE_GUILD, SampleWebhooks } from '../../webhooks/sample-webhooks';

let world: SampleWebhooks;
beforeEach(async () => {
  world = await SampleWebhooks.start();
});
afterEach(() => world.stop());

const TOPIC = channelFeed(SAMPLE_CHANNEL);
const subscribed = (more: Partial<SubscriptionRecord> = {}): SubscriptionRecord => ({
  topic: TOPIC,
  state: 'asked',
  askedAt: 1,
  leaseUntil: null,
  etag: null,
  lastModified: null,
  askedFeedAt: null,
  error: null,
  ...more,
});

/** The records say this of the channel's subscription. */
function given(subscription: SubscriptionRecord | null): void {
  world.records.splice(0);
  world.add('youtube', { provider: 'youtube', channelId: SAMPLE_CHANNEL }, { subscription });
}

async function ask(
  parameters: Readonly<Record<string, string>>,
  to = world.address('youtube'),
): Promise<{ readonly status: number; readonly text: string; readonly type: string | null }> {
  const url = new URL(to);
  const whole = {
    'hub.topic': TOPIC,
    'hub.challenge': 'c-1',
    'hub.lease_seconds': '60',
    ...parameters,
  };
  for (const [name, value] of Object.entries(whole)) url.searchParams.set(name, value);
  const answer = await fetch(url);
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type'),
  };
}

const place = { guildId: SAMPLE_GUILD, sourceId: 'youtube' };

describe('a hub that asks', () => {
  it.each(['asked', 'active'] as const)(
    'gets its challenge where a subscription is %s, and the keeper is told',
    async (state) => {
      given(subscribed({ state }));
      const answer = await ask({ 'hub.mode': 'subscribe' });
      expect(answer).toMatchObject({ status: 200, text: 'c-1' });
      expect(answer.type).toMatch(/^text\/plain/);
      expect(world.questions).toEqual([
        [place, { act: 'subscribe', leaseSeconds: 60, at: world.now }],
      ]);
    },
  );

  it.each([
    ['nothing was asked of a hub', null],
    ['only the feed is looked at', subscribed({ askedAt: null })],
    ['the hub has refused', subscribed({ state: 'refused' })],
    ['another feed is followed', subscribed({ topic: `${TOPIC}x` })],
  ])('gets nothing where %s', async (_, subscription) => {
    given(subscription);
    for (const mode of ['subscribe', 'unsubscribe', 'denied']) {
      expect((await ask({ 'hub.mode': mode })).status).toBe(404);
    }
    expect(world.questions).toEqual([]);
    expect(world.revocations).toEqual([]);
  });

  it('may end only what we ended, also when the source is gone', async () => {
    given(subscribed({ state: 'active' }));
    expect((await ask({ 'hub.mode': 'unsubscribe' })).status).toBe(404);
    world.records.splice(0);
    world.ended.set(`${SAMPLE_GUILD}-youtube ${TOPIC}`, 1);
    const ended = await ask({ 'hub.mode': 'unsubscribe' });
    expect(ended).toMatchObject({ status: 200, text: 'c-1' });
    expect((await ask({ 'hub.mode': 'subscribe' })).status).toBe(404);
    expect(world.questions).toEqual([]);
  });

  it('may refuse what was asked, and its words are told to the keeper', async () => {
    given(subscribed());
    const refusal = { 'hub.mode': 'denied', 'hub.reason': 'No new\nsubscriptions' };
    expect((await ask(refusal)).status).toBe(200);
    expect(world.revocations).toMatchObject([[place, { reason: 'No new subscriptions' }]]);
  });

  it('is told what was wrong in its question', async () => {
    given(subscribed());
    expect(await ask({ 'hub.mode': 'dance' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('hub.mode'),
    });
    expect((await ask({ 'hub.mode': 'subscribe', 'hub.challenge': '' })).status).toBe(400);
  });

  it('is asked to come again while we cannot answer', async () => {
    given(subscribed());
    for (const away of ['database', 'temporal'] as const) {
      world.away = away;
      expect((await ask({ 'hub.mode': 'subscribe' })).status).toBe(503);
    }
  });

  it('finds nobody at addresses of others', async () => {
    given(subscribed());
    const mode = { 'hub.mode': 'subscribe' };
    expect((await ask(mode, world.address('feed', 'youtube'))).status).toBe(404);
    expect((await ask(mode, world.address('youtube', 'none'))).status).toBe(404);
    expect((await ask(mode, world.address('nobody'))).status).toBe(404);
    expect((await ask(mode, world.address('github'))).status).toBe(405);
  });
});
