import type { GuildConfiguration } from '../../config/guild';
import { readBriefly } from '../cache/briefly';
import type { GameServer, GameServers } from './server';

/** For how long the configurations are taken as they were read, in milliseconds. */
const KEPT_MS = 5_000;

export interface ConfiguredServersOptions {
  /** Those of all guilds. */
  readonly configurations: () => Promise<readonly GuildConfiguration[]>;
  /** The game servers' keys by the names of their environment variables. */
  readonly keys: Readonly<Record<string, Buffer>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The game servers that the guilds' configurations give a plugin, with their keys from the environment. */
export function createConfiguredServers({
  configurations,
  keys,
  now,
}: ConfiguredServersOptions): GameServers {
  const servers = readBriefly(async () => byName(await configurations(), keys), now);
  return {
    async find(name) {
      return (await servers.get(KEPT_MS)).get(name) ?? null;
    },
  };
}

/** `null`: several servers have that name. */
function byName(
  configurations: readonly GuildConfiguration[],
  keys: Readonly<Record<string, Buffer>>,
): ReadonlyMap<string, GameServer | null> {
  const servers = new Map<string, GameServer | null>();
  for (const { guildId, games, registration, watching } of configurations) {
    for (const game of games) {
      if (game.adapter !== 'plugin') continue;
      const server: GameServer = {
        guildId,
        id: game.serverId,
        keys: game.secretVariables.flatMap((variable) => keys[variable] ?? []),
        bedrockPrefix: registration?.bedrockPrefix ?? '',
      };
      servers.set(game.serverId, servers.has(game.serverId) ? null : server);
      servers.set(`${guildId}/${game.serverId}`, server);
      if (watching.slug !== null) servers.set(`${watching.slug}/${game.serverId}`, server);
    }
  }
  return servers;
}
