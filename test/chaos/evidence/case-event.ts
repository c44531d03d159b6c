import { z } from 'zod';
import type { CaseEvent } from '../../../src/domain/cases/events';
import { policySchema } from '../../../src/db/case-row';

const note = z.string().nullable().default(null);
const by = z.string();

/** An event as `case_events` has it: its type with its data, without the words of its note. */
export const caseEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accepted'), number: z.number(), policy: policySchema }),
  z.object({ type: z.literal('refused') }),
  z.object({ type: z.literal('opening-failed'), code: z.string() }),
  z.object({ type: z.literal('channel-created'), channelId: z.string(), messageId: z.string() }),
  z.object({ type: z.literal('claimed'), by, from: z.string().nullable() }),
  z.object({ type: z.literal('released'), by, from: z.string() }),
  z.object({
    type: z.literal('raised'),
    by: z.union([z.object({ userId: z.string() }), z.object({ serviceLevel: z.literal(true) })]),
    team: z.string(),
  }),
  z.object({ type: z.literal('resolved'), by, note }),
  z.object({ type: z.literal('first-answered'), by, answeredAt: z.number() }),
  z.object({ type: z.literal('messages-seen'), lastAt: z.number() }),
  z.object({ type: z.literal('inactivity-warned') }),
  z.object({
    type: z.literal('closing'),
    cause: z.enum(['opener', 'staff', 'inactivity', 'channel-gone']),
    by: by.nullable(),
    note,
  }),
  z.object({ type: z.literal('closing-delayed'), code: z.string() }),
  z.object({ type: z.literal('closed'), messages: z.number().nullable() }),
  z.object({ type: z.literal('reopened'), by, newChannel: z.boolean() }),
  z.object({ type: z.literal('ended') }),
]) satisfies z.ZodType<CaseEvent>;
