import { describe, expect, it } from '@jest/globals';
import { isTimeZone, zonedTime } from './zoned-time';

const at = (text: string, zone: string): string | undefined => {
  const instant = zonedTime(text, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('zonedTime', () => {
  it.each([
    ['2026-01-06 04:00', 'UTC', '2026-01-06T04:00:00.000Z'],
    ['2026-01-06T04:00', 'Europe/Berlin', '2026-01-06T03:00:00.000Z'],
    [' 2026-07-06 04:00 ', 'Europe/Berlin', '2026-07-06T02:00:00.000Z'],
    ['2026-07-06 23:30', 'America/New_York', '2026-07-07T03:30:00.000Z'],
    ['2026-01-06 04:00', 'Asia/Kathmandu', '2026-01-05T22:15:00.000Z'],
    // Clocks go forward at 2:00 and back at 3:00.
    ['2026-03-29 01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29 03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(at(text, zone)).toBe(instant);
  });

  it.each(['2026-02-30 04:00', '2026-13-01 04:00', '2026-01-01 25:00', 'tomorrow', '2026-01-01'])(
    '%s is none',
    (text) => {
      expect(at(text, 'UTC')).toBeUndefined();
    },
  );

  it('knows zones by their names alone', () => {
    expect(['Europe/Berlin', 'UTC', 'Etc/GMT+1'].every(isTimeZone)).toBe(true);
    expect(['Europe/Atlantis', '+02:00', ''].some(isTimeZone)).toBe(false);
  });
});
