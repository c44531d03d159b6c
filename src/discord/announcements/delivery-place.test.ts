import { describe, expect, it } from '@jest/globals';
import { array, assert, integer, property, uniqueArray, constantFrom } from 'fast-check';
import type { DeliveryPage, DeliveryPlace, DeliveryRecord } from '../../db/announcements';
import { delivery } from '../../../test/contracts/source-fixtures';
import { deliveryName, deliveryValue, nextPage, readDeliveryValue, upTo } from './delivery-place';
import type { DeliveriesFrom } from './ids';

/** As the records page them: the newest first, those of one instant by their ids. */
function pageOf(
  all: readonly DeliveryRecord[],
  after: DeliveryPlace | null,
  limit: number,
): DeliveryPage {
  const rest = all.filter(
    ({ receivedAt, id }) =>
      after === null ||
      receivedAt < after.receivedAt ||
      (receivedAt === after.receivedAt && id < after.id),
  );
  const deliveries = rest.slice(0, limit);
  const last = deliveries.at(-1);
  return { deliveries, next: rest.length > limit && last !== undefined ? last : null };
}

describe('pages of deliveries', () => {
  it('show each delivery once, also where many came in one instant', () => {
    assert(
      property(
        uniqueArray(array(constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }), {
          maxLength: 40,
          selector: (letters) => letters.join(''),
        }),
        integer({ min: 1, max: 5 }),
        integer({ min: 1, max: 6 }),
        (ids, instants, size) => {
          const all = ids
            .map((letters, index) =>
              delivery({ id: letters.join(''), receivedAt: 1_000 + (index % instants) }),
            )
            .sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? 1 : -1));
          const seen: string[] = [];
          let from: DeliveriesFrom | null = { at: null, skip: 0 };
          for (let pages = 0; from !== null && pages <= all.length; pages += 1) {
            const after = from.at === null ? null : upTo(from.at);
            const { deliveries, next } = pageOf(all, after, size + from.skip);
            const shown = deliveries.slice(from.skip);
            seen.push(...shown.map(({ id }) => id));
            from = nextPage(from, { deliveries: shown, next });
          }
          expect(from).toBeNull();
          expect(seen).toEqual(all.map(({ id }) => id));
        },
      ),
    );
  });
});

describe('a delivery’s name', () => {
  it('is read as it was written', () => {
    const one = delivery({ id: 'x'.repeat(128) });
    expect(readDeliveryValue(deliveryValue(one))).toEqual(deliveryName(one));
    expect(deliveryValue(one).length).toBeLessThanOrEqual(100);
  });

  it.each(['', '1', '1.x', '-1.0123456789abcdef', '1.0123456789abcdef0'])(
    'is not read from “%s”',
    (value) => {
      expect(readDeliveryValue(value)).toBeNull();
    },
  );
});
