import { z } from 'zod';
import type { TicketDependencies } from './dependencies';

/** What an earlier try of an effect has recorded, after which it died before it could say so. */
export type EarlierTry =
  | {
      readonly type: 'channel-created';
      readonly channelId: string;
      readonly messageId: string;
      readonly at: number;
    }
  | { readonly type: 'opening-failed'; readonly code: string; readonly at: number }
  | { readonly type: 'closed'; readonly messages: number | null; readonly at: number };

const recorded = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('channel-created'),
    channelId: z.string(),
    messageId: z.string(),
    at: z.number(),
  }),
  z.object({ type: z.literal('opening-failed'), code: z.string(), at: z.number() }),
  z.object({ type: z.literal('closed'), messages: z.number().nullable(), at: z.number() }),
]);

/**
 * The outcome that an earlier try recorded: it stands, whatever has happened since (somebody may have
 * deleted the channel by hand meanwhile).
 *
 * @param after the sequence number of the last event that the workflow knew when it asked for the effect
 */
export async function earlierTry(
  deps: TicketDependencies,
  caseId: string,
  after: number,
): Promise<EarlierTry | undefined> {
  const later = (await deps.cases.events(caseId)).filter(({ seq }) => seq > after);
  for (const { type, at, data } of later) {
    const outcome = recorded.safeParse({ ...data, type, at });
    if (outcome.success) return outcome.data;
  }
  return undefined;
}
