import { ProblemError } from '../problem';

/** Lets only so many do something costly at once; a bounded number of others wait, the rest is asked to come again. */
export class Gate {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws ProblemError 503 when too many wait already */
  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.atOnce) this.#running += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place is handed on, so that nobody who comes meanwhile takes it.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.mostWaiting) {
      throw new ProblemError({
        status: 503,
        detail: 'Too many figures are asked for at once. Please try again in a few seconds.',
      });
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
