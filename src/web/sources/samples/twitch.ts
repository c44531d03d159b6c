import { hmac } from './hmac';
import { isoTime, jsonSample, numberOf, type Sample, type SampleService } from './sample';

const of = (
  event: string,
  says: string,
  type: string,
  payload: (subject: Parameters<Sample['delivery']>[0]) => object,
  message = 'notification',
): Sample => ({
  event,
  says,
  delivery: (subject) =>
    jsonSample(
      { subscription: { type, status: 'enabled' }, ...payload(subject) },
      { 'twitch-eventsub-message-type': message },
    ),
});
const broadcaster = {
  broadcaster_user_id: '1337',
  broadcaster_user_login: 'castle',
  broadcaster_user_name: 'Castle',
};

/** https://dev.twitch.tv/docs/eventsub/handling-webhook-events */
export const twitch: SampleService = {
  sign: ({ body }, { secret, id, now }) => ({
    'twitch-eventsub-message-id': id,
    'twitch-eventsub-message-timestamp': isoTime(now),
    'twitch-eventsub-message-signature': `sha256=${hmac('sha256', secret, id, isoTime(now), body)}`,
  }),
  samples: [
    of('online', 'a stream that began', 'stream.online', ({ mark, now }) => ({
      event: { ...broadcaster, id: String(numberOf(mark)), type: 'live', started_at: isoTime(now) },
    })),
    of('offline', 'a stream that ended', 'stream.offline', () => ({ event: broadcaster })),
    of('update', 'a channel’s new title', 'channel.update', () => ({
      event: { ...broadcaster, title: 'Building the keep', category_name: 'Minecraft' },
    })),
    of(
      'challenge',
      'Twitch asks whether its news are wanted; nothing is announced',
      'stream.online',
      ({ mark }) => ({ challenge: mark }),
      'webhook_callback_verification',
    ),
  ],
};
