import { describe, expect, it } from '@jest/globals';
import { compareSnowflakes, snowflakeAt, Snowflakes, timestampOf } from './snowflakes';

describe('snowflakes', () => {
  it('carry their instant', () => {
    // The example of Discord's own reference.
    expect(timestampOf('175928847299117063')).toBe(1_462_015_105_796);
    expect(timestampOf(snowflakeAt(1_700_000_000_123))).toBe(1_700_000_000_123);
  });

  it('only ever increase, also when the clock does not', () => {
    let now = 1_700_000_000_000;
    const ids = new Snowflakes(() => now);
    const made = [ids.next(), ids.next()];
    now -= 5_000;
    made.push(ids.next());
    ids.passed(snowflakeAt(1_800_000_000_000));
    made.push(ids.next());
    now = 1_900_000_000_000;
    made.push(ids.next());
    const sorted = [...made].sort(compareSnowflakes);
    expect(new Set(made).size).toBe(5);
    expect(sorted).toEqual(made);
  });

  it('are compared by length first', () => {
    expect(compareSnowflakes('99', '100')).toBeLessThan(0);
    expect(compareSnowflakes('100', '100')).toBe(0);
  });
});
