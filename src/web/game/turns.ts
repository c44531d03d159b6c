/**
 * Lets what is asked under the same key be decided one after the other, in the order in which it came. Whatever
 * comes later may be answered by what was found before.
 */
export class Turns<Outcome> {
  readonly #last = new Map<string, Promise<Outcome>>();

  /**
   * @param decide gets what was decided just before for somebody who came earlier; `null`: nobody waits
   * @throws what `decide` throws, also to all who wait behind: whatever is away for one is away for them
   */
  async take(key: string, decide: (before: Outcome | null) => Promise<Outcome>): Promise<Outcome> {
    const before = this.#last.get(key);
    const mine = before === undefined ? decide(null) : before.then(decide);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** How many keys are being decided. */
  get size(): number {
    return this.#last.size;
  }
}
