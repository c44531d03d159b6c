/**
 * Does something now and again, until the signal is aborted: at once, and whenever the time is over and the last
 * one has ended. It keeps no process alive.
 *
 * @param job never rejects
 */
export function nowAndAgain(everyMs: number, job: () => Promise<void>, signal: AbortSignal): void {
  let underWay: Promise<void> | null = null;
  const begin = (): void => {
    underWay ??= job().finally(() => {
      underWay = null;
    });
  };
  begin();
  const timer = setInterval(begin, everyMs).unref();
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
}
