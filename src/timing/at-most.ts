/** Runs jobs, at most so many at the same time; those that have to wait begin in the order in which they came. */
export class AtMost {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(private readonly most: number) {}

  /** Runs a job when it is its turn. @returns what it returns; rejects with its error */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running >= this.most) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else this.#running += 1;
    try {
      return await job();
    } finally {
      // Whoever waits longest gets the place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
