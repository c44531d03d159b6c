/** One thing that a process depends on. */
export interface Check {
  /** As it is shown to people and in metrics: `postgres`, `temporal`, `discord`. */
  readonly name: string;
  /** Resolves when it is reached. The signal is aborted when nobody waits any longer. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** A check's outcome. `problem` is for logs and operators, not for strangers. */
export type CheckResult =
  | { readonly name: string; readonly ok: true }
  | { readonly name: string; readonly ok: false; readonly problem: string };

/**
 * Runs every check at once; one that takes longer than `timeout` milliseconds has failed. Never
 * rejects.
 */
export function runChecks(checks: readonly Check[], timeout: number): Promise<CheckResult[]> {
  return Promise.all(checks.map((check) => runCheck(check, timeout)));
}

async function runCheck({ name, run }: Check, timeout: number): Promise<CheckResult> {
  const over = new AbortController();
  const timer = setTimeout(() => {
    over.abort(new Error(`It did not answer within ${timeout} ms.`));
  }, timeout);
  try {
    await Promise.race([run(over.signal), rejectWhenAborted(over.signal)]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A check that remembers its outcome, so that frequent questions do not become frequent calls: a
 * success for `goodFor` milliseconds, a failure for `badFor`.
 */
export function remembered(
  check: Check,
  {
    goodFor,
    badFor,
    now,
  }: { readonly goodFor: number; readonly badFor: number; readonly now: () => number },
): Check {
  let last: { readonly until: number; readonly error: Error | undefined } | undefined;
  return {
    name: check.name,
    async run(signal) {
      if (!last || now() >= last.until) {
        try {
          await check.run(signal);
          last = { until: now() + goodFor, error: undefined };
        } catch (error) {
          const failure = error instanceof Error ? error : new Error(String(error));
          last = { until: now() + badFor, error: failure };
        }
      }
      if (last.error) throw last.error;
    },
  };
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      const reason: unknown = signal.reason;
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    });
  });
}
