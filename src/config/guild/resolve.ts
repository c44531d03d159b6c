import { type Directory, type DirectoryGuild, findNamed } from './directory';
import type { GuildConfigurationFile, GuildEntry } from './file-schema';
import { Lookup } from './lookup';
import { milliseconds } from './milliseconds';
import type { Finding, Locate, Path, Problem } from './problem';
import { problemsOf, quoted } from './problem';
import type {
  CaseCategory,
  FormField,
  GuildConfiguration,
  Inactivity,
  OpenerLimits,
  Panel,
  Team,
} from './resolved';
import { sourcesOf } from './resolve-announcements';
import { mirrorsOf, type FoundGuild } from './resolve-mirrors';
import { gamesOf, registrationOf } from './resolve-registration';
import { serversOf, shownIn, watchingOf, withSlugs } from './resolve-servers';

/** Every guild's configuration ready for use, or every name that Discord does not know. */
export type Resolution =
  | { readonly ok: true; readonly configurations: readonly GuildConfiguration[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How long a closed case can be reopened where nothing is written. */
const DEFAULT_REOPEN_WINDOW = '7d';

type CategoryEntry = GuildEntry['categories'][number];
type FieldEntry = NonNullable<CategoryEntry['form']>[number];
type LimitsEntry = NonNullable<GuildEntry['limits']>;
type InactivityEntry = NonNullable<GuildEntry['inactivity']>;

function limitsOf(entry: LimitsEntry = {}, guild?: OpenerLimits): OpenerLimits {
  return {
    mostOpen: entry.most_open ?? guild?.mostOpen ?? null,
    cooldownMs:
      entry.cooldown === undefined ? (guild?.cooldownMs ?? null) : milliseconds(entry.cooldown),
    mostPerDay: entry.most_per_day ?? guild?.mostPerDay ?? null,
  };
}

function inactivityOf(entry: InactivityEntry | 'none' | undefined): Inactivity | null {
  if (entry === undefined || entry === 'none') return null;
  return {
    warnAfterMs: milliseconds(entry.warn_after),
    closeAfterMs: milliseconds(entry.close_after),
  };
}

function fieldOf(entry: FieldEntry): FormField {
  return {
    id: entry.id,
    label: entry.label,
    description: entry.description ?? null,
    style: entry.style ?? 'short',
    required: entry.required ?? true,
    placeholder: entry.placeholder ?? null,
    minLength: entry.min_length ?? null,
    maxLength: entry.max_length ?? null,
  };
}

function categoryOf(
  entry: CategoryEntry,
  guild: GuildEntry,
  lookup: Lookup,
  path: Path,
): CaseCategory {
  return {
    id: entry.id,
    title: entry.title,
    emoji: entry.emoji ?? null,
    description: entry.description,
    kind: entry.kind ?? 'ticket',
    teamId: entry.team,
    parentChannelId:
      entry.channels_under === undefined
        ? null
        : lookup.parent(entry.channels_under, [...path, 'channels_under']),
    form: (entry.form ?? []).map(fieldOf),
    limits: limitsOf(entry.limits, limitsOf(guild.limits)),
    inactivity: inactivityOf(entry.inactivity ?? guild.inactivity),
    reopenWindowMs: milliseconds(
      entry.reopen_window ?? guild.reopen_window ?? DEFAULT_REOPEN_WINDOW,
    ),
  };
}

function panelOf(entry: NonNullable<GuildEntry['panels']>[number]): Panel {
  return {
    id: entry.id,
    title: entry.title,
    description: entry.description,
    categoryIds: entry.categories,
    style: entry.style ?? 'buttons',
  };
}

function teamsOf(entry: GuildEntry, lookup: Lookup, path: Path): Record<string, Team> {
  return Object.fromEntries(
    Object.entries(entry.teams).map(([id, { name, members, senior }]) => [
      id,
      {
        id,
        name,
        memberRoleIds: lookup.roles(members, [...path, id, 'members']),
        seniorTeamId: senior ?? null,
      },
    ]),
  );
}

function guildOf(
  entry: GuildEntry,
  guild: DirectoryGuild,
  findings: Finding[],
  path: Path,
): GuildConfiguration {
  const { desk } = entry;
  const lookup = new Lookup(guild, findings);
  const deskLogChannelId =
    desk?.log_channel === undefined
      ? null
      : lookup.text(desk.log_channel, [...path, 'desk', 'log_channel']);
  const servers = serversOf(entry.servers ?? [], lookup, [...path, 'servers'], findings);
  return {
    guildId: guild.id,
    guildName: guild.name,
    adminRoleIds: lookup.roles(entry.roles?.admin ?? [], [...path, 'roles', 'admin']),
    teams: teamsOf(entry, lookup, [...path, 'teams']),
    categories: entry.categories.map((category, index) =>
      categoryOf(category, entry, lookup, [...path, 'categories', index]),
    ),
    limits: limitsOf(entry.limits),
    deskLogChannelId,
    panels: (entry.panels ?? []).map(panelOf),
    servers,
    shownIn: shownIn(entry.servers ?? [], servers),
    watching: watchingOf(entry.watching, deskLogChannelId, lookup, [...path, 'watching']),
    registration: registrationOf(entry.registration, deskLogChannelId, lookup, [
      ...path,
      'registration',
    ]),
    games: gamesOf(entry.servers ?? []),
    sources: sourcesOf(
      entry.announcements,
      deskLogChannelId,
      lookup,
      [...path, 'announcements'],
      findings,
    ),
  };
}

/**
 * Turns a configuration as written into the one that is used: names become ids, durations
 * milliseconds, and what is left out gets its default.
 *
 * In: a checked file; what the bot sees in Discord; and how entries are found in the file's text, if
 * problems shall tell lines. Out: one configuration a guild in the file's order, or every name that
 * is not there or not clear. Pure; never throws.
 */
export function resolve(
  file: GuildConfigurationFile,
  directory: Directory,
  locate?: Locate,
): Resolution {
  const findings: Finding[] = [];
  const first = new Map<string, number>();
  const found: FoundGuild[] = [];
  const configurations = file.guilds.flatMap((entry, index) => {
    const path = ['guilds', index];
    const match = findNamed(entry.guild, directory.guilds, {
      one: 'guild',
      several: 'guilds',
      where: 'that the bot is in',
    });
    if (match.found === undefined) {
      findings.push({ path: [...path, 'guild'], message: match.message });
      return [];
    }
    const guild = match.found;
    const taken = first.get(guild.id);
    if (taken !== undefined) {
      const message = `${quoted(guild.name)} is already configured by guilds[${taken}]; put both in one entry`;
      findings.push({ path: [...path, 'guild'], message });
    } else first.set(guild.id, index);
    found.push({ entry, guildId: guild.id, path });
    return [guildOf(entry, guild, findings, path)];
  });
  const mirrors = mirrorsOf(found, directory, findings);
  if (findings.length > 0) return { ok: false, problems: problemsOf(findings, locate) };
  const all = configurations.map((configuration) => ({
    ...configuration,
    mirrors: [...(mirrors.get(configuration.guildId) ?? [])],
  }));
  return { ok: true, configurations: withSlugs(all) };
}
