import { z } from 'zod';
import { FAILURE_CAUSES } from '../../../src/domain/watching/check';
import { PEER_KINDS } from './kinds';

/** What passes between a fleet in a process of its own and whoever started it. */

export const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), seed: z.number(), servers: z.number() }),
  z.object({ type: z.literal('tell-served') }),
]);

const truthSchema = z.discriminatedUnion('up', [
  z.object({ up: z.literal(true), players: z.number().nullable() }),
  z.object({ up: z.literal(false), cause: z.enum(FAILURE_CAUSES) }),
]);

export const reportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    peers: z.array(z.object({ kind: z.enum(PEER_KINDS), port: z.number(), truth: truthSchema })),
  }),
  z.object({ type: z.literal('served'), servedMs: z.array(z.number().nullable()) }),
]);

export type Order = z.infer<typeof orderSchema>;
export type Report = z.infer<typeof reportSchema>;
