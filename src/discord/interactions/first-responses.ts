/** So long what follows a first response waits for those of others, in milliseconds. */
const HELD_AT_MOST_MS = 25;

/**
 * The first responses that this process is giving. Discord waits for each of them for 3 seconds only, and
 * what follows one costs far more than itself; when many people click at once, it waits until nobody looks
 * at a button that has not answered yet, but never for long.
 */
export class FirstResponses {
  readonly #held = new Set<() => void>();
  #underWay = 0;
  #letsGo = false;

  /** Notes that one is being given. @returns to be called once it was given, or cannot be */
  begin(): () => void {
    this.#underWay += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#underWay -= 1;
      this.#letOneGo();
    };
  }

  /** Resolves when nobody waits for a first response, one caller after the other. */
  async othersFirst(): Promise<void> {
    if (this.#underWay === 0 && this.#held.size === 0) return;
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
    if (this.#letsGo || this.#underWay > 0 || this.#held.size === 0) return;
    this.#letsGo = true;
    setImmediate(() => {
      this.#letsGo = false;
      const [first] = this.#held;
      if (this.#underWay === 0) first?.();
      this.#letOneGo();
    });
  }
}
