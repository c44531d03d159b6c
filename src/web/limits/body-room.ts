import type { Context } from 'koa';

/**
 * How much memory the bodies of requests may take together. Only what has come counts: whoever sends slowly
 * keeps nobody else out.
 */
export class BodyRoom {
  readonly #held = new WeakMap<Context, number>();
  #taken = 0;

  /** @param most in bytes */
  constructor(private readonly most: number) {}

  /**
   * Takes room for more of a request's body; it is free again when the request was answered or broke off.
   *
   * @returns whether there is room
   */
  take(context: Context, bytes: number): boolean {
    if (this.#taken + bytes > this.most) return false;
    const held = this.#held.get(context);
    if (held === undefined)
      context.res.once('close', () => {
        this.#free(context);
      });
    this.#held.set(context, (held ?? 0) + bytes);
    this.#taken += bytes;
    return true;
  }

  /** In bytes. */
  get taken(): number {
    return this.#taken;
  }

  #free(context: Context): void {
    this.#taken -= this.#held.get(context) ?? 0;
    this.#held.delete(context);
  }
}
