import type { Player } from './player';

/** Where somebody types a code: a game server, and the way from it to us. */
export interface Place {
  /**
   * Types a code as soon as the server lets them.
   *
   * @param isOver whether it is not worth typing any more
   * @returns whether the server has told what became of it; `again`: that code was not the right one
   */
  type(player: Player, code: string, isOver: () => boolean): Promise<'told' | 'again' | 'untold'>;
}
