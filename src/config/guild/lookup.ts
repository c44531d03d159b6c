import { ChannelType } from 'discord-api-types/v10';
import { type DirectoryGuild, findNamed } from './directory';
import type { Finding, Path } from './problem';
import { quoted } from './problem';

/** Looks names up in one guild and notes those that are not there. */
export class Lookup {
  constructor(
    private readonly guild: DirectoryGuild,
    private readonly findings: Finding[],
  ) {}

  roles(names: readonly string[], path: Path): string[] {
    const refusal = 'this is everyone on the server; name a role that only staff have';
    const ids = names.flatMap((name, index) => this.role(name, [...path, index], refusal) ?? []);
    return [...new Set(ids)];
  }

  /** A role that members are given. */
  given(name: string, path: Path): string | null {
    const refusal = 'this is everyone on the server, who needs no role for that; name another role';
    return this.role(name, path, refusal) ?? null;
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

  /** A channel whose name can tell of something: of any kind that is not a thread. */
  named(name: string, path: Path): string | null {
    const { shownIn = {}, channels } = this.guild;
    const known = Object.hasOwn(shownIn, name) ? shownIn[name] : undefined;
    if (known !== undefined && channels.some(({ id }) => id === known)) return known;
    return this.channel(name, path, {
      types: [
        ChannelType.GuildText,
        ChannelType.GuildVoice,
        ChannelType.GuildCategory,
        ChannelType.GuildAnnouncement,
        ChannelType.GuildStageVoice,
      ],
      one: 'channel',
      several: 'channels',
    });
  }

  private role(name: string, path: Path, everyone: string): string | undefined {
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
      this.findings.push({ path, message: everyone });
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
