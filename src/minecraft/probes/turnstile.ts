/** How many probes begin in one turn of the event loop, and in a millisecond when turns take longer. */
const AT_A_TIME = 4;

/**
 * Lets probes begin a few at a time. Hundreds that begin at once would keep the event loop busy for many
 * milliseconds, in which the first answers lie unread; that would count as the servers' latency.
 *
 * Where the machine is so busy that turns take long, as many pass as would have passed in short ones: the
 * last of 256 waits for about 64 ms in any case.
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #openedAt = 0;
  #opens = false;

  /** Resolves when it is the caller's turn. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#opens) return;
      this.#opens = true;
      this.#openedAt = performance.now();
      setImmediate(this.#open);
    });
  }

  readonly #open = (): void => {
    const now = performance.now();
    const passing = Math.ceil(Math.max(1, now - this.#openedAt) * AT_A_TIME);
    this.#openedAt = now;
    for (const enter of this.#waiting.splice(0, passing)) enter();
    this.#opens = this.#waiting.length > 0;
    if (this.#opens) setImmediate(this.#open);
  };
}
