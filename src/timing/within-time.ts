/**
 * Waits for a result, but not for longer than that. What comes too late is dropped.
 *
 * A plain timer, since everything that a person clicks waits so several times: an aborted pause makes
 * an error with its stack each time, although nothing went wrong.
 *
 * @param ms in milliseconds
 * @param late is called when the time is over; what it returns is thrown
 */
export function withinTime<T>(ms: number, result: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(late());
    }, ms);
    result.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
