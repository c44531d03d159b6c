import type {
  Authentication,
  Origin,
  QuietHours,
  Route,
  SourceSettings,
} from '../../domain/announcements/settings';
import type {
  AnnouncementsEntry,
  AuthenticationEntry,
  RouteEntry,
  SourceEntry,
} from './announcement-schema';
import type { Lookup, NewsChannel } from './lookup';
import { milliseconds } from './milliseconds';
import type { Finding, Path } from './problem';
import { listed, quoted } from './problem';

const DEFAULT_KEPT = '7d';
const DEFAULT_FEED_INTERVAL = '15m';
const DEFAULT_PING_PAUSE = '1h';

/** What holds for every source that says nothing else. */
interface Defaults {
  readonly language: string;
  readonly staffChannelId: string | null;
  readonly keepDeliveriesMs: number;
  readonly quietHours: QuietHours | null;
}

/**
 * A guild's sources of announcements.
 *
 * @param deskLogChannelId where administrators are told of trouble when no channel is named for it
 */
export function sourcesOf(
  entry: AnnouncementsEntry = {},
  deskLogChannelId: string | null,
  lookup: Lookup,
  path: Path,
  findings: Finding[],
): SourceSettings[] {
  const staff = entry.staff_channel;
  const defaults: Defaults = {
    language: entry.language ?? 'en',
    staffChannelId:
      staff === undefined ? deskLogChannelId : lookup.text(staff, [...path, 'staff_channel']),
    keepDeliveriesMs: milliseconds(entry.keep_deliveries ?? DEFAULT_KEPT),
    quietHours: entry.quiet_hours === undefined ? null : quietHoursOf(entry.quiet_hours),
  };
  return (entry.sources ?? []).map((source, index) =>
    sourceOf(source, defaults, lookup, [...path, 'sources', index], findings),
  );
}

function sourceOf(
  entry: SourceEntry,
  defaults: Defaults,
  lookup: Lookup,
  path: Path,
  findings: Finding[],
): SourceSettings {
  const { staff_channel: staff, keep_deliveries: kept, silent_after: silent } = entry;
  return {
    id: entry.id,
    origin: originOf(entry),
    secretVariables: [entry.secret_env, entry.second_secret_env].flatMap((name) => name ?? []),
    routes: entry.routes.flatMap(
      (route, index) =>
        routeOf(route, defaults, lookup, [...path, 'routes', index], findings) ?? [],
    ),
    staffChannelId:
      staff === undefined
        ? defaults.staffChannelId
        : lookup.text(staff, [...path, 'staff_channel']),
    silentAfterMs: silent === undefined ? null : milliseconds(silent),
    keepDeliveriesMs: kept === undefined ? defaults.keepDeliveriesMs : milliseconds(kept),
  };
}

/** What each provider needs is there: the references were checked. */
function originOf({ provider, mapping, ...entry }: SourceEntry): Origin {
  switch (provider) {
    case 'youtube':
      return { provider, channelId: entry.channel ?? '' };
    case 'feed':
      return {
        provider,
        address: entry.address ?? '',
        everyMs: milliseconds(entry.every ?? DEFAULT_FEED_INTERVAL),
        allowInternal: entry.allow_internal ?? false,
      };
    case 'github':
    case 'gitlab':
      return { provider, ...(entry.allow_internal === true && { allowInternal: true }) };
    case 'zapier':
      return { provider, mapping: typeof mapping === 'string' ? mapping : 'plain' };
    case 'generic': {
      const {
        author_url: authorUrl,
        author_image: authorImage,
        ...same
      } = typeof mapping === 'object' ? mapping : {};
      return {
        provider,
        authentication: authenticationOf(entry.authentication),
        mapping: {
          ...same,
          ...(authorUrl !== undefined && { authorUrl }),
          ...(authorImage !== undefined && { authorImage }),
        },
      };
    }
    default:
      return { provider };
  }
}

function authenticationOf(entry: AuthenticationEntry = { kind: 'bearer' }): Authentication {
  const header = entry.header?.toLowerCase();
  switch (entry.kind) {
    case 'hmac':
      return {
        kind: 'hmac',
        header: header ?? '',
        algorithm: entry.algorithm ?? 'sha256',
        encoding: entry.encoding ?? 'hex',
        prefix: entry.prefix ?? '',
      };
    case 'bearer':
      return { kind: 'bearer', header: header ?? null };
    case 'standard-webhooks':
      return { kind: 'standard-webhooks' };
  }
}

function routeOf(
  entry: RouteEntry,
  defaults: Defaults,
  lookup: Lookup,
  path: Path,
  findings: Finding[],
): Route | null {
  const { ping, quiet_hours: quiet } = entry;
  const channel = lookup.news(entry.channel, [...path, 'channel']);
  const roleId = ping === undefined ? null : lookup.pinged(ping.role, [...path, 'ping', 'role']);
  if (channel === null) return null;
  findings.push(...unfitting(entry, channel, path));
  const forum = channel.kind === 'forum';
  return {
    channelId: channel.id,
    channelKind: channel.kind,
    filter: entry.filter ?? {},
    template: entry.template ?? {},
    language: entry.language ?? defaults.language,
    ping:
      roleId === null ? null : { roleId, everyMs: milliseconds(ping?.every ?? DEFAULT_PING_PAUSE) },
    thread: entry.thread ?? false,
    tagIds: forum ? lookup.tags(entry.tags ?? [], channel, [...path, 'tags']) : [],
    publish: entry.publish ?? false,
    digestMs: entry.digest === undefined ? 0 : milliseconds(entry.digest),
    quietHours:
      quiet === undefined ? defaults.quietHours : quiet === 'none' ? null : quietHoursOf(quiet),
  };
}

/** What a channel of this kind cannot have. */
function unfitting(entry: RouteEntry, channel: NewsChannel, path: Path): Finding[] {
  const find = (key: string, message: string) => ({ path: [...path, key], message });
  const name = quoted(channel.name);
  const forum = channel.kind === 'forum';
  return [
    ...(entry.publish === true && channel.kind !== 'announcement'
      ? [
          find(
            'publish',
            `has no effect in ${name}, which nobody can follow; remove it, or name an announcement channel`,
          ),
        ]
      : []),
    ...(entry.thread === true && forum
      ? [find('thread', `has no effect in ${name}: in a forum each post is a thread; remove it`)]
      : []),
    ...(entry.tags !== undefined && !forum
      ? [find('tags', `have no effect in ${name}; remove them, or name a forum`)]
      : []),
    ...(entry.tags === undefined && forum && channel.needsTag
      ? [
          find(
            'tags',
            `is missing: posts in ${name} need a tag; its tags are ${listed(channel.tags.flatMap((tag) => tag.name ?? []))}`,
          ),
        ]
      : []),
  ];
}

function quietHoursOf({
  from,
  to,
  zone,
}: NonNullable<AnnouncementsEntry['quiet_hours']>): QuietHours {
  return { fromMinute: minuteOf(from), toMinute: minuteOf(to), timeZone: zone ?? 'UTC' };
}

/** In: `22:30`. Out: minutes since midnight. */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
