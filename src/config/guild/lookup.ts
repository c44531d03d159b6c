import { ChannelType } from 'discord-api-types/v10';
import { type DirectoryGuild, findNamed, type NamedThing } from './directory';
import type { Finding, Path } from './problem';
import { quoted } from './problem';

/** A channel for news. */
export interface NewsChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'announcement' | 'forum';
  /** Of a forum. */
  readonly tags: readonly NamedThing[];
  /** Whether each post of the forum must have one. */
  readonly needsTag: boolean;
}

const NEWS_KINDS = new Map<number, NewsChannel['kind']>([
  [ChannelType.GuildText, 'text'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.GuildForum, 'forum'],
]);

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

  /** A role that an announcement pings. */
  pinged(name: string, path: Path): string | null {
    const refusal =
      'this is everyone on the server, whom announcements never ping; name a role that members choose to have';
    return this.role(name, path, refusal) ?? null;
  }

  /** A channel that news can be posted in. */
  news(name: string, path: Path): NewsChannel | null {
    const id = this.channel(name, path, {
      types: [...NEWS_KINDS.keys()],
      one: 'text channel, announcement channel or forum',
      several: 'text channels, announcement channels and forums',
    });
    const channel = this.guild.channels.find((one) => one.id === id);
    const kind = NEWS_KINDS.get(channel?.type ?? -1);
    if (channel === undefined || kind === undefined) return null;
    const { tags = [], needsTag = false } = channel;
    return { id: channel.id, name: channel.name ?? name, kind, tags, needsTag };
  }

  /** Tags of a forum's posts. */
  tags(names: readonly string[], forum: NewsChannel, path: Path): string[] {
    const ids = names.flatMap((name, index) => {
      const match = findNamed(name, forum.tags, {
        one: 'tag',
        several: 'tags',
        where: `in ${forum.name}`,
      });
      if (match.found !== undefined) return [match.found.id];
      this.findings.push({ path: [...path, index], message: match.message });
      return [];
    });
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
