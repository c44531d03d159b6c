import type { GuildConfigurationFile } from '../../config/guild';
import type { Route } from '../../domain/announcements/settings';
import type { MirrorSettings } from '../../domain/mirrors/settings';
import { NEEDED_EVERYWHERE, NEEDED_TO_READ, neededToCopyInto, neededToPost } from './needs';
import { bitsOf, type Permission } from './permission';

/** What a guild uses of that which not every guild does. */
export interface Uses {
  /** Whether registered names become nicknames. */
  readonly nicknames: boolean;
  readonly routes: readonly Pick<Route, 'channelKind' | 'thread'>[];
  /** Mirrors that copy into it. */
  readonly mirrors: readonly Pick<MirrorSettings, 'style' | 'reactions' | 'threads'>[];
}

/** The permissions that the bot needs in a guild that uses this, each once. */
export function permissionsFor({ nicknames, routes, mirrors }: Uses): Permission[] {
  return [
    ...new Set([
      ...NEEDED_EVERYWHERE,
      ...(nicknames ? (['ManageNicknames'] as const) : []),
      ...NEEDED_TO_READ,
      ...routes.flatMap(neededToPost),
      ...mirrors.flatMap(neededToCopyInto),
    ]),
  ];
}

/** As README.md invites the bot while nothing is known of the guild. */
export const UNKNOWN_USES: Uses = { nicknames: true, routes: [], mirrors: [] };

/**
 * The address at which an administrator adds the bot to a guild, or gives it more permissions there.
 *
 * @param guildId the guild that is chosen in advance
 */
export function invitation(
  applicationId: string,
  permissions: readonly Permission[],
  guildId?: string,
): string {
  const guild = guildId === undefined ? '' : `&guild_id=${guildId}`;
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${bitsOf(permissions)}${guild}`;
}

/** A guild as the configuration file names it. */
export interface NamedUses {
  readonly guild: string;
  readonly uses: Uses;
}

/**
 * What the guilds of a configuration file use, before anybody has asked Discord what their names mean: those that
 * are set up there, and those that their mirrors copy into. A forum is known by the tags that its posts get.
 */
export function usesInFile({ guilds }: GuildConfigurationFile): NamedUses[] {
  const mirrors = guilds.flatMap(({ guild, mirrors: entries = [] }) =>
    entries.map(({ to, style = 'webhook', reactions = false, threads = false }) => ({
      into: typeof to === 'string' ? guild : to.guild,
      mirror: { style, reactions, threads },
    })),
  );
  const names = [...guilds.map(({ guild }) => guild), ...mirrors.map(({ into }) => into)];
  return names
    .filter((name, index) => names.findIndex((other) => isSame(other, name)) === index)
    .map((name) => {
      const entry = guilds.find(({ guild }) => isSame(guild, name));
      const sources = entry?.announcements?.sources ?? [];
      return {
        guild: name,
        uses: {
          nicknames: entry?.registration?.nickname ?? false,
          routes: sources
            .flatMap(({ routes }) => routes)
            .map(({ thread = false, tags }) => ({
              channelKind: tags === undefined ? 'text' : 'forum',
              thread,
            })),
          mirrors: mirrors.filter(({ into }) => isSame(into, name)).map(({ mirror }) => mirror),
        },
      };
    });
}

/** As the file is read: without regard to case. */
const isSame = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
