/** Milliseconds between 1970 and Discord's own epoch, the first second of 2015. */
export const DISCORD_EPOCH = 1_420_070_400_000;

/** The instant (ms since 1970) at which a snowflake was made. */
export function timestampOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

/** The lowest snowflake of an instant (ms since 1970). */
export function snowflakeAt(ms: number): string {
  return ((BigInt(ms) - BigInt(DISCORD_EPOCH)) << 22n).toString();
}

/** Compares two snowflakes by age: negative when `a` is the older one. */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Hands out ids that only ever increase, also when the clock stands still or steps back.
 * A millisecond holds 4,194,304 of them; the rest is borrowed from the next one.
 */
export class Snowflakes {
  private last = 0n;

  constructor(private readonly now: () => number) {}

  next(): string {
    const fresh = (BigInt(this.now()) - BigInt(DISCORD_EPOCH)) << 22n;
    this.last = fresh > this.last ? fresh : this.last + 1n;
    return this.last.toString();
  }

  /** Ids handed out from now on are greater than this one, which came from an earlier run. */
  passed(id: string): void {
    const value = BigInt(id);
    if (value > this.last) this.last = value;
  }
}
