import type { API } from '@discordjs/core';
import type { MirrorRecord } from '../../db/mirrors';
import type { SourceRecord } from '../../db/announcements';
import { readGuild, type GuildView } from '../../discord/rights/guild-view';
import type { Permission } from '../../discord/rights/permission';
import {
  copyTroubles,
  originalTroubles,
  routeTroubles,
  tellingTroubles,
  type Trouble,
} from '../../discord/rights/troubles';
import type { Configured } from './configured';
import { reasonOf, ill, well, type Finding } from './finding';
import { remedyOf, troubleText } from './trouble-text';

/** A guild that the bot is in. */
export interface JoinedGuild {
  readonly id: string;
  readonly name: string;
}

/** Something wrong with a source or a mirror of a guild. */
interface Found {
  /** What it is wrong with, such as `source "news"`. */
  readonly what: string;
  readonly origin: 'file' | 'command';
  readonly of: 'source' | 'mirror';
  readonly trouble: Trouble;
}

export interface PlacesExamination {
  readonly api: Pick<API, 'guilds'>;
  readonly botId: string;
  readonly guild: JoinedGuild;
  /** Whether the bot is in a guild, as far as that is known. */
  readonly isIn: (guildId: string) => boolean;
  readonly configured: Configured;
  /** The invitation for permissions that the guild's roles lack, besides those that are known to be needed. */
  readonly invite: (more: readonly Permission[]) => string;
}

/**
 * Whether everything that is announced in a guild, mirrored from it, or into it, has its channels there and the
 * permissions for them. Nothing is said where nothing is announced or mirrored.
 */
export async function examinePlaces({
  api,
  botId,
  guild,
  isIn,
  configured,
  invite,
}: PlacesExamination): Promise<Finding[]> {
  const sources = configured.sources.filter(({ guildId }) => guildId === guild.id);
  const mirrors = configured.mirrors.filter(
    ({ guildId, settings }) => guildId === guild.id || settings.to.guildId === guild.id,
  );
  if (sources.length + mirrors.length === 0) return [];
  const where = `In ${JSON.stringify(guild.name)}`;
  let view: GuildView;
  try {
    const who = { guildId: guild.id, userId: botId };
    view = await readGuild(api, who, AbortSignal.timeout(20_000));
  } catch (error) {
    return [
      ill(
        `${where} the channels cannot be read: ${reasonOf(error)}.`,
        'Call the doctor once more; if it stays so, see that the bot is still in that server.',
      ),
    ];
  }
  const found = [
    ...sources.flatMap((source) => sourceFinds(view, source)),
    ...mirrors.flatMap((mirror) => mirrorFinds(view, mirror)),
  ];
  const ends = mirrors.flatMap(({ guildId, settings: { id, to } }) => {
    const gone = [guildId, to.guildId].find((end) => !isIn(end));
    if (gone === undefined) return [];
    const problem = `${where}, mirror ${JSON.stringify(id)}: the bot is not in the server ${gone} at its other end.`;
    return [ill(problem, 'Invite it there anew, or end the mirror: /mirror list shows how.')];
  });
  if (found.length + ends.length === 0) {
    return [well(`${where} announcements and mirrors have every channel and permission`)];
  }
  const texts = found.map(({ what, trouble, ...by }) => {
    const lacking = trouble.kind === 'lacking' ? trouble.permissions : [];
    const remedy = remedyOf(trouble, { ...by, invitation: invite(lacking) });
    return ill(`${where}, ${what}: ${troubleText(trouble, view)}.`, remedy).text;
  });
  return [...[...new Set(texts)].map((text) => ({ ok: false, text })), ...ends];
}

function sourceFinds(view: GuildView, { origin, settings }: SourceRecord): Found[] {
  const { id, routes, staffChannelId } = settings;
  const what = `source ${JSON.stringify(id)}`;
  const by = { origin, of: 'source' } as const;
  return [
    ...routes
      .flatMap((route) => routeTroubles(view, route))
      .map((trouble) => ({ ...by, what: `${what} cannot post as it should`, trouble })),
    ...(staffChannelId === null ? [] : tellingTroubles(view, staffChannelId)).map((trouble) => ({
      ...by,
      what: `${what} cannot tell administrators of trouble`,
      trouble,
    })),
  ];
}

/** A mirror has one end in this guild, or both. */
function mirrorFinds(view: GuildView, { guildId, origin, settings }: MirrorRecord): Found[] {
  const what = `mirror ${JSON.stringify(settings.id)}`;
  const by = { origin, of: 'mirror' } as const;
  const read = guildId === view.guildId ? originalTroubles(view, settings) : [];
  const write = settings.to.guildId === view.guildId ? copyTroubles(view, settings) : [];
  return [
    ...read.map((trouble) => ({ ...by, what: `${what} cannot read its originals`, trouble })),
    ...write.map((trouble) => ({ ...by, what: `${what} cannot make its copies`, trouble })),
  ];
}
