/**
 * How far the events of one gateway session have been handled without a gap. Events are begun in the
 * order of their sequence numbers and finish in any order; only what lies before the oldest
 * unfinished one needs no replay.
 */
export class Cursor {
  /** Sequence numbers of unfinished events, in the order of their arrival, which is ascending. */
  readonly #pending = new Set<number>();
  #newest: number;

  /** @param start everything up to this sequence number was handled before */
  constructor(start: number) {
    this.#newest = start;
  }

  /**
   * An event has arrived.
   *
   * @returns to be called once it was handled; again does no harm. `null` for an event that has been
   *   begun before: a resumed connection replays what was still being handled
   */
  begin(sequence: number): (() => void) | null {
    if (sequence <= this.#newest) return null;
    this.#newest = sequence;
    this.#pending.add(sequence);
    return () => {
      this.#pending.delete(sequence);
    };
  }

  /** The sequence number up to which every event was handled. */
  get handled(): number {
    for (const oldest of this.#pending) return oldest - 1;
    return this.#newest;
  }
}
