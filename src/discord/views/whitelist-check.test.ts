import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, integer, property } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { whitelistCheckAnswer, type WhitelistDifference } from './whitelist-check';
import { ids, TEXTS } from './sample-accounts';

const anyText = constantFrom(...TEXTS);

describe('a whitelist that is compared', () => {
  const SURVIVAL = { id: 'survival', name: 'Survival' };
  const difference: WhitelistDifference = {
    entries: 12,
    missing: ['Steve_1', 'Alex'],
    surplus: ['Herobrine'],
    strangers: ['Builder'],
    underWay: 1,
  };

  it('shows the difference first, with a button that repairs', () => {
    const shown = whitelistCheckAnswer(SURVIVAL, { outcome: 'compared', difference });
    expect(shown.content).toBe(
      'The whitelist of **Survival** is not as it should be. Nothing has been changed yet; **Repair** brings it in step: 2 names put on its whitelist, 1 name taken off it.',
    );
    expect(shown.embeds[0]?.fields).toEqual([
      { name: 'Missing: they will be put on it (2)', value: '**Steve\\_1**, **Alex**' },
      { name: 'Too many: they will be taken off (1)', value: '**Herobrine**' },
      { name: 'Put there by hand: they stay (1)', value: '**Builder**' },
      { name: 'Under way', value: '1 change that it has not been told of yet' },
    ]);
    expect(ids(shown)).toEqual(['1:wlrepair:survival', '1:wlcheck:survival']);
  });

  it('has nothing to repair where it is as it should be', () => {
    const same = { ...difference, missing: [], surplus: [] };
    const shown = whitelistCheckAnswer(SURVIVAL, { outcome: 'compared', difference: same });
    expect(shown.content).toBe('✅ The whitelist of **Survival** is as it should be.');
    expect(ids(shown)).toEqual(['1:wlcheck:survival']);
  });

  it.each([
    { outcome: 'repairing', difference },
    { outcome: 'away' },
    { outcome: 'wrong-password' },
    { outcome: 'unreadable' },
    { outcome: 'not-kept' },
    { outcome: 'failed', reference: 'whitelist-check-1' },
  ] as const)('says so when it is $outcome', (result) => {
    const shown = whitelistCheckAnswer(SURVIVAL, result);
    expect(shown.content.length).toBeGreaterThan(60);
    expect(breaches(shown)).toEqual([]);
  });

  it('fits, however many names there are', () => {
    assert(
      property(anyText, integer({ min: 0, max: 3_000 }), (name, count) => {
        const many = Array.from({ length: count }, () => name);
        const all = {
          entries: count,
          missing: many,
          surplus: many,
          strangers: many,
          underWay: count,
        };
        const shown = whitelistCheckAnswer(
          { id: 'x'.repeat(32), name },
          { outcome: 'compared', difference: all },
        );
        expect(breaches(shown)).toEqual([]);
      }),
    );
  });
});
