import type { Player } from '../../src/domain/registration/account';
import type {
  Guess,
  LinkRefusal,
  Proof,
  RegistrationEvent,
  RegistrationPolicy,
  RegistrationState,
  StartRefusal,
} from '../../src/domain/registration/registration';
import type { AnswerTo } from '../answer-to';
import type { GuessVerdict, RegistrationSubject } from './contract';

/** The effects that a registration asks for. Each may be tried any number of times. */
export interface RegistrationActivities {
  /**
   * Makes a code, keeps its keyed hash, and shows the code in the interaction's answer, all in one, so that the
   * code is never in a history. Before the first code it sees whether the user may register the name at all, and
   * shows the refusal instead; what an earlier try has on record ends with it.
   *
   * Every try makes a new code; what an earlier try kept or showed is replaced by it. A try that finds a later
   * one's code kept shows nothing. If the interaction cannot be answered any more, it tells the user by direct
   * message to ask again.
   */
  sendCode(request: CodeRequest): Promise<CodeOutcome>;

  /**
   * Records the account as the user's, the registration as verified, and the whitelists that it is to be on, in
   * one transaction; or that it was rejected, and why. The same for every try.
   */
  linkAccount(request: LinkRequest): Promise<LinkOutcome>;

  /**
   * Records how it ended, then does what follows: after success the role, the nickname and the whitelists'
   * workflows; takes back in the games what the watching had set up there; and tells the user, in the answer of
   * the newest interaction while its token lives, else by direct message, else in the guild's channel for that
   * without naming the account. What Discord forbids is noted and does not keep the rest from being done. Once
   * for every registration, except for one that was refused, which `sendCode` has told.
   */
  concludeRegistration(request: ConclusionRequest): Promise<void>;

  /**
   * Where the server is told of codes by RCON or is read by its log: tells the player in the game, listens until
   * they have typed something, and gives it back, hashed as codes are. It listens for as long as nobody types,
   * also while the server is away; it sends heartbeats, and when it is cancelled it leaves nothing behind in the
   * game. What is another pending registration's code for the same name is not heard by this one.
   *
   * It begins with telling the player what became of what the call before has heard. Until then nothing that was
   * heard is taken away from the game: a try that died is repeated with the same cursor, and hears the same.
   */
  watchGame(request: WatchRequest): Promise<WatchOutcome>;
}

/** Which attempt of which registration. */
export interface RegistrationRef extends RegistrationSubject {
  /** The workflow's id. */
  readonly registrationId: string;
  /** When this attempt began: later ones have the same id. Milliseconds since the epoch, as all instants. */
  readonly startedAt: number;
}

/** An event with its place in the attempt's history. The record leaves its hash out. */
export interface RecordedRegistrationEvent {
  readonly seq: number;
  readonly at: number;
  readonly event: RegistrationEvent;
}

export interface CodeRequest {
  readonly registration: RegistrationRef;
  /** The how many-th code of the attempt, from 1. */
  readonly number: number;
  /** As it was when the first code was sent; `null`: this is the first, and the guild's configuration says. */
  readonly policy: RegistrationPolicy | null;
  readonly answerTo: AnswerTo;
  /** The message that shows the code before this one, if it is another: it is no longer worth anything. */
  readonly replaces: AnswerTo | null;
  /** Attempts that are left; `null`: as many as the policy has. */
  readonly attemptsLeft: number | null;
}

export type CodeOutcome =
  /** Only for the first code; the user was told. */
  | { readonly outcome: 'refused'; readonly refusal: StartRefusal }
  | {
      readonly outcome: 'sent';
      readonly codeHash: string;
      /** When it was kept; the time to type it counts from here. */
      readonly at: number;
      readonly policy: RegistrationPolicy;
      /**
       * Wrong codes of the user's earlier registrations of this name within the policy's `lockMs`, since the last
       * one that was verified: to cancel and begin again gives no new attempts. 0 from the second code on.
       */
      readonly wrong: number;
      /** Servers on which `watchGame` listens for it; empty where all have a plugin. */
      readonly watched: readonly string[];
    }
  /** The interaction could not be answered any more: nobody has seen the code that was kept last. */
  | { readonly outcome: 'unseen' };

export interface LinkRequest {
  readonly registration: RegistrationRef;
  readonly proof: Proof;
  readonly state: RegistrationState;
  /** All of this attempt. */
  readonly events: readonly RecordedRegistrationEvent[];
}

export type LinkOutcome =
  /** Also if it was the user's before, as under another name. */
  | { readonly outcome: 'linked'; readonly accountKey: number; readonly at: number }
  | { readonly outcome: 'rejected'; readonly rejection: LinkRefusal; readonly at: number };

export interface ConclusionRequest {
  readonly registration: RegistrationRef;
  /** `verified`, `rejected`, `timed-out`, `cancelled` or `locked`; `refused` if no code could be shown. */
  readonly state: RegistrationState;
  readonly events: readonly RecordedRegistrationEvent[];
  /** The account, if it was verified. */
  readonly accountKey: number | null;
  readonly answerTo: AnswerTo;
  /** Servers on which `watchGame` has listened. */
  readonly watched: readonly string[];
  /** What `watchGame` heard last, with its verdict: to be told in the game, where that is possible at once. */
  readonly heard: HeardVerdict | null;
}

export interface WatchRequest {
  readonly registration: RegistrationRef;
  readonly serverId: string;
  /** As the watching before gave it back; `null` at first. */
  readonly cursor: string | null;
  /** What became of what the watching before has heard: to be told the players in the game. */
  readonly verdicts: readonly HeardVerdict[];
}

export interface HeardVerdict {
  readonly serverId: string;
  readonly player: Player;
  readonly verdict: GuessVerdict;
}

export type WatchOutcome =
  | {
      readonly outcome: 'heard';
      readonly guesses: readonly Guess[];
      /** For the next call. It holds no code in clear. */
      readonly cursor: string;
    }
  /** The server is configured no longer, or in another way. */
  | { readonly outcome: 'not-watched' };
