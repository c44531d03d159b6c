import { z } from 'zod';
import type { Filter } from '../../domain/announcements/filter';
import type {
  Authentication,
  Mapping,
  Origin,
  Route,
  SourceSettings,
} from '../../domain/announcements/settings';
import type { SourceWish } from '../../domain/announcements/wish';
import { formatDuration } from '../duration';
import { checkAnnouncements } from './announcement-references';
import { announcements, PROVIDERS } from './announcement-schema';
import { explain } from './explain';
import type { Path } from './problem';
import { DAY, MINUTE } from './values';

export type CommandSource =
  | { readonly ok: true; readonly settings: SourceSettings }
  /** Sentences for the person who gave the command. */
  | { readonly ok: false; readonly reasons: readonly string[] };

const said = z.string().nullable();
const milliseconds = z.number().int().nonnegative();

/** What a command said, where it was sealed on its way. */
export const sourceWishSchema: z.ZodType<SourceWish> = z.object({
  provider: z.enum(PROVIDERS).nullable(),
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
 * A source's settings from a command: the same rules as in the configuration file, in the same words.
 *
 * @param id the administrator's word for it
 * @param before its settings so far, which hold where the command says nothing; `null`: it is new
 * @param staffChannelId where administrators are told of trouble with a new one, if the command names no channel
 */
export function sourceFromCommand(
  id: string,
  wish: SourceWish,
  before: SourceSettings | null,
  staffChannelId: string | null = null,
): CommandSource {
  const reasons: string[] = [];
  const origin = originOf(wish, before?.origin ?? null, reasons);
  const route = routeOf(wish, before?.routes[0] ?? null, reasons);
  if (origin === null || route === null) return { ok: false, reasons };
  reasons.push(...problems(id, origin, route));
  if (reasons.length > 0) return { ok: false, reasons };
  return {
    ok: true,
    settings: {
      id,
      origin,
      secretVariables: before?.secretVariables ?? [],
      routes: [route, ...(before?.routes.slice(1) ?? [])],
      staffChannelId:
        wish.staffChannelId ?? (before === null ? staffChannelId : before.staffChannelId),
      silentAfterMs: before?.silentAfterMs ?? null,
      keepDeliveriesMs: before?.keepDeliveriesMs ?? 7 * DAY,
    },
  };
}

/** What the rules of the configuration file say of it. */
function problems(id: string, origin: Origin, { filter, language, ping }: Route): string[] {
  const { events = [], branches = [] } = filter;
  const entry = {
    sources: [
      {
        id,
        ...writtenOrigin(origin),
        routes: [
          {
            channel: 'channel',
            filter: {
              ...(events.length > 0 && { events }),
              ...(branches.length > 0 && { branches }),
            },
            language,
            ...(ping !== null && { ping: { role: 'role', every: formatDuration(ping.everyMs) } }),
          },
        ],
      },
    ],
  };
  const parsed = announcements.safeParse(entry);
  return [
    ...checkAnnouncements(entry, []),
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, [entry], [0]))),
  ].map(({ path, message }) => `${nameOf(path)} ${message}`);
}

function writtenOrigin(origin: Origin): object {
  switch (origin.provider) {
    case 'youtube':
      return { provider: origin.provider, ...given({ channel: origin.channelId }) };
    case 'feed':
      return {
        provider: origin.provider,
        ...given({ address: origin.address }),
        every: formatDuration(origin.everyMs),
      };
    case 'generic': {
      const { title = '', text = '', url = '' } = origin.mapping;
      const mapping = given({ title, text, url });
      return { provider: origin.provider, authentication: { kind: 'bearer' }, mapping };
    }
    default:
      return { provider: origin.provider };
  }
}

/** What is empty was not said. */
const given = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** The option that a value of the file is in a command. */
const NAMES: ReadonlyMap<unknown, string> = new Map([
  ['address', 'feed'],
  ['every', 'interval'],
  ['channel', 'youtube_channel'],
]);

function nameOf(path: Path): string {
  const key = path.findLast((part) => typeof part === 'string') ?? '';
  return NAMES.get(key) ?? key;
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
      const known = before?.provider === 'youtube' ? before.channelId : '';
      const { youtubeChannel: said } = wish;
      return { provider, channelId: said === null ? known : channelIn(said) };
    }
    case 'feed': {
      const known = before?.provider === 'feed' ? before : null;
      return {
        provider,
        address: wish.feed ?? known?.address ?? '',
        everyMs: wish.everyMs ?? known?.everyMs ?? 15 * MINUTE,
        allowInternal: known?.allowInternal ?? false,
      };
    }
    case 'github':
    case 'gitlab':
      return before?.provider === provider ? before : { provider };
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

/** People copy the address of the channel's page. */
function channelIn(text: string): string {
  const [, id = text] =
    /^(?:https?:\/\/)?(?:www\.)?youtube\.com\/channel\/(UC[\w-]{22})(?:[/?#].*)?$/.exec(text) ?? [];
  return id;
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
    filter: filterOf(wish, before?.filter ?? {}),
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

function filterOf({ events, branches }: SourceWish, before: Filter): Filter {
  return {
    ...before,
    ...(events !== null && { events: patterns(events) }),
    ...(branches !== null && { branches: patterns(branches) }),
  };
}

function patterns(text: string): string[] {
  const all = text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  return all.length === 1 && all[0]?.toLowerCase() === 'all' ? [] : all;
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
