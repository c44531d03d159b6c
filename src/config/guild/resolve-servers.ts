import {
  DEFAULT_THRESHOLDS,
  type MaintenanceWindow,
  type ServerSettings,
} from '../../domain/watching/server';
import { hostOf } from '../../domain/watching/host';
import { configurationHash } from './hash';
import type { Lookup } from './lookup';
import { milliseconds } from './milliseconds';
import type { Finding, Path } from './problem';
import { formatPath, quoted } from './problem';
import type { GuildConfiguration } from './resolved';
import type { WatchingSettings } from './resolved-servers';
import { parseServerAddress } from './server-address';
import type { ServerEntry } from './server-schema';
import type { WatchingEntry } from './watching-schema';
import { zonedTime } from './zoned-time';

const DEFAULT_INTERVAL = '30s';
const DEFAULT_TIMEOUT = '3s';
export const DEFAULT_TEMPLATE = '{emoji} {name} {players}/{max}';
const DEFAULT_RAISE_AFTER = '15m';
/** With growing gaps; the last one repeats. */
const DEFAULT_REMINDERS = ['30m', '1h', '4h'];

type MaintenanceEntry = NonNullable<ServerEntry['maintenance']>[number];

function maintenanceOf(entry: MaintenanceEntry): MaintenanceWindow {
  const timeZone = entry.time_zone ?? 'UTC';
  const window = {
    title: entry.title,
    startsAt: zonedTime(entry.starts, timeZone) ?? 0,
    durationMs: milliseconds(entry.duration),
    rule: entry.repeat ?? null,
    timeZone,
  };
  // Entries of the file have no id of their own: the same words are the same window.
  return { id: `file-${configurationHash(window).slice(0, 16)}`, ...window };
}

/**
 * A server's settings with everything that is not Discord's; in: a valid entry.
 * Out: the settings, without channels.
 */
export function settingsOf(entry: ServerEntry): ServerSettings {
  const probe = entry.probe ?? 'java';
  const written = entry.address.trim();
  const { host, port } =
    probe === 'http'
      ? { host: written, port: null }
      : (parseServerAddress(written) ?? { host: written, port: null });
  const { thresholds = {} } = entry;
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    probe,
    address: host,
    port,
    intervalMs: milliseconds(entry.interval ?? DEFAULT_INTERVAL),
    timeoutMs: milliseconds(entry.timeout ?? DEFAULT_TIMEOUT),
    thresholds: {
      downAfter: thresholds.down_after ?? DEFAULT_THRESHOLDS.downAfter,
      upAfter: thresholds.up_after ?? DEFAULT_THRESHOLDS.upAfter,
      flapChanges: thresholds.flapping?.changes ?? DEFAULT_THRESHOLDS.flapChanges,
      flapWithinMs:
        thresholds.flapping === undefined
          ? DEFAULT_THRESHOLDS.flapWithinMs
          : milliseconds(thresholds.flapping.within),
    },
    allowInternal: entry.allow_internal ?? false,
    host: entry.host ?? hostOf(host),
    isPublic: entry.public ?? true,
    channels: [],
    maintenance: (entry.maintenance ?? []).map(maintenanceOf),
    expectStatus: entry.expect_status ?? null,
    rcon:
      entry.rcon === undefined
        ? null
        : { command: entry.rcon.command, passwordVariable: entry.rcon.password_env },
  };
}

/** A guild's servers, with their channels looked up. A channel can show one server. */
export function serversOf(
  entries: readonly ServerEntry[],
  lookup: Lookup,
  path: Path,
  findings: Finding[],
): ServerSettings[] {
  const shown = new Map<string, Path>();
  return entries.map((entry, index) => ({
    ...settingsOf(entry),
    channels: (entry.channels ?? []).flatMap((channel, position) => {
      const place = [...path, index, 'channels', position];
      const channelId = lookup.named(channel.channel, [...place, 'channel']);
      if (channelId === null) return [];
      const taken = shown.get(channelId);
      if (taken !== undefined) {
        const message = `${quoted(channel.channel)} already shows ${formatPath(taken)}; a channel has one name`;
        findings.push({ path: [...place, 'channel'], message });
      } else shown.set(channelId, [...path, index]);
      return [
        {
          channelId,
          template: channel.template ?? DEFAULT_TEMPLATE,
          onManualRename: channel.on_manual_rename ?? 'respect',
        },
      ];
    }),
  }));
}

/** The channels' ids by what the file calls them. */
export function shownIn(
  entries: readonly ServerEntry[],
  servers: readonly ServerSettings[],
): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(({ channels = [] }, index) =>
      channels.flatMap(({ channel }, position) => {
        const channelId = servers[index]?.channels[position]?.channelId;
        return channelId === undefined || channelId === channel ? [] : [[channel, channelId]];
      }),
    ),
  );
}

/**
 * How a guild's servers are watched.
 *
 * @param deskLogChannelId where outages are told when no channel is named for them
 */
export function watchingOf(
  entry: WatchingEntry = {},
  deskLogChannelId: string | null,
  lookup: Lookup,
  path: Path,
): WatchingSettings {
  const text = (key: 'alerts_channel' | 'public_channel' | 'status_message'): string | null => {
    const written = entry[key];
    return written === undefined ? null : lookup.text(written, [...path, key]);
  };
  const senior = entry.senior ?? null;
  return {
    alertsChannelId: entry.alerts_channel === undefined ? deskLogChannelId : text('alerts_channel'),
    pingRoleIds: lookup.roles(entry.ping ?? [], [...path, 'ping']),
    seniorTeamId: senior,
    raiseAfterMs: senior === null ? null : milliseconds(entry.raise_after ?? DEFAULT_RAISE_AFTER),
    remindAfterMs: (entry.remind_after ?? DEFAULT_REMINDERS).map(milliseconds),
    publicChannelId: text('public_channel'),
    statusChannelId: text('status_message'),
    controlTargets: (entry.control ?? []).flatMap((target) => {
      const { host, port } = parseServerAddress(target) ?? { host: '', port: null };
      return port === null ? [] : [{ host, port }];
    }),
    slug: entry.slug ?? null,
    language: entry.language ?? 'en',
  };
}

/** A guild's name as part of an address; `null` where no letter of it can stand there. */
function slugOf(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? null : slug;
}

/**
 * Gives the status pages of guilds that named none their guild's name as address, as far as no other one has
 * it; the rest are found by their guild's id.
 */
export function withSlugs(configurations: readonly GuildConfiguration[]): GuildConfiguration[] {
  const taken = new Set(configurations.map(({ watching }) => watching.slug));
  return configurations.map((configuration) => {
    const { guildName, watching } = configuration;
    const slug = watching.slug ?? slugOf(guildName);
    if (watching.slug !== null || taken.has(slug)) return configuration;
    taken.add(slug);
    return { ...configuration, watching: { ...watching, slug } };
  });
}
