/** What a game server can be asked and told, whichever way leads there. */
export type {
  GameBridge,
  Listable,
  OnTrouble,
  Pending,
  PendingName,
  Typed,
  Whitelist,
  WhitelistOutcome,
} from './bridge';
export { BridgeFailure, type BridgeFailureCode } from './failure';
export { inGameName, type BedrockPrefix } from './in-game-name';
export { createLogBridge, type LogBridgeOptions } from './log/log-bridge';
export { createRconBridge, type RconBridgeOptions } from './rcon/rcon-bridge';
