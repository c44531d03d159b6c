/** How many probes begin in one turn of the event loop. */
const AT_A_TIME = 4;

/**
 * Lets probes begin a few at a time. Hundreds that begin at once would keep the event loop busy for many
 * milliseconds, in which the first answers lie unread; that would count as the servers' latency.
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #opens = false;

  /** Resolves when it is the caller's turn, at the latest after some turns of the event loop. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#opens) return;
      this.#opens = true;
      setImmediate(this.#open);
    });
  }

  readonly #open = (): void => {
    for (const enter of this.#waiting.splice(0, AT_A_TIME)) enter();
    this.#opens = this.#waiting.length > 0;
    if (this.#opens) setImmediate(this.#open);
  };
}
