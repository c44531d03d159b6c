import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { posted } from '../requests';
import { twitch } from '.';

/** The shapes are those of Twitch's documentation; the values are ours. */
const AT = '2026-11-23T10:00:00.123456789Z';
const now = Date.parse('2026-11-23T10:00:00.123Z');
const message = (type: string, body: unknown, more: Record<string, string> = {}) =>
  posted(body, {
    'twitch-eventsub-message-id': 'e76c6bd4-0000-4000-8000-000000000001',
    'twitch-eventsub-message-timestamp': AT,
    'twitch-eventsub-message-type': type,
    ...more,
  });
const event = {
  id: '42',
  broadcaster_user_id: '1337',
  broadcaster_user_login: 'castle',
  broadcaster_user_name: 'Castle',
  type: 'live',
  started_at: '2026-11-23T09:59:00Z',
};
const notified = (type: string, told: object = event) =>
  twitch.parse(message('notification', { subscription: { type }, event: told }));

describe('a message', () => {
  const signed = (secret: string, more: Record<string, string> = {}) => {
    const request = message('notification', '{}', more);
    const id = String(request.headers['twitch-eventsub-message-id']);
    const at = String(request.headers['twitch-eventsub-message-timestamp']);
    const signature = createHmac('sha256', secret).update(`${id}${at}{}`).digest('hex');
    return {
      ...request,
      headers: { ...request.headers, 'twitch-eventsub-message-signature': `sha256=${signature}` },
    };
  };

  it('is verified over its id, its time and its body', () => {
    const secrets = ['old', 'new'];
    expect(twitch.verify(signed('new'), { secrets, now })).toEqual({ verdict: 'verified' });
    const wrong = { verdict: 'refused', reason: 'wrong-signature' };
    expect(twitch.verify(signed('other'), { secrets, now })).toEqual(wrong);
    const right = signed('new');
    for (const changed of [
      { ...right, body: Buffer.from('{ }') },
      { ...right, headers: { ...right.headers, 'twitch-eventsub-message-id': 'other' } },
    ]) {
      expect(twitch.verify(changed, { secrets, now })).toEqual(wrong);
    }
  });

  it.each([
    [600_000, 'verified'],
    [600_001, 'too-old'],
    [-600_001, 'too-new'],
  ])('is refused when it is sent again later: %d ms', (age, expected) => {
    const verdict = twitch.verify(signed('s'), { secrets: ['s'], now: now + age });
    expect('reason' in verdict ? verdict.reason : verdict.verdict).toBe(expected);
  });

  it.each(['', 'yesterday', '2026-11-23', '2026-99-99T10:00:00Z'])('has a time: %j', (at) => {
    const request = signed('s', { 'twitch-eventsub-message-timestamp': at });
    expect(twitch.verify(request, { secrets: ['s'], now })).toMatchObject({ reason: 'unsigned' });
  });
});

describe('what it says', () => {
  it('is a challenge to be answered with the same text', () => {
    const body = { challenge: 'read me', subscription: { type: 'stream.online' } };
    expect(twitch.parse(message('webhook_callback_verification', body))).toEqual({
      result: 'challenge',
      answer: { contentType: 'text/plain', body: 'read me' },
      subscription: { act: 'subscribe', topic: 'stream.online', leaseSeconds: null },
    });
  });

  it('is that nothing more will come', () => {
    const body = { subscription: { type: 'stream.online', status: 'authorization_revoked' } };
    expect(twitch.parse(message('revocation', body))).toEqual({
      result: 'revocation',
      topic: 'stream.online',
      reason: 'authorization_revoked',
    });
  });

  it('is that a stream began', () => {
    expect(notified('stream.online')).toEqual({
      result: 'items',
      items: [
        {
          kind: 'stream',
          act: 'online',
          event: 'stream.online',
          change: 'created',
          identity: 'stream:twitch:1337:42:online',
          place: { name: 'Castle', url: 'https://www.twitch.tv/castle' },
          author: { name: 'Castle', url: 'https://www.twitch.tv/castle', avatarUrl: null },
          url: 'https://www.twitch.tv/castle',
          at: Date.parse('2026-11-23T09:59:00Z'),
          title: '',
        },
      ],
    });
  });

  it.each([
    ['stream.offline', 'stream'],
    ['channel.update', 'post'],
  ])('is %s, another each time', (type, kind) => {
    const told = { broadcaster_user_id: '1337', title: 'Market day' };
    expect(notified(type, told)).toMatchObject({
      items: [
        { kind, title: 'Market day', at: now, identity: expect.stringContaining('e76c6bd4') },
      ],
    });
  });

  it.each([
    ['notification', { subscription: { type: 'channel.follow' }, event }, { result: 'ignored' }],
    ['notification', { subscription: { type: 'stream.online' } }, { field: 'event' }],
    ['webhook_callback_verification', { subscription: {} }, { field: 'subscription.type' }],
    ['else', {}, { field: 'Twitch-Eventsub-Message-Type' }],
    ['notification', '', { field: 'body' }],
  ])('%s %j', (type, body, expected) => {
    expect(twitch.parse(message(type, body))).toMatchObject(expected);
  });
});
