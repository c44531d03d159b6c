/** Work that is under way and should be finished before the process ends. */
export class TaskGroup {
  readonly #running = new Set<Promise<void>>();

  /** Starts something. @returns its own promise */
  run(task: () => Promise<void>): Promise<void> {
    const running = task();
    const settled = running.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(settled);
    void settled.then(() => this.#running.delete(settled));
    return running;
  }

  /** Resolves when everything that was started has settled. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
