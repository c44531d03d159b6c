/** Somebody in the game. */
export interface Player {
  readonly name: string;
  readonly uuid: string;
}
