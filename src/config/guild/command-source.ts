import { z } from 'zod';
import { compileMapping, MappingError } from '../../domain/announcements/mapping';
import type { Filter } from '../../domain/announcements/filter';
import type {
  Authentication,
  Mapping,
  Origin,
  Route,
  SourceSettings,
} from '../../domain/announcements/settings';
import type { SourceWish } from '../../domain/announcements/wish';
import { DAY, MINUTE, word } from './values';

export type CommandSource =
  | { readonly ok: true; readonly settings: SourceSettings }
  /** Sentences for the person who gave the command. */
  | { readonly ok: false; readonly reasons: readonly string[] };

const said = z.string().nullable();
const milliseconds = z.number().int().nonnegative();

/** What a command said, where it was sealed on its way. */
export const sourceWishSchema: z.ZodType<SourceWish> = z.object({
  provider: z
    .enum(['bitbucket', 'feed', 'generic', 'github', 'gitlab', 'twitch', 'youtube', 'zapier'])
    .nullable(),
  channel: z.object({ id: z.string(), kind: z.enum(['text', 'announcement', 'forum']) }).nullable(),
  youtubeChannel: said,
  feed: said,
  everyMs: milliseconds.nullable(),
  zapierMapping: z.enum(['plain', 'youtube', 'twitter']).nullable(),
  authentication: z.enum(['hmac', 'bearer', 'standard-webhooks']).nullable(),
  title: said,
  text: said,
  url: said,
  events: said,
  branches: said,
  language: said,
  digestMs: milliseconds.nullable(),
  pingRoleId: said,
  pingEveryMs: z.union([milliseconds, z.literal('never')]).nullable(),
  publish: z.boolean().nullable(),
  thread: z.boolean().nullable(),
  staffChannelId: said,
});

/**
 * A source's settings from a command.
 *
 * @param id the administrator's word for it
 * @param before its settings so far, which hold where the command says nothing; `null`: it is new
 */
export function sourceFromCommand(
  id: string,
  wish: SourceWish,
  before: SourceSettings | null,
): CommandSource {
  const reasons: string[] = [];
  if (!word.safeParse(id).success) {
    reasons.push(
      'word must be 1 to 32 lower-case letters, digits, - and _, beginning with a letter or digit.',
    );
  }
  const origin = originOf(wish, before?.origin ?? null, reasons);
  const route = routeOf(wish, before?.routes[0] ?? null, reasons);
  if (origin === null || route === null || reasons.length > 0) return { ok: false, reasons };
  return {
    ok: true,
    settings: {
      id,
      origin,
      secretVariables: before?.secretVariables ?? [],
      routes: [route, ...(before?.routes.slice(1) ?? [])],
      staffChannelId: wish.staffChannelId ?? before?.staffChannelId ?? null,
      silentAfterMs: before?.silentAfterMs ?? null,
      keepDeliveriesMs: before?.keepDeliveriesMs ?? 7 * DAY,
    },
  };
}

/** Which provider an option is for. */
const OPTIONS: readonly (readonly [keyof SourceWish, string, Origin['provider']])[] = [
  ['youtubeChannel', 'youtube_channel', 'youtube'],
  ['feed', 'feed', 'feed'],
  ['everyMs', 'interval', 'feed'],
  ['zapierMapping', 'zapier_fields', 'zapier'],
  ['authentication', 'authentication', 'generic'],
  ['title', 'title', 'generic'],
  ['text', 'text', 'generic'],
  ['url', 'url', 'generic'],
];

function originOf(wish: SourceWish, before: Origin | null, reasons: string[]): Origin | null {
  const provider = wish.provider ?? before?.provider;
  if (provider === undefined) {
    reasons.push('provider is missing.');
    return null;
  }
  for (const [key, name, needed] of OPTIONS) {
    if (wish[key] !== null && needed !== provider) {
      reasons.push(`${name} has no effect here: it is for the provider ${needed}.`);
    }
  }
  switch (provider) {
    case 'youtube': {
      const known = before?.provider === 'youtube' ? before.channelId : null;
      const channelId = wish.youtubeChannel === null ? known : channelIn(wish.youtubeChannel);
      if (channelId !== null) return { provider, channelId };
      reasons.push(
        'youtube_channel must be the id of the channel: UC and 22 more letters, as in youtube.com/channel/UC…; on its page it is under “more”, Share channel, Copy channel ID.',
      );
      return null;
    }
    case 'feed': {
      const known = before?.provider === 'feed' ? before : null;
      const address = wish.feed === null ? known?.address : addressIn(wish.feed);
      if (address !== undefined) {
        const everyMs = wish.everyMs ?? known?.everyMs ?? 15 * MINUTE;
        return { provider, address, everyMs, allowInternal: known?.allowInternal ?? false };
      }
      reasons.push(
        'feed must be the address of an RSS or Atom feed, without name and password, such as https://blog.example.com/feed.xml.',
      );
      return null;
    }
    case 'zapier': {
      const known = before?.provider === 'zapier' ? before.mapping : 'plain';
      return { provider, mapping: wish.zapierMapping ?? known };
    }
    case 'generic':
      return genericOf(wish, before?.provider === 'generic' ? before : null, reasons);
    default:
      return { provider };
  }
}

