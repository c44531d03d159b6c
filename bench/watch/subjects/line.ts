import { z } from 'zod';

/** What a subject's process answers to a task: one JSON object a line. */

const verdictSchema = z.object({
  up: z.boolean(),
  /** `null`: not told. */
  cause: z.string().nullable(),
  players: z.number().nullable(),
  /** What the subject publishes as the server's latency, in milliseconds. */
  latencyMs: z.number().nullable(),
  /** From the call of the check to its result, in milliseconds. */
  tookMs: z.number(),
});

export const outcomeSchema = z.object({
  /** For all of them, in milliseconds. */
  wallMs: z.number(),
  /** In the order of the ports. */
  verdicts: z.array(verdictSchema),
  /** The most memory that the process held since it started, in MiB. */
  peakMiB: z.number(),
  /** Errors that would have ended the process. */
  uncaught: z.number(),
});

export type Verdict = z.infer<typeof verdictSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;
