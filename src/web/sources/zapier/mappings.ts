import { z } from 'zod';
import { videoIdentity } from '../../../domain/announcements/identity';
import type { Item, Video } from '../../../domain/announcements/item';
import { postOf, textIn, type ToldPost } from '../fields';
import { addressPart, time } from '../read';

/** What the Zap's fields mean. */
export type ZapierMapping =
  /** Our own: `title`, `text`, `url`, … as the documentation says. */
  | 'plain'
  /** As Zapier's YouTube triggers name them. */
  | 'youtube'
  /** As Zapier's Twitter triggers named them, and relays of X still do. */
  | 'twitter';

type Told = Readonly<Record<string, unknown>>;

const object = z.record(z.string(), z.unknown());
const namedFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).catch({});

/**
 * @param scope what tells its ids from those of another source
 * @returns `null` where the fields hold nothing to be shown
 */
export function mapped(mapping: ZapierMapping, told: Told, scope: string): Item | null {
  switch (mapping) {
    case 'plain':
      return plain(told, scope);
    case 'youtube':
      return video(told, scope);
    case 'twitter':
      return tweet(told);
  }
}

const NOTHING: ToldPost = {
  id: null,
  change: null,
  event: null,
  title: null,
  text: null,
  url: null,
  author: null,
  authorUrl: null,
  authorImage: null,
  image: null,
  at: null,
  fields: [],
};

function plain(told: Told, scope: string): Item | null {
  const more = Object.entries(namedFields.parse(told['fields'] ?? {}));
  return postOf(
    {
      id: first(told, 'id'),
      change: first(told, 'change'),
      event: first(told, 'event'),
      title: first(told, 'title'),
      text: first(told, 'text'),
      url: first(told, 'url'),
      author: first(told, 'author'),
      authorUrl: first(told, 'author_url'),
      authorImage: first(told, 'author_image'),
      image: first(told, 'image'),
      at: first(told, 'at'),
      fields: more.map(([name, value]) => ({ name, value: String(value) })),
    },
    scope,
  );
}

function video(told: Told, scope: string): Item | null {
  const page = first(told, 'url', 'link');
  const id =
    videoIdIn(
      first(told, 'contentDetails.videoId', 'snippet.resourceId.videoId', 'video_id', 'id'),
    ) ?? videoIdIn(page);
  const channel = first(told, 'snippet.channelId', 'channel_id');
  const post = postOf(
    {
      ...NOTHING,
      title: first(told, 'snippet.title', 'title'),
      url: page ?? (id === null ? null : `https://www.youtube.com/watch?v=${id}`),
      author: first(told, 'snippet.channelTitle', 'author_name', 'channel_title'),
      authorUrl:
        channel === null ? null : `https://www.youtube.com/channel/${addressPart(channel)}`,
      image: first(
        told,
        ...['maxres', 'high', 'default'].map((size) => `snippet.thumbnails.${size}.url`),
        'thumbnail_url',
      ),
    },
    scope,
  );
  if (post === null || id === null) return post;
  const { author, url, title, imageUrl } = post;
  const item: Video = {
    kind: 'video',
    event: 'video',
    change: 'present',
    // The same as the webhook of YouTube and its feed give it: one post.
    identity: videoIdentity('youtube', id),
    place: null,
    author,
    url,
    at: time(first(told, 'snippet.publishedAt', 'published', 'published_at')),
    id,
    title,
    imageUrl,
  };
  return item;
}

function tweet(told: Told): Item | null {
  const handle = first(told, 'user.screen_name', 'user.username', 'username');
  const id = first(told, 'id_str', 'id');
  const page = handle === null ? null : `https://x.com/${addressPart(handle)}`;
  const post = postOf(
    {
      ...NOTHING,
      id,
      event: 'tweet',
      text: first(told, 'full_text', 'text'),
      url:
        first(told, 'url', 'link') ??
        (page === null || id === null ? null : `${page}/status/${addressPart(id)}`),
      author: first(told, 'user.name') ?? handle,
      authorUrl: page,
      authorImage: first(told, 'user.profile_image_url_https', 'user.profile_image_url'),
      image: first(told, 'media_url_https', 'media_url'),
      at: first(told, 'created_at'),
    },
    'twitter',
  );
  return post;
}

/** An id, or the page of a video. */
function videoIdIn(text: string | null): string | null {
  const [, id = null] =
    /^(?:https:\/\/(?:www\.youtube\.com\/(?:watch\?(?:.{0,200}&)?v=|shorts\/|live\/)|youtu\.be\/))?([\w-]{11})(?:[?&#].*)?$/s.exec(
      text ?? '',
    ) ?? [];
  return id;
}

/**
 * The first of several fields that is there. Zapier sends what is nested as it was, or under one name with
 * two underscores between the parts.
 *
 * @param paths with a full stop between the parts
 */
function first(told: Told, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = textIn(at(told, path.split('.'))) ?? textIn(own(told, path.replaceAll('.', '__')));
    if (text !== null) return text;
  }
  return null;
}

function at(told: Told, path: readonly string[]): unknown {
  let value: unknown = told;
  for (const part of path) {
    const parsed = object.safeParse(value);
    if (!parsed.success) return null;
    value = own(parsed.data, part);
  }
  return value;
}

const own = (told: Told, name: string): unknown => (Object.hasOwn(told, name) ? told[name] : null);
