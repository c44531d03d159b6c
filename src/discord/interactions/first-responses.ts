/** So long after the newest click others are expected; who clicks at once with others comes sooner. */
const BURST_MS = 4;
/** So long what follows a first response waits for those of others, in milliseconds. */
const HELD_AT_MOST_MS = 200;

/**
 * The first responses that this process is giving. Discord waits for each of them for 3 seconds only, and
 * what follows one costs far more than itself; when many people click at once, it waits until the burst is
 * over and everybody's first response is on its way, but never for long.
 */
export class FirstResponses {
  readonly #held = new Set<() => void>();
  #underWay = 0;
  #newest = -Infinity;
  #looksAgain = false;

  /** @param now milliseconds of a clock that nobody sets */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes that one is being given. @returns to be called once it was given, or cannot be */
  begin(): () => void {
    this.#underWay += 1;
    this.#newest = this.now();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#underWay -= 1;
    };
  }

  /** Resolves when no burst is under way, one caller after the other. */
  async othersFirst(): Promise<void> {
    if (this.#burstLeft() <= 0 && this.#held.size === 0) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(limit);
        this.#held.delete(go);
        resolve();
      };
      const limit = setTimeout(go, HELD_AT_MOST_MS);
      this.#held.add(go);
      this.#letOneGo();
    });
  }

  /** One in a turn of the event loop, so that a click that arrives meanwhile is seen before the next one. */
  #letOneGo(): void {
    if (this.#looksAgain || this.#held.size === 0) return;
    this.#looksAgain = true;
    const again = (): void => {
      this.#looksAgain = false;
      this.#letOneGo();
    };
    const left = this.#burstLeft();
    if (left > 0) {
      setTimeout(again, left);
      return;
    }
    // Not at once: what has arrived while this process was busy is read first.
    setImmediate(() => {
      const [first] = this.#held;
      if (this.#burstLeft() <= 0) first?.();
      again();
    });
  }

  /** How long the burst is expected to go on, in milliseconds. What is far away takes longer to be given. */
  #burstLeft(): number {
    return this.#underWay === 0 ? 0 : this.#newest + BURST_MS - this.now();
  }
}
