import type { z } from 'zod';
import { line } from '../../../domain/announcements/bounds';
import {
  announced,
  ignored,
  malformed,
  type Delivery,
} from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type { Item, Stream } from '../../../domain/announcements/item';
import { header } from '../headers';
import { person, readerOf, readJson, time, url, type Reader } from '../read';
import type { SourceRequest } from '../source';
import { challengePayload, EXAMPLE, notificationPayload, revocationPayload } from './payload';

/** https://dev.twitch.tv/docs/eventsub/eventsub-subscription-types */
export function parse(request: SourceRequest): Delivery {
  const type = header(request, 'twitch-eventsub-message-type');
  const read = type === null ? undefined : READERS.get(type);
  if (read === undefined) {
    const name = 'Twitch-Eventsub-Message-Type';
    return malformed(name, `The header ${name} is missing, or has no known value.`, 'notification');
  }
  const json = readJson(request.body);
  if ('malformed' in json) return json.malformed;
  const delivery = read(json.value);
  return delivery.result === 'items' ? toldAt(delivery.items[0], request) : delivery;
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  [
    'webhook_callback_verification',
    readerOf(challengePayload, EXAMPLE, ({ challenge, subscription }) => ({
      result: 'challenge',
      answer: { contentType: 'text/plain', body: challenge },
      subscription: { act: 'subscribe', topic: line(subscription.type), leaseSeconds: null },
    })),
  ],
  [
    'revocation',
    readerOf(revocationPayload, EXAMPLE, ({ subscription }) => ({
      result: 'revocation',
      topic: line(subscription.type),
      reason: line(subscription.status ?? 'unknown'),
    })),
  ],
  ['notification', readerOf(notificationPayload, EXAMPLE, notification)],
]);

function notification({ subscription, event }: z.output<typeof notificationPayload>): Delivery {
  const login = event.broadcaster_user_login ?? '';
  const channel = /^\w{1,50}$/.test(login) ? `https://www.twitch.tv/${login}` : null;
  const name = event.broadcaster_user_name ?? event.broadcaster_user_login;
  const common = {
    event: subscription.type,
    place: name === null ? null : { name: line(name, 100), url: url(channel) },
    author: person(name, { url: channel }),
    url: url(channel),
    at: time(event.started_at),
    title: line(event.title ?? ''),
  };
  const scope = ['twitch', event.broadcaster_user_id];
  switch (subscription.type) {
    case 'stream.online': {
      const item: Stream = {
        ...common,
        kind: 'stream',
        change: 'created',
        identity: identity('stream', ...scope, event.id ?? event.started_at ?? '', 'online'),
        act: 'online',
      };
      return announced(item);
    }
    case 'stream.offline':
      return announced({
        ...common,
        kind: 'stream',
        change: 'created',
        identity: identity('stream', ...scope, 'offline'),
        act: 'offline',
      });
    case 'channel.update':
      return announced({
        ...common,
        kind: 'post',
        change: 'created',
        identity: identity('channel', ...scope),
        text: line(event.category_name ?? ''),
        imageUrl: null,
        fields: [],
      });
    default:
      return ignored(`Twitch’s event ${line(subscription.type, 60)} is not announced.`);
  }
}

/** What the event itself gives no name or time is told apart by the message's. */
function toldAt(item: Item, request: SourceRequest): Delivery {
  if (item.event === 'stream.online') return announced(item);
  const id = header(request, 'twitch-eventsub-message-id') ?? '';
  const timestamp = header(request, 'twitch-eventsub-message-timestamp');
  return announced({
    ...item,
    identity: identity(item.identity, id),
    at: item.at ?? time(timestamp),
  });
}
