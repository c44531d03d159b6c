import type { Answered, CheckResult } from '../../domain/watching/check';
import type { Resolver } from '../resolver';
import { causeOf } from './failure';
import type { Probe, ProbeTarget } from './probe';
import { TimeLimit } from './time-limit';
import type { Turnstile } from './turnstile';

/** What a question is asked with. */
export interface Means {
  readonly resolver: Resolver;
  /** Which addresses are asked only where the administrator allowed it. */
  readonly isInternal: (address: string) => boolean;
  readonly limit: TimeLimit;
}

/**
 * One protocol's question. It throws a ProbeFailure or a system's error, and leaves nothing open when
 * the time limit is over.
 */
export type Ask = (target: ProbeTarget, means: Means) => Promise<Answered>;

/** Is told of errors that no server can bring about: mistakes of ours. The probe fails all the same. */
export type OnMistake = (error: unknown) => void;

/** A question as a probe: within its time, and without exceptions. */
export function probeThat(
  ask: Ask,
  turnstile: Turnstile,
  means: Omit<Means, 'limit'>,
  onMistake: OnMistake,
): Probe {
  return {
    async check(target, limits): Promise<CheckResult> {
      // Waiting for its turn is our own queueing: the server's time begins afterwards.
      await turnstile.pass();
      const limit = new TimeLimit(limits);
      try {
        return await ask(target, { ...means, limit });
      } catch (error) {
        const cause = causeOf(error);
        if (cause === undefined) onMistake(error);
        return { up: false, cause: cause ?? 'protocol-error' };
      } finally {
        limit.close();
      }
    },
  };
}
