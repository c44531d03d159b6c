import { setTimeout as pause } from 'node:timers/promises';

/** How long people wait, in milliseconds. Nobody in these tests gives up before an outage is over. */
export const PATIENCE = {
  /** For an answer that still "thinks": an update may take 25 s, and is shown in half a minute more. */
  answer: 90_000,
  /** Before looking whether the channel is still there. */
  glance: 5_000,
  /** For what was promised to happen by itself. */
  promised: 240_000,
  /** To see whether what may have happened has happened. */
  doubt: 45_000,
  /** Before trying again, at first. */
  again: 1_000,
  /** Tries before somebody gives up, which counts as a failure of the product. */
  tries: 40,
} as const;

/** The pause before another try: it grows to five seconds. */
export function beforeAgain(attempt: number): Promise<void> {
  return pause(Math.min(PATIENCE.again * (attempt + 1), 5_000));
}
