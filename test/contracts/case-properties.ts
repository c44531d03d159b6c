import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { CaseEventType } from '../../src/domain/cases/events';
import { anyLife, live, type Moment } from './case-life';

type Condition = (moment: Moment, earlier: readonly Moment[]) => boolean;
type Check = (moment: Moment, earlier: readonly Moment[]) => void;

/** Checks a property of every moment of many lives. */
export function always(check: Check): void {
  whenever(() => true, check);
}

/** Checks a property of the moments that fulfil a condition, and that there were any. */
export function whenever(condition: Condition, check: Check): void {
  let checked = 0;
  const life = fc.property(anyLife, ({ policy, steps }) => {
    const moments = live(policy, steps);
    moments.forEach((moment, index) => {
      const earlier = moments.slice(0, index);
      if (!condition(moment, earlier)) return;
      checked += 1;
      check(moment, earlier);
    });
  });
  fc.assert(life, { numRuns: LIVES });
  expect(checked).toBeGreaterThan(0);
}

export const LIVES = 250;

export const happened = (moment: Moment, type: CaseEventType): boolean =>
  moment.events.some((event) => event.type === type);
