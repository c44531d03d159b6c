/** Commands for game servers, by RCON. */
export {
  RconClient,
  type CommandLimits,
  type Console,
  type RconParts,
  type RconPlace,
} from './client';
export { RconFailure, type RconFailureCode } from './failure';
export { LONGEST_TEXT } from './sendable';
