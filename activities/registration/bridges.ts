import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { GameSettings } from '../../src/config/guild/resolved-registration';
import type { Account } from '../../src/domain/registration/account';
import {
  createLogBridge,
  createRconBridge,
  type BedrockPrefix,
  type GameBridge,
  type OnTrouble,
} from '../../src/minecraft/bridge';
import { RconClient } from '../../src/minecraft/rcon';

/** A game server that has no plugin: we go to it. */
export type BridgedGame = Exclude<GameSettings, { readonly adapter: 'plugin' }>;

/** @returns a bridge of its own, which is to be closed */
export type OpenBridge = (
  game: BridgedGame,
  bedrockPrefix: BedrockPrefix,
  onTrouble: OnTrouble,
) => GameBridge;

/**
 * Opens bridges to game servers; nothing is connected before it is used.
 *
 * @param passwordOf the password of an environment variable; one that is not set is refused by the server
 */
export function bridgeOpener(passwordOf: (variable: string) => string | undefined): OpenBridge {
  return (game, bedrockPrefix, onTrouble) => {
    if (game.adapter === 'log') {
      return createLogBridge({ file: game.file, bedrockPrefix, onTrouble });
    }
    const { host, port, allowInternal, passwordVariable, objective } = game;
    const password = passwordOf(passwordVariable) ?? '';
    const console = new RconClient({ address: host, port, password, allowInternal });
    return createRconBridge({ console, bedrockPrefix, onTrouble, objective });
  };
}

/** How a server takes part; `undefined`: it does not (any more). */
export function gameOf(
  configuration: GuildConfiguration | null,
  serverId: string,
): GameSettings | undefined {
  return configuration?.games.find((game) => game.serverId === serverId);
}

/**
 * Whether it is a server of Bedrock itself that we go to. It has no triggers: only its whitelist can be kept, and
 * only players of Bedrock belong on that.
 */
export function isOfBedrock(configuration: GuildConfiguration | null, serverId: string): boolean {
  const server = configuration?.servers.find(({ id }) => id === serverId);
  return server?.probe === 'bedrock' && gameOf(configuration, serverId)?.adapter === 'rcon';
}

/** What a server puts before the names of Bedrock's players, who have their own names on one of Bedrock itself. */
export function bedrockPrefixOn(
  configuration: GuildConfiguration | null,
  serverId: string,
): BedrockPrefix {
  if (isOfBedrock(configuration, serverId)) return null;
  return configuration?.registration?.bedrockPrefix ?? '';
}

/** Ids of the servers whose whitelist an account comes on. */
export function whitelistsOf(
  configuration: GuildConfiguration | null,
  { edition }: Pick<Account, 'edition'>,
): readonly string[] {
  const all = configuration?.registration?.whitelist ?? [];
  // Somebody of Bedrock may be called as somebody of Java is.
  return edition === 'bedrock' ? all : all.filter((id) => !isOfBedrock(configuration, id));
}

/** What people call a server. */
export function serverName(configuration: GuildConfiguration | null, serverId: string): string {
  return configuration?.servers.find(({ id }) => id === serverId)?.name ?? serverId;
}
