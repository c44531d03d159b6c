import { z } from 'zod';

/** What one of the product's processes tells `castellan all`, its parent. */
export const childMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), addresses: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('alive') }),
]);

export type ChildMessage = z.infer<typeof childMessage>;

/** What `castellan all` tells one of its processes. */
export const parentMessage = z.object({ type: z.literal('stop') });

export type ParentMessage = z.infer<typeof parentMessage>;
