import type { Rate } from '../../limits/token-buckets';

/** How much game servers may ask. */
export interface GameLimits {
  /** Requests of one server. */
  readonly server: Rate;
  /** Codes typed by one player of one guild. */
  readonly player: Rate;
  /** Long polls at the same time: all, and of one server. */
  readonly waiting: number;
  readonly waitingOfServer: number;
  /** How often is looked for news while somebody waits, in milliseconds. */
  readonly lookEveryMs: number;
}

/**
 * A server of a thousand players needs a fraction of it. A player who is out of attempts reads that the
 * registration is locked before reading that they type too fast.
 */
export const GAME_LIMITS: GameLimits = {
  server: { burst: 120, perSecond: 30 },
  player: { burst: 10, perSecond: 0.5 },
  waiting: 1_000,
  waitingOfServer: 8,
  lookEveryMs: 1_000,
};
