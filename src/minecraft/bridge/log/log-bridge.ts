import path from 'node:path';
import type { Console } from '../../rcon';
import type { GameBridge, OnTrouble, Pending, Typed } from '../bridge';
import { isPlain, type BedrockPrefix } from '../in-game-name';
import { Commands } from '../rcon/commands';
import { RconWhitelist } from '../rcon/rcon-whitelist';
import { ChatWatch, type InGame } from './chat-watch';
import { KnownPlayers } from './known-players';

const DEFAULT_INTERVAL_MS = 500;

export interface LogBridgeOptions {
  /** The server's logs/latest.log, as this process may read it. */
  readonly file: string;
  readonly bedrockPrefix: BedrockPrefix;
  readonly onTrouble: OnTrouble;
  /** RCON, if the server has it: then there is a whitelist, and players are told the verdict in the game. */
  readonly console?: (Console & { close(): void }) | null;
  /** Default: usercache.json in the folder above the log's. */
  readonly userCacheFile?: string;
  /** Between two looks at the log, in milliseconds; default 500. */
  readonly intervalMs?: number;
  /** Before the second try after a failure, in milliseconds; default 1,000. */
  readonly firstPauseMs?: number;
}

/** A game server on the same machine without anything: players say the code in its chat. */
export function createLogBridge({
  file,
  bedrockPrefix,
  onTrouble,
  console = null,
  userCacheFile = path.join(path.dirname(file), '..', 'usercache.json'),
  intervalMs = DEFAULT_INTERVAL_MS,
  firstPauseMs = 1_000,
}: LogBridgeOptions): GameBridge {
  const players = new KnownPlayers(userCacheFile);
  const inGame = console === null ? null : inGameBy(console);
  const options = { file, bedrockPrefix, intervalMs, firstPauseMs, onTrouble, players, inGame };
  return {
    whitelist: console === null ? null : new RconWhitelist(console, bedrockPrefix),
    watch(pending: Pending, signal: AbortSignal): AsyncGenerator<Typed, void, undefined> {
      return new ChatWatch(options).typed(pending, signal);
    },
    close: () => {
      console?.close();
    },
  };
}

/** What RCON can do is done by it; while it cannot be reached, the log does alone. */
function inGameBy(console: Console): InGame {
  return {
    async uuidOf(name, signal) {
      if (!isPlain(name)) return null;
      try {
        return (await new Commands(console, { signal }).find(name))?.uuid ?? null;
      } catch {
        signal.throwIfAborted();
        return null;
      }
    },
    async tell(name, message, signal) {
      if (!isPlain(name)) return false;
      try {
        return await new Commands(console, { signal }).tell(name, message);
      } catch {
        return false;
      }
    },
  };
}
