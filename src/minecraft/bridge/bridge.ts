import type { Edition, Player } from '../../domain/registration/account';

/** A name that somebody is registering. */
export interface PendingName {
  readonly edition: Edition;
  /** Without the prefix that some servers put before Bedrock's names; upper and lower case are the same. */
  readonly name: string;
}

/** Which names are waited for just now. It is asked again and again while a server is watched. */
export type Pending = (signal: AbortSignal) => Promise<readonly PendingName[]>;

/** What a player whose name is pending typed in the game, and it may be a code. */
export interface Typed {
  /** The same words of the same player have the same id when they come again. */
  readonly id: string;
  /** The name as the game shows it, in its own upper and lower case. */
  readonly player: Player;
  /** As it was typed: text from outside, at most 64 characters. */
  readonly text: string;
  /**
   * The verdict was reached: shows the message to the player, who may type again.
   *
   * @param message plain text; it is cleansed and cut to 200 characters
   * @returns whether the game showed it; `false` where it cannot, or the player is gone
   */
  readonly answer: (message: string) => Promise<boolean>;
  /** No verdict could be reached: it will come again. One of the two has to be called. */
  readonly again: () => void;
}

/** A player on a whitelist, or to be put there. */
export interface Listable extends PendingName {
  /** `null`: no game server has told it yet. */
  readonly uuid: string | null;
}

/**
 * What came of a change: it was made; it had been made before; the game knows no such player; or the name
 * belongs to another player by now, and nothing was changed.
 */
export type WhitelistOutcome = 'done' | 'already' | 'no-such-player' | 'name-of-another';

/** Each may reject with an RconFailure, a BridgeFailure or the signal's reason. All may be repeated. */
export interface Whitelist {
  add(player: Listable, signal?: AbortSignal): Promise<WhitelistOutcome>;
  remove(player: Listable, signal?: AbortSignal): Promise<WhitelistOutcome>;
  /** Names as the game calls them: compare with inGameName, without regard to case. Text from outside. */
  list(signal?: AbortSignal): Promise<readonly string[]>;
}

/** What a game server can be asked, whichever way leads there. */
export interface GameBridge {
  /** `null` where nothing can be told to the server. */
  readonly whitelist: Whitelist | null;
  /**
   * What players type whose names are pending, until the signal aborts. It never throws: a server that is
   * away is tried again with growing pauses, and `onTrouble` hears of it.
   */
  watch(pending: Pending, signal: AbortSignal): AsyncGenerator<Typed, void, undefined>;
  /** Lets go of connections. */
  close(): void;
}

/** Is told why a server cannot be watched just now: an RconFailure, a BridgeFailure, a system's error. */
export type OnTrouble = (error: unknown) => void;
