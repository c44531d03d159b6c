import { findLoop, type MirrorWay } from '../../domain/mirrors/loops';
import { type Directory, findNamed } from './directory';
import type { GuildEntry } from './file-schema';
import { Lookup } from './lookup';
import { milliseconds } from './milliseconds';
import { type Finding, listed, type Path } from './problem';
import type { MirrorDefinition } from './resolved-mirrors';

type MirrorEntry = NonNullable<GuildEntry['mirrors']>[number];

/** A guild of the file, found in Discord. */
export interface FoundGuild {
  readonly entry: GuildEntry;
  readonly guildId: string;
  readonly path: Path;
}

const DEFAULT_WINDOW = '1d';
const GUILDS = { one: 'guild', several: 'guilds', where: 'that the bot is in' };

/**
 * The mirrors of all guilds of a file, with their channels looked up. Circles are refused, over any number of
 * mirrors and guilds.
 *
 * @returns those of each guild, by its id
 */
export function mirrorsOf(
  guilds: readonly FoundGuild[],
  directory: Directory,
  findings: Finding[],
): ReadonlyMap<string, readonly MirrorDefinition[]> {
  const ways: MirrorWay[] = [];
  return new Map(
    guilds.map(({ entry, guildId, path }) => {
      const defined = (entry.mirrors ?? []).flatMap((mirror, index) => {
        const place = [...path, 'mirrors', index];
        const definition = mirrorOf(mirror, { guildId, place, guilds, directory, findings });
        if (definition === null) return [];
        const { fromChannelId: from, to } = definition.settings;
        const way = { name: mirror.id, from, to: to.channelId };
        const circle = findLoop(ways, way);
        if (circle !== null) findings.push({ path: place, message: inCircle(circle) });
        ways.push(way);
        return [definition];
      });
      return [guildId, defined];
    }),
  );
}

/** Why such mirrors cannot be. */
export function inCircle(names: readonly string[]): string {
  return `messages would be copied in a circle: ${listed([...names, names[0] ?? '']).replaceAll(', ', ' → ')}; leave out one of them`;
}

interface Place {
  readonly guildId: string;
  readonly place: Path;
  readonly guilds: readonly FoundGuild[];
  readonly directory: Directory;
  readonly findings: Finding[];
}

function mirrorOf(entry: MirrorEntry, where: Place): MirrorDefinition | null {
  const { guildId, place, directory, findings } = where;
  const home = directory.guilds.find(({ id }) => id === guildId);
  if (home === undefined) return null;
  const fromChannelId = new Lookup(home, findings).text(entry.from, [...place, 'from']);
  const to = targetOf(entry, where);
  if (fromChannelId === null || to === null) return null;
  const { authors = [], bots = false, contains = [], lacks = [] } = entry.filter ?? {};
  return {
    settings: {
      id: entry.id,
      fromChannelId,
      to,
      style: entry.style ?? 'webhook',
      filter: { authors, bots, contains, lacks },
      reactions: entry.reactions ?? false,
      threads: entry.threads ?? false,
      editWindowMs: milliseconds(entry.edit_window ?? DEFAULT_WINDOW),
    },
    agreed: to.guildId === guildId || isAccepted(to.guildId, where),
  };
}

function targetOf({ to }: MirrorEntry, { guildId, place, directory, findings }: Place) {
  const path = [...place, 'to'];
  const isHere = typeof to === 'string';
  const match = isHere
    ? { found: directory.guilds.find(({ id }) => id === guildId), message: '' }
    : findNamed(to.guild, directory.guilds, GUILDS);
  if (match.found === undefined) {
    findings.push({ path: [...path, 'guild'], message: match.message });
    return null;
  }
  const channel = isHere ? to : to.channel;
  const where = isHere ? path : [...path, 'channel'];
  const channelId = new Lookup(match.found, findings).text(channel, where);
  return channelId === null ? null : { guildId: match.found.id, channelId };
}

/** Whether the other guild's entry in the same file agrees to mirrors of this one. */
function isAccepted(toGuildId: string, { guildId, guilds, directory }: Place): boolean {
  const other = guilds.find((guild) => guild.guildId === toGuildId);
  return (other?.entry.accepts_mirrors_of ?? []).some(
    (name) => findNamed(name, directory.guilds, GUILDS).found?.id === guildId,
  );
}
