/** Runs a few jobs at the same time and refuses the others; `AtMost` lets them wait instead. */
export class Few {
  #running = 0;

  /** @param refusal makes the error for a job that is one too many */
  constructor(
    private readonly most: number,
    private readonly refusal: () => Error,
  ) {}

  /** @returns what the job returns; rejects with its error, or with the refusal */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running >= this.most) throw this.refusal();
    this.#running += 1;
    try {
      return await job();
    } finally {
      this.#running -= 1;
    }
  }
}
