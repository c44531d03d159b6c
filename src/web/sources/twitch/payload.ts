import { z } from 'zod';
import { soft } from '../read';

const subscription = z.object({ type: z.string().min(1), status: soft(z.string()) });

export const challengePayload = z.object({
  subscription,
  challenge: z.string().min(1).max(1_024),
});
export const revocationPayload = z.object({ subscription });

/** Of every event that is about a broadcaster. */
export const notificationPayload = z.object({
  subscription,
  event: z.object({
    id: soft(z.string()),
    broadcaster_user_id: z.string().min(1),
    broadcaster_user_login: soft(z.string()),
    broadcaster_user_name: soft(z.string()),
    started_at: soft(z.string()),
    title: soft(z.string()),
    category_name: soft(z.string()),
  }),
});

export const EXAMPLE: Readonly<Record<string, string>> = {
  body: '{ "subscription": { "type": "stream.online" }, "event": { … } }',
  subscription: '{ "type": "stream.online", … }',
  'subscription.type': '"stream.online"',
  challenge: '"what-twitch-wants-to-read-again"',
  event: '{ "broadcaster_user_id": "1337", … }',
  'event.broadcaster_user_id': '"1337"',
};
