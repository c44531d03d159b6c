import { LRUCache } from 'lru-cache';
import { setTimeout as pause } from 'node:timers/promises';

/** What is kept, and whether it is older than it should be because a new one cannot be had. */
export interface KeptValue<Value> {
  readonly value: Value;
  readonly stale: boolean;
}

export interface KeptOptions<Value extends object> {
  /** So long (milliseconds) nothing new is loaded. */
  readonly freshMs: number;
  /** So long after that the old one is handed out while a new one is loaded: nobody waits. */
  readonly meanwhileMs: number;
  /** The most that is kept, in the unit of `sizeOf`. */
  readonly most: number;
  readonly sizeOf: (value: Value) => number;
  /** Whether an error says that there is no such thing (any more): then the old one is no longer shown. */
  readonly isGone: (error: unknown) => boolean;
  /** Hears why nothing new could be loaded while something old was shown. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * Loads a value.
 *
 * @param before what was kept until now, to be taken over where nothing has changed
 */
export type Load<Value> = (before: Value | undefined) => Promise<Value>;

interface Entry<Value> {
  readonly value: Value;
  readonly at: number;
}

/** How long a visitor waits for new figures when there are old ones, in milliseconds. */
const PATIENCE_MS = 1_000;
/** The records are away: so long nobody asks them again, in milliseconds. */
const RETRY_MS = 2_000;

/**
 * Keeps what is costly to load, so that any number of visitors cost one load. While the records are away
 * it hands out the last that it has, said to be stale; only without one it throws what the load threw.
 */
export class Kept<Value extends object> {
  readonly #entries: LRUCache<string, Entry<Value>>;
  readonly #loading = new Map<string, Promise<Entry<Value>>>();
  readonly #failedAt = new Map<string, number>();

  constructor(private readonly options: KeptOptions<Value>) {
    this.#entries = new LRUCache({
      maxSize: options.most,
      sizeCalculation: ({ value }) => Math.max(1, options.sizeOf(value)),
    });
  }

  /** @param load the same for the same key, whoever asks */
  async get(key: string, load: Load<Value>): Promise<KeptValue<Value>> {
    const { freshMs, meanwhileMs, now } = this.options;
    const entry = this.#entries.get(key);
    const age = entry === undefined ? Infinity : now() - entry.at;
    if (entry !== undefined && age < freshMs) return { value: entry.value, stale: false };
    const failedAt = this.#failedAt.get(key);
    if (entry !== undefined && failedAt !== undefined && now() - failedAt < RETRY_MS) {
      return { value: entry.value, stale: true };
    }
    const loading = this.#load(key, load, entry);
    if (entry === undefined) return { value: (await loading).value, stale: false };
    if (age < freshMs + meanwhileMs) {
      loading.catch(() => undefined);
      return { value: entry.value, stale: false };
    }
    return this.#newOr(entry, loading);
  }

  /** One load at a time for a key; whoever comes meanwhile waits for the same one. */
  #load(key: string, load: Load<Value>, before: Entry<Value> | undefined): Promise<Entry<Value>> {
    const running = this.#loading.get(key);
    if (running !== undefined) return running;
    const { now, onError, isGone } = this.options;
    const loading = load(before?.value)
      .then(
        (value) => {
          const entry = { value, at: now() };
          this.#entries.set(key, entry);
          this.#failedAt.delete(key);
          return entry;
        },
        (error: unknown) => {
          if (isGone(error)) {
            this.#entries.delete(key);
            this.#failedAt.delete(key);
          } else if (before !== undefined) {
            // Only where something old can be shown meanwhile: without that, every visitor may ask.
            this.#failedAt.set(key, now());
            onError(error);
          }
          throw error;
        },
      )
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  async #newOr(entry: Entry<Value>, loading: Promise<Entry<Value>>): Promise<KeptValue<Value>> {
    const waiting = new AbortController();
    try {
      const loaded = await Promise.race([
        loading,
        pause(PATIENCE_MS, undefined, { signal: waiting.signal }),
      ]);
      if (loaded !== undefined) return { value: loaded.value, stale: false };
      loading.catch(() => undefined);
    } catch (error) {
      if (this.options.isGone(error)) throw error;
      // It was said to onError; what is old is better than nothing.
    } finally {
      waiting.abort();
    }
    return { value: entry.value, stale: true };
  }
}
