/** What was read a short while ago. */
export interface Briefly<Value> {
  /**
   * It as it was read last, or anew where that was longer ago.
   *
   * @param ms how old it may be
   * @throws what reading throws; it is then read anew the next time
   */
  get(ms: number): Promise<Value>;
}

/**
 * Reads something for many who ask, also at the same time.
 *
 * @param now milliseconds since the epoch
 */
export function readBriefly<Value>(read: () => Promise<Value>, now: () => number): Briefly<Value> {
  let known: { readonly value: Value; readonly at: number } | undefined;
  let reading: Promise<Value> | undefined;

  const readAnew = async (): Promise<Value> => {
    try {
      const value = await read();
      known = { value, at: now() };
      return value;
    } finally {
      reading = undefined;
    }
  };
  return {
    async get(ms) {
      // A clock that is set back makes nothing new.
      if (known !== undefined && Math.abs(now() - known.at) <= ms) return known.value;
      return (reading ??= readAnew());
    },
  };
}
