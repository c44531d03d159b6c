import { createHash } from 'node:crypto';
import type { DeliveryPage, DeliveryRecord } from '../../db/announcements';
import type { DeliveriesFrom } from './ids';

/** How deliveries are named where their ids, of up to 128 letters, do not fit. */

/** A delivery, by when it came and a digest of its id. */
export interface DeliveryName {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly digest: string;
}

const DIGEST_LENGTH = 16;

export function deliveryName({
  receivedAt,
  id,
}: Pick<DeliveryRecord, 'receivedAt' | 'id'>): DeliveryName {
  const digest = createHash('sha256').update(id).digest('base64url').slice(0, DIGEST_LENGTH);
  return { at: receivedAt, digest };
}

/** A delivery's name as the value of a menu's option. */
export function deliveryValue(delivery: Pick<DeliveryRecord, 'receivedAt' | 'id'>): string {
  const { at, digest } = deliveryName(delivery);
  return `${at}.${digest}`;
}

/** @returns `null` for what is no such value */
export function readDeliveryValue(value: string): DeliveryName | null {
  const [, at, digest] = /^(\d{1,15})\.([\w-]{16})$/.exec(value) ?? [];
  return at === undefined || digest === undefined ? null : { at: Number(at), digest };
}

/** The first of all that came not after an instant. No id is empty, so that none of them is left out. */
export const upTo = (at: number) => ({ receivedAt: at + 1, id: '' });

/**
 * Where the page behind this one begins; `null`: there is none.
 *
 * @param from where this page began
 */
export function nextPage(
  from: DeliveriesFrom,
  { deliveries, next }: DeliveryPage,
): DeliveriesFrom | null {
  const last = deliveries.at(-1);
  if (last === undefined || next === null) return null;
  const at = last.receivedAt;
  const here = deliveries.filter(({ receivedAt }) => receivedAt === at).length;
  return { at, skip: here + (from.at === at ? from.skip : 0) };
}
