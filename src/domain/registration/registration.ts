import type { Edition, Player } from './account';

/** How codes look: eight letters and digits that are not mistaken for each other, or six digits. */
export type CodeKind = 'letters' | 'digits';

/** What a guild's configuration says of registrations, as it was when this one began. */
export interface RegistrationPolicy {
  readonly code: CodeKind;
  /** From the command, or from the newest code, to the end. */
  readonly timeoutMs: number;
  /** So many wrong codes lock it; new codes do not begin the count anew. */
  readonly mostAttempts: number;
  /** For how long the user cannot try this name again after that. */
  readonly lockMs: number;
  /** So many codes are given out at most. */
  readonly mostCodes: number;
}

export type RegistrationStatus =
  /** The code is being made and sent. */
  | 'starting'
  /** A code was sent, and has not been typed. */
  | 'waiting'
  | 'verified'
  | 'timed-out'
  | 'cancelled'
  | 'locked'
  /** It never began: `refusal` says why. */
  | 'refused';

/** One attempt of a user to prove that an account is theirs. */
export interface RegistrationState {
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  readonly policy: RegistrationPolicy | null;
  readonly status: RegistrationStatus;
  /** Keyed hash of the newest code; the older ones are worth nothing. */
  readonly codeHash: string | null;
  readonly codes: number;
  readonly wrong: number;
  readonly startedAt: number;
  /** When it times out, or `null` while no code was sent. */
  readonly endsAt: number | null;
  /** Number of the last event. */
  readonly seq: number;
}

/** What was typed in a game. */
export interface Guess {
  readonly serverId: string;
  readonly player: Player;
  /** Keyed hash of what was typed. */
  readonly codeHash: string;
}

export type RegistrationCommand =
  | { readonly type: 'guess'; readonly guess: Guess }
  | { readonly type: 'new-code' }
  | { readonly type: 'cancel' }
  | { readonly type: 'deadline' };

export type RegistrationEvent =
  | { readonly type: 'refused'; readonly refusal: StartRefusal }
  | { readonly type: 'started'; readonly policy: RegistrationPolicy }
  /** It was sent to the user, and only to them. */
  | { readonly type: 'code-sent'; readonly codeHash: string }
  | { readonly type: 'wrong-code'; readonly serverId: string; readonly attemptsLeft: number }
  | { readonly type: 'verified'; readonly serverId: string; readonly player: Player }
  /** The account turned out to be somebody else's: the code was right, and worth nothing. */
  | { readonly type: 'taken' }
  | { readonly type: 'locked'; readonly until: number }
  | { readonly type: 'timed-out' }
  | { readonly type: 'cancelled' };

/** Why no registration began. */
export type StartRefusal =
  | { readonly refused: 'not-configured' }
  | { readonly refused: 'invalid-name' }
  | { readonly refused: 'already-yours' }
  | { readonly refused: 'most-accounts'; readonly most: number }
  | { readonly refused: 'locked'; readonly until: number };

/** Why a command had no effect. */
export type RegistrationRefusal =
  | { readonly refused: 'wrong-code'; readonly attemptsLeft: number }
  | { readonly refused: 'locked'; readonly until: number }
  | { readonly refused: 'other-player' }
  | { readonly refused: 'timed-out' }
  | { readonly refused: 'over' }
  | { readonly refused: 'most-codes' };
