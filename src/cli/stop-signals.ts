/** Ctrl-C under npm arrives twice: once from the terminal, once passed on by npm. */
const sameKeyPress = 500;

/**
 * Listens for the signals that end a program: SIGINT (Ctrl-C), SIGTERM, and SIGHUP (the terminal
 * was closed). A second one counts only if it comes at least half a second after the first.
 */
export function onStopSignals(handlers: {
  readonly first: (signal: NodeJS.Signals) => void;
  readonly second: () => void;
}): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        handlers.first(signal);
      } else if (now - firstAt >= sameKeyPress) handlers.second();
    });
  }
}
