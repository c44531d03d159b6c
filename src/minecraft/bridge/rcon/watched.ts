import type { Player } from '../../../domain/registration/account';

/** How a player stands whose trigger is watched. */
export type WatchedState =
  /** Their trigger has to be enabled before they can type. */
  | 'to-enable'
  | 'may-type'
  /** They typed something, and the verdict is awaited. */
  | 'undecided'
  /** What they typed was decided on, and has to be taken away before they can type again. */
  | 'to-reset';

/** A player with a pending name who was seen in the game. */
export interface Watched {
  /** As the game has it, in its own upper and lower case. */
  readonly name: string;
  readonly player: Player;
  state: WatchedState;
  /** Of what they typed, until it is taken away. */
  typedId: string | null;
  greeted: boolean;
}
