import { DiscordSnowflake } from '@sapphire/snowflake';
import type { GuildConfiguration, Problem } from '../src/config/guild';
import { inCircle } from '../src/config/guild/resolve-mirrors';
import type { MirrorDefiner, MirrorReader, MirrorsApplied } from '../src/db/mirrors';
import { findLoop } from '../src/domain/mirrors/loops';
import { mirrorKey, type MirrorSettings } from '../src/domain/mirrors/settings';

/** Where mirrors are defined. */
export type MirrorRecords = Pick<MirrorReader, 'mirrors'> & Pick<MirrorDefiner, 'applyMirrors'>;

/** Mirrors of the file that would copy in a circle with those of commands, or of guilds that it does not name. */
export async function circlesOf(
  configurations: readonly GuildConfiguration[],
  records: Pick<MirrorReader, 'mirrors'>,
): Promise<Problem[]> {
  const named = new Set(configurations.map(({ guildId }) => guildId));
  const inFile = configurations.flatMap(({ guildId, mirrors = [] }) =>
    mirrors.map(({ settings }) => ({ guildId, settings })),
  );
  const keys = new Set(inFile.map(keyOf));
  const others = (await records.mirrors()).filter(
    (mirror) =>
      !keys.has(keyOf(mirror)) && (mirror.origin === 'command' || !named.has(mirror.guildId)),
  );
  const ways = others.map(wayOf);
  return inFile.flatMap((mirror) => {
    const circle = findLoop(ways, wayOf(mirror));
    ways.push(wayOf(mirror));
    if (circle === null) return [];
    return [{ path: `mirrors of guild ${mirror.guildId}`, message: inCircle(circle) }];
  });
}

/** Makes a guild's mirrors those of the file; new ones copy what is written from now on. */
export function applyMirrors(
  { guildId, mirrors = [] }: GuildConfiguration,
  records: Pick<MirrorDefiner, 'applyMirrors'>,
  now: number,
): Promise<MirrorsApplied> {
  const after = DiscordSnowflake.generate({ timestamp: BigInt(now), increment: 0n }).toString();
  return records.applyMirrors(guildId, mirrors, after);
}

interface Defined {
  readonly guildId: string;
  readonly settings: MirrorSettings;
}

function keyOf({ guildId, settings }: Defined): string {
  return mirrorKey(guildId, settings.id);
}

function wayOf({ settings }: Defined) {
  return { name: settings.id, from: settings.fromChannelId, to: settings.to.channelId };
}
