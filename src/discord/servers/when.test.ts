import { describe, expect, it } from '@jest/globals';
import { parseStart } from './when';

/** Tuesday. */
const NOW = Date.UTC(2026, 0, 6, 12, 30);
const HOUR = 3_600_000;

describe('the beginning of maintenance', () => {
  it.each([
    ['now', NOW],
    ['', NOW],
    ['2h', NOW + 2 * HOUR],
    ['in 90m', NOW + 1.5 * HOUR],
    ['22:00', Date.UTC(2026, 0, 6, 22, 0)],
    ['12:30', NOW],
    ['9:15', Date.UTC(2026, 0, 7, 9, 15)],
    ['2026-02-01 04:00', Date.UTC(2026, 1, 1, 4, 0)],
    ['2026-02-01T04:00', Date.UTC(2026, 1, 1, 4, 0)],
  ])('is read from "%s"', (text, expected) => {
    expect(parseStart(text, 'UTC', NOW)).toBe(expected);
  });

  it('means the clocks of the zone', () => {
    expect(parseStart('22:00', 'Europe/Berlin', NOW)).toBe(Date.UTC(2026, 0, 6, 21, 0));
    // In Auckland it is already the next day, half past one in the morning.
    expect(parseStart('02:00', 'Pacific/Auckland', NOW)).toBe(Date.UTC(2026, 0, 6, 13, 0));
    expect(parseStart('2026-07-01 04:00', 'Europe/Berlin', NOW)).toBe(Date.UTC(2026, 6, 1, 2, 0));
  });

  it.each(['tomorrow', '25:00', '2026-02-30 04:00', '-2h', '4 o’clock'])(
    'is refused where "%s" says none',
    (text) => {
      expect(parseStart(text, 'UTC', NOW)).toBeNull();
    },
  );
});
