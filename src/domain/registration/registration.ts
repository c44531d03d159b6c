import type { Edition, Player } from './account';

/** How codes look: eight letters and digits that are not mistaken for each other, or six digits. */
export type CodeKind = 'letters' | 'digits';

/** What a guild's configuration says of registrations, as it was when this one began. */
export interface RegistrationPolicy {
  readonly code: CodeKind;
  /** From the newest code to the end. */
  readonly timeoutMs: number;
  /** So many wrong codes lock it; new codes do not begin the count anew. */
  readonly mostAttempts: number;
  /** For how long the user cannot try this name again after that. */
  readonly lockMs: number;
  /** So many codes are given out at most. */
  readonly mostCodes: number;
}

export type RegistrationStatus =
  /** A code, the first or a new one, is being made and sent. */
  | 'starting'
  /** A code was sent, and has not been typed. */
  | 'waiting'
  /** The code was typed, and the account is being recorded. */
  | 'linking'
  | 'verified'
  /** The code was right, but the account cannot be the user's: `rejection` says why. */
  | 'rejected'
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
  /** `null` until the first code was sent. */
  readonly policy: RegistrationPolicy | null;
  readonly status: RegistrationStatus;
  /** Keyed hash of the newest code while it is worth something, or of the one that was typed; the older ones never are. */
  readonly codeHash: string | null;
  readonly codes: number;
  /** Wrong codes that count, also those of the user's registrations of this name shortly before. */
  readonly wrong: number;
  /** Milliseconds since the epoch, as all instants. */
  readonly startedAt: number;
  /** When it times out, or `null` while no code was sent. */
  readonly endsAt: number | null;
  /** Who typed the right code, and on which server. */
  readonly proof: Proof | null;
  /** Until when the user cannot try this name again. */
  readonly lockedUntil: number | null;
  readonly refusal: StartRefusal | null;
  readonly rejection: LinkRefusal | null;
  /** Number of the last event. */
  readonly seq: number;
}

/** A player who typed the right code. */
export interface Proof {
  readonly serverId: string;
  readonly player: Player;
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
  /** What an attempt to send a code reports. */
  | { readonly type: 'refused'; readonly refusal: StartRefusal }
  /** `wrong`: wrong codes of the user's registrations of this name that still count. */
  | { readonly type: 'started'; readonly policy: RegistrationPolicy; readonly wrong: number }
  /** It was sent to the user, and only to them. */
  | { readonly type: 'code-sent'; readonly codeHash: string }
  /** A new code replaced the one before, but could not be shown to the user any more. */
  | { readonly type: 'code-unseen' }
  /** What a command leads to. */
  | { readonly type: 'code-asked' }
  | { readonly type: 'wrong-code'; readonly serverId: string; readonly attemptsLeft: number }
  | { readonly type: 'proven'; readonly proof: Proof }
  | { readonly type: 'locked'; readonly until: number }
  | { readonly type: 'timed-out' }
  | { readonly type: 'cancelled' }
  /** What the records say of the account. */
  | { readonly type: 'verified' }
  | { readonly type: 'rejected'; readonly rejection: LinkRefusal };

/** Why no registration began. */
export type StartRefusal =
  | { readonly refused: 'not-configured' }
  | { readonly refused: 'edition-not-allowed' }
  | { readonly refused: 'invalid-name' }
  | { readonly refused: 'already-yours' }
  | { readonly refused: 'most-accounts'; readonly most: number }
  | { readonly refused: 'locked'; readonly until: number }
  /** The command could not be answered any more when a code could have been sent. */
  | { readonly refused: 'too-late' };

/** Why an account was not linked although the code was right. */
export type LinkRefusal =
  /** The name or the UUID belongs to another user of the guild. */
  { readonly refused: 'taken' } | { readonly refused: 'most-accounts'; readonly most: number };

/** Why a command had no effect. */
export type RegistrationRefusal =
  /** A code is being sent, or an account recorded: ask again when that is done. */
  | { readonly refused: 'not-ready' }
  | { readonly refused: 'locked'; readonly until: number }
  | { readonly refused: 'other-player' }
  | { readonly refused: 'timed-out' }
  /** It ended in another way. */
  | { readonly refused: 'over' }
  | { readonly refused: 'most-codes'; readonly most: number };
