import type { Console } from '../../rcon';
import type { GameBridge, OnTrouble, Pending, Typed } from '../bridge';
import type { BedrockPrefix } from '../in-game-name';
import { Commands } from './commands';
import { RconWhitelist } from './rcon-whitelist';
import { TriggerWatch } from './trigger-watch';

const DEFAULT_OBJECTIVE = 'castellan';
const DEFAULT_INTERVAL_MS = 1_000;

export interface RconBridgeOptions {
  /** Usually an RconClient. */
  readonly console: Console & { close(): void };
  readonly bedrockPrefix: BedrockPrefix;
  readonly onTrouble: OnTrouble;
  /** The scoreboard's objective: 1 to 16 of `A-Z a-z 0-9 _`; default `castellan`. */
  readonly objective?: string;
  /** Between two looks at the scores, in milliseconds; default 1,000. */
  readonly intervalMs?: number;
  /** Before the second try after a failure, in milliseconds; default 1,000. */
  readonly firstPauseMs?: number;
}

/**
 * A game server of Java Edition without a plugin, by RCON alone: players type six digits with /trigger.
 *
 * @throws RangeError for an objective that could not stand in a command
 */
export function createRconBridge({
  console,
  bedrockPrefix,
  onTrouble,
  objective = DEFAULT_OBJECTIVE,
  intervalMs = DEFAULT_INTERVAL_MS,
  firstPauseMs = 1_000,
}: RconBridgeOptions): GameBridge {
  if (!/^\w{1,16}$/.test(objective)) throw new RangeError('No objective can have this name.');
  const options = { objective, bedrockPrefix, intervalMs, firstPauseMs, onTrouble };
  return {
    whitelist: new RconWhitelist(console, bedrockPrefix),
    watch(pending: Pending, signal: AbortSignal): AsyncGenerator<Typed, void, undefined> {
      return new TriggerWatch(new Commands(console, { signal }), options).typed(pending, signal);
    },
    close: () => {
      console.close();
    },
  };
}
