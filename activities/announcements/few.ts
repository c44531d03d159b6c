import { EffectFailed } from '../failure';

/**
 * Runs a few jobs at the same time and refuses the others, to be tried later. A worker has room for so many
 * activities; what waits for its turn would take it as well.
 */
export class Few {
  #running = 0;

  constructor(private readonly most: number) {}

  /** @returns what the job returns; rejects with its error, or EffectFailed where enough are under way */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#running >= this.most) {
      throw new EffectFailed('service-unavailable', 'Enough other services are asked at this time');
    }
    this.#running += 1;
    try {
      return await job();
    } finally {
      this.#running -= 1;
    }
  }
}
