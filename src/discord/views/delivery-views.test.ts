import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, nat, option, property, record } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import type { Fate } from '../../db/announcements';
import { deliveryCard } from './delivery-card';
import { deliveriesAnswer, DELIVERIES_PAGE } from './delivery-list';
import { delivery, HOUR, NOW } from '../../../test/contracts/source-fixtures';
import { ids, labels, NASTY_TEXTS, text } from './shown';
import { FATES } from './source-words';

const anyText = constantFrom(...NASTY_TEXTS);
const FATE_NAMES = Object.keys(FATES) as Fate[];
const LONGEST = 'w'.repeat(32);

describe('the list of deliveries', () => {
  it('says what became of each and why', () => {
    const shown = deliveriesAnswer({
      id: 'keep',
      deliveries: [
        delivery({ fate: 'failed', reason: 'The channel is gone @everyone.', again: 2 }),
        delivery({ id: 'x'.repeat(128), items: 3 }),
      ],
      from: { at: null, skip: 0 },
      next: { at: NOW, skip: 4 },
    });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      '❌ <t:1799996400:f> · could not be posted · 1 item · delivered again 2 times',
      '-# The channel is gone ＠everyone.',
      '✅ <t:1799996400:f> · posted · 3 items',
    ]);
    expect(ids(shown)).toEqual([
      '1:dlv:keep',
      '1:dlvs:keep::0',
      `1:dlvs:keep:${NOW}:4`,
      '1:srccard:keep',
    ]);
  });

  it('fits with a full page of the longest', () => {
    assert(
      property(
        array(
          record({
            fate: constantFrom(...FATE_NAMES),
            reason: option(anyText),
            id: constantFrom('x'.repeat(128), 'y'),
            items: nat(),
            again: nat(),
          }),
          { maxLength: DELIVERIES_PAGE },
        ),
        (rows) => {
          const deliveries = rows.map((row, index) =>
            delivery({ ...row, receivedAt: NOW + index }),
          );
          const view = { id: LONGEST, deliveries, from: { at: NOW, skip: 999 } };
          const next = { at: NOW, skip: 1_000 };
          expect(breaches(deliveriesAnswer({ ...view, next }))).toEqual([]);
          expect(breaches(deliveriesAnswer({ ...view, next: null }))).toEqual([]);
          for (const one of deliveries) {
            expect(breaches(deliveryCard({ ...one, sourceId: LONGEST }))).toEqual([]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says so where there is nothing, and leads back', () => {
    const none = { id: 'keep', deliveries: [], next: null };
    expect(deliveriesAnswer({ ...none, from: { at: null, skip: 0 } }).content).toContain(
      'nothing yet',
    );
    const older = deliveriesAnswer({ ...none, from: { at: NOW, skip: 0 } });
    expect(labels(older)).toContain('⏮ Newest');
  });
});

describe('a delivery', () => {
  it('can be delivered again as long as it is kept', () => {
    expect(labels(deliveryCard(delivery()))).toEqual(['Deliver again', 'Back to the list']);
    const erased = deliveryCard(delivery({ storageKey: null }));
    expect(labels(erased)).toEqual(['Back to the list']);
    expect(text(erased)).toContain('kept no longer');
  });

  it('is named by what fits into a button, however long its id', () => {
    const [first = ''] = ids(deliveryCard(delivery({ sourceId: LONGEST, id: 'x'.repeat(128) })));
    expect(first).toMatch(new RegExp(`^1:dlvagain:${LONGEST}:${NOW - HOUR}:[\\w-]{16}$`));
  });
});
