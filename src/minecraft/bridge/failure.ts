import { inline } from '../../domain/text';

/**
 * What is wrong with a game server that answers:
 * - `unusable-name`: the name cannot stand in a command;
 * - `unsupported`: the server does not know a command that is needed;
 * - `objective-taken`: the scoreboard's objective is there and no trigger;
 * - `not-understood`: an answer that none of the known versions gives;
 * - `uuid-unknown`: nobody could tell the player's UUID.
 */
export type BridgeFailureCode =
  'unusable-name' | 'unsupported' | 'objective-taken' | 'not-understood' | 'uuid-unknown';

export class BridgeFailure extends Error {
  override readonly name = 'BridgeFailure';

  /** @param message for the person who runs the game server: what is wrong, and what to do */
  constructor(
    readonly code: BridgeFailureCode,
    message: string,
  ) {
    super(message);
  }
}

/** An answer to a command that nobody foresaw. @param asked what was asked, in our own words */
export function notUnderstood(asked: string, answer: string): BridgeFailure {
  return new BridgeFailure(
    'not-understood',
    `The game server's answer to ${asked} was not understood: ${inline(answer, { max: 200, empty: 'nothing' })}`,
  );
}
