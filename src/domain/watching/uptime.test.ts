import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { percentage, uptimeDays, uptimeOf, type Span } from './uptime';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('uptime', () => {
  const spans: Span[] = [
    { kind: 'unknown', from: 0, to: 10 },
    { kind: 'up', from: 10, to: 70 },
    { kind: 'down', from: 70, to: 90 },
    { kind: 'maintenance', from: 90, to: 100 },
    { kind: 'up', from: 100, to: null },
  ];

  it('is up among up and down, with what was seen beside it', () => {
    expect(uptimeOf(spans, { from: 0, to: 120 })).toEqual({
      upMs: 80,
      downMs: 20,
      unknownMs: 10,
      maintenanceMs: 10,
      uptime: 0.8,
      coverage: 100 / 110,
    });
  });

  it('takes of each span what lies in the window', () => {
    expect(uptimeOf(spans, { from: 60, to: 80 })).toMatchObject({ upMs: 10, downMs: 10 });
  });

  it('is nothing where nothing was seen', () => {
    expect(uptimeOf([], { from: 0, to: 100 })).toMatchObject({ uptime: null, coverage: null });
    expect(uptimeOf(spans, { from: 0, to: 10 })).toMatchObject({ uptime: null, coverage: 0 });
    expect(uptimeOf(spans, { from: 90, to: 100 })).toMatchObject({ uptime: null, coverage: null });
  });

  it('of days together is that of the time', () => {
    const anySpans = fc
      .array(
        fc.tuple(
          fc.constantFrom<Span['kind']>('up', 'down', 'unknown', 'maintenance'),
          fc.nat(3 * DAY),
        ),
        { maxLength: 40 },
      )
      .map((parts) => {
        let from = 0;
        return parts.map(([kind, length]): Span => ({ kind, from, to: (from += length) }));
      });
    fc.assert(
      fc.property(anySpans, fc.nat(30 * DAY), (spans, late) => {
        const now = 90 * DAY + late;
        const days = uptimeDays(spans, now);
        const from = Date.parse(`${days[0]?.day ?? ''}T00:00:00Z`);
        const sum = (part: 'upMs' | 'downMs' | 'unknownMs' | 'maintenanceMs') =>
          days.reduce((total, day) => total + day[part], 0);
        const whole = uptimeOf(spans, { from, to: now });
        expect([sum('upMs'), sum('downMs'), sum('unknownMs'), sum('maintenanceMs')]).toEqual([
          whole.upMs,
          whole.downMs,
          whole.unknownMs,
          whole.maintenanceMs,
        ]);
      }),
    );
  });
});

describe('the days', () => {
  it('are those of UTC, the present one as far as it went', () => {
    const now = Date.UTC(2026, 2, 2, 6);
    const days = uptimeDays([{ kind: 'up', from: now - 10 * DAY, to: null }], now, 3);
    expect(days.map(({ day, upMs }) => [day, upMs / HOUR])).toEqual([
      ['2026-02-28', 24],
      ['2026-03-01', 24],
      ['2026-03-02', 6],
    ]);
  });

  it('are ninety', () => {
    expect(uptimeDays([], Date.UTC(2026, 2, 2))).toHaveLength(90);
  });
});

describe('a percentage', () => {
  it.each([
    [1, '100 %'],
    [0.999999, '99.99 %'],
    [0.99999, '99.99 %'],
    [0.9998, '99.98 %'],
    [0.29, '29.00 %'],
    [0.5, '50.00 %'],
    [0.00001, '< 0.01 %'],
    [0, '0 %'],
  ])('of %d is %s', (share, text) => {
    expect(percentage(share)).toBe(text);
  });

  it('is never better than the truth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 * DAY }),
        fc.integer({ min: 1, max: DAY }),
        (up, down) => {
          const text = percentage(up / (up + down));
          expect(text).not.toBe('100 %');
          const shown = text.startsWith('<') ? 0 : Number.parseFloat(text);
          expect(shown).toBeLessThanOrEqual((100 * up) / (up + down) + 1e-9);
        },
      ),
    );
  });
});