function channelIn(text: string): string | null {
  const [, id = null] =
    /^(?:(?:https?:\/\/)?(?:www\.)?youtube\.com\/channel\/)?(UC[\w-]{22})(?:[/?#].*)?$/.exec(
      text,
    ) ?? [];
  return id;
}

function addressIn(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username === '' && password === '' ? href : undefined;
}

type Generic = Extract<Origin, { provider: 'generic' }>;

/** How each kind of authentication is by command; the file can say more. */
const AUTHENTICATIONS: Readonly<Record<Authentication['kind'], Authentication>> = {
  hmac: {
    kind: 'hmac',
    header: 'x-signature-256',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
  },
  bearer: { kind: 'bearer', header: null },
  'standard-webhooks': { kind: 'standard-webhooks' },
};

/** The names that most would choose. */
const MAPPING: Mapping = {
  id: '$.id',
  title: '$.title',
  text: '$.text',
  url: '$.url',
  author: '$.author',
  image: '$.image',
};

function genericOf(wish: SourceWish, before: Generic | null, reasons: string[]): Generic {
  const kind = wish.authentication ?? before?.authentication.kind ?? 'bearer';
  if (before !== null && kind !== before.authentication.kind) {
    reasons.push(
      'authentication stays as it is, because its secret would no longer fit: remove the source and add it anew.',
    );
  }
  const mapping: Mapping = {
    ...(before?.mapping ?? MAPPING),
    ...(wish.title !== null && { title: wish.title }),
    ...(wish.text !== null && { text: wish.text }),
    ...(wish.url !== null && { url: wish.url }),
  };
  try {
    compileMapping(mapping);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    reasons.push(`${error.key}: ${error.message}`);
  }
  const authentication = before?.authentication ?? AUTHENTICATIONS[kind];
  return { provider: 'generic', authentication, mapping };
}

function routeOf(wish: SourceWish, before: Route | null, reasons: string[]): Route | null {
  const channelId = wish.channel?.id ?? before?.channelId;
  const channelKind = wish.channel?.kind ?? before?.channelKind;
  if (channelId === undefined || channelKind === undefined) {
    reasons.push('channel is missing.');
    return null;
  }
  const moved = before !== null && before.channelId !== channelId;
  if (wish.publish === true && channelKind !== 'announcement') {
    reasons.push('publish needs an announcement channel.');
  }
  if (wish.thread === true && channelKind === 'forum') {
    reasons.push('thread has no effect in a forum, where each post is a thread.');
  }
  return {
    channelId,
    channelKind,
    filter: filterOf(wish, before?.filter ?? {}, reasons),
    template: before?.template ?? {},
    language: wish.language ?? before?.language ?? 'en',
    ping: pingOf(wish, before?.ping ?? null, reasons),
    thread: (wish.thread ?? before?.thread ?? false) && channelKind !== 'forum',
    tagIds: moved ? [] : (before?.tagIds ?? []),
    publish: (wish.publish ?? before?.publish ?? false) && channelKind === 'announcement',
    digestMs: wish.digestMs ?? before?.digestMs ?? 0,
    quietHours: before?.quietHours ?? null,
  };
}

const MOST_PATTERNS = 20;

function filterOf({ events, branches }: SourceWish, before: Filter, reasons: string[]): Filter {
  const patterns = (name: string, text: string): string[] => {
    const all = text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    if (all.length === 0 || all.length > MOST_PATTERNS) {
      reasons.push(`${name} must be 1 to ${MOST_PATTERNS} patterns with commas between them.`);
    }
    return all.length === 1 && all[0]?.toLowerCase() === 'all' ? [] : all;
  };
  return {
    ...before,
    ...(events !== null && { events: patterns('events', events) }),
    ...(branches !== null && { branches: patterns('branches', branches) }),
  };
}

function pingOf(
  { pingRoleId, pingEveryMs }: SourceWish,
  before: Route['ping'],
  reasons: string[],
): Route['ping'] {
  if (pingEveryMs === 'never') {
    if (pingRoleId !== null) reasons.push('ping names a role, but ping_every says nobody.');
    return null;
  }
  const roleId = pingRoleId ?? before?.roleId;
  if (roleId === undefined) {
    if (pingEveryMs !== null) reasons.push('ping_every needs a role to ping.');
    return null;
  }
  return { roleId, everyMs: pingEveryMs ?? before?.everyMs ?? 60 * MINUTE };
}
