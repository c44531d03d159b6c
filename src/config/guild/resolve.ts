import { ChannelType } from 'discord-api-types/v10';
import { parseDuration } from '../duration';
import { type Directory, type DirectoryGuild, findNamed } from './directory';
import type { GuildConfigurationFile, GuildEntry } from './file-schema';
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

/** Looks names up in one guild and notes those that are not there. */
class Lookup {
  constructor(
    private readonly guild: DirectoryGuild,
    private readonly findings: Finding[],
  ) {}

  roles(names: readonly string[], path: Path): string[] {
    const ids = names.flatMap((name, index) => this.role(name, [...path, index]) ?? []);
    return [...new Set(ids)];
  }

  /** A Discord category for channels to go under. */
  parent(name: string, path: Path): string | null {
    return this.channel(name, path, {
      types: [ChannelType.GuildCategory],
      one: 'channel category',
      several: 'channel categories',
    });
  }

  /** A channel that the bot can write in. */
  text(name: string, path: Path): string | null {
    return this.channel(name, path, {
      types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      one: 'text channel',
      several: 'text channels',
    });
  }

  private role(name: string, path: Path): string | undefined {
    const match = findNamed(name, this.guild.roles, {
      one: 'role',
      several: 'roles',
      where: this.where,
    });
    if (match.found === undefined) {
      this.findings.push({ path, message: match.message });
      return undefined;
    }
    // The role @everyone has its guild's id.
    if (match.found.id === this.guild.id) {
      const message = 'this is everyone on the server; name a role that only staff have';
      this.findings.push({ path, message });
      return undefined;
    }
    return match.found.id;
  }

  private channel(
    name: string,
    path: Path,
    { types, one, several }: { types: readonly number[]; one: string; several: string },
  ): string | null {
    const { channels } = this.guild;
    const fitting = channels.filter(({ type }) => types.includes(type));
    const match = findNamed(name, fitting, { one, several, where: this.where });
    if (match.found !== undefined) return match.found.id;
    const other = findNamed(name, channels, { one, several, where: this.where });
    const message =
      other.found === undefined
        ? match.message
        : `${quoted(other.found.name ?? name)} is not a ${one}; name a ${one} here`;
    this.findings.push({ path, message });
    return null;
  }

  private get where(): string {
    return `on ${this.guild.name}`;
  }
}

/** The schema has let only durations through. */
function milliseconds(duration: string): number {
  return parseDuration(duration) ?? 0;
}

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
  lookup: Lookup,
  path: Path,
): GuildConfiguration {
  const { desk } = entry;
  return {
    guildId: guild.id,
    guildName: guild.name,
    adminRoleIds: lookup.roles(entry.roles?.admin ?? [], [...path, 'roles', 'admin']),
    teams: teamsOf(entry, lookup, [...path, 'teams']),
    categories: entry.categories.map((category, index) =>
      categoryOf(category, entry, lookup, [...path, 'categories', index]),
    ),
    limits: limitsOf(entry.limits),
    deskLogChannelId:
      desk?.log_channel === undefined
        ? null
        : lookup.text(desk.log_channel, [...path, 'desk', 'log_channel']),
    panels: (entry.panels ?? []).map(panelOf),
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
    return [guildOf(entry, guild, new Lookup(guild, findings), path)];
  });
  if (findings.length > 0) return { ok: false, problems: problemsOf(findings, locate) };
  return { ok: true, configurations };
}
