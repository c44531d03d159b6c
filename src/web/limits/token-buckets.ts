import { LRUCache } from 'lru-cache';

/** How often something may be done. */
export interface Rate {
  /** At once, after a pause. */
  readonly burst: number;
  /** In the long run. */
  readonly perSecond: number;
}

/** Tokens are counted in thousandths: what flows in within whole milliseconds then adds up exactly. */
const TOKEN = 1_000;

interface Bucket {
  /** In thousandths of a token. */
  filled: number;
  filledAt: number;
}

/**
 * Token buckets, one a key. Only so many keys are remembered: the one that was used longest ago is
 * forgotten first, and begins with a full bucket when it comes back.
 */
export class TokenBuckets {
  readonly #buckets: LRUCache<string, Bucket>;

  /**
   * @param most how many keys are remembered
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly rate: Rate,
    most: number,
    private readonly now: () => number,
  ) {
    this.#buckets = new LRUCache({ max: most });
  }

  /** Takes a token. @returns 0, or after how many milliseconds there is one again */
  take(key: string): number {
    const { burst, perSecond } = this.rate;
    const now = this.now();
    const bucket = this.#buckets.get(key) ?? { filled: burst * TOKEN, filledAt: now };
    // A clock that is set back fills nothing, and takes nothing away.
    const passed = Math.max(0, now - bucket.filledAt);
    bucket.filled = Math.min(burst * TOKEN, bucket.filled + passed * perSecond);
    bucket.filledAt = now;
    this.#buckets.set(key, bucket);
    if (bucket.filled < TOKEN) return Math.ceil((TOKEN - bucket.filled) / perSecond);
    bucket.filled -= TOKEN;
    return 0;
  }

  get size(): number {
    return this.#buckets.size;
  }
}
