import { MIB } from '../../sources/source';
import type { Rate } from '../../limits/token-buckets';

/** How much sources may deliver. */
export interface WebhookLimits {
  /** Genuine deliveries of one source. */
  readonly source: Rate;
  /** All bodies that are read and handled at the same time, in bytes. */
  readonly bodies: number;
}

/** A busy organisation's webhook sends a few in a second; a mirror that is pushed anew, hundreds at once. */
export const WEBHOOK_LIMITS: WebhookLimits = {
  source: { burst: 600, perSecond: 50 },
  bodies: 128 * MIB,
};
