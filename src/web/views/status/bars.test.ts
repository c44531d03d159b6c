import { describe, expect, it } from '@jest/globals';
import { createFormats } from '../../language/formats';
import { textsOf, type Language } from '../../language/languages';
import { SAMPLE_NOW, sampleDays } from '../../status/sample-figures';
import { createBars, dayKind, dayWords, lastDays } from './bars';
import type { ViewContext } from './context';

const context = (language: Language = 'en'): ViewContext => ({
  language,
  texts: textsOf(language),
  formats: createFormats(language),
  publicUrl: 'https://castellan.example.org',
  assets: { stylesheet: '', script: '', icon: '' },
  now: SAMPLE_NOW,
  stale: false,
});

const HOUR = 3_600_000;
const spent = (up: number, down = 0, unknown = 0, maintenance = 0) => ({
  day: '2026-10-04',
  upMs: up * HOUR,
  downMs: down * HOUR,
  unknownMs: unknown * HOUR,
  maintenanceMs: maintenance * HOUR,
});

describe('a day’s bar', () => {
  it.each([
    ['u', spent(24)],
    ['u', spent(23.9, 0, 0.1)],
    ['p', spent(23.999, 0.001)],
    ['d', spent(11, 13)],
    // An outage is not hidden by not having been looked at for the rest of the day.
    ['d', spent(0, 0.1, 23.9)],
    ['g', spent(20, 0, 4)],
    ['w', spent(20, 0, 0, 4)],
    ['n', spent(4, 0, 20)],
    ['m', spent(0, 0, 4, 20)],
    ['n', spent(0)],
    ['n', undefined],
  ] as const)('looks like %s', (kind, day) => {
    expect(dayKind(day)).toBe(kind);
  });

  it('says what the day was like, and never more than was', () => {
    expect(dayWords(spent(24), context())).toBe('100% up');
    const almost = spent(24 - 1 / 3_600, 1 / 3_600);
    expect(dayWords(almost, context())).toBe('99.99% up, down for 1 sec');
    expect(dayWords(spent(12, 4, 6, 2), context('de'))).toBe(
      '75\u00a0% verfügbar, 4 Std. ausgefallen, 6 Std. nicht gesehen, 2 Std. Wartung',
    );
    expect(dayWords(undefined, context())).toBe('no figures');
  });

  it('stands for one of the last 90 days of UTC, today last', () => {
    const days = lastDays(SAMPLE_NOW);
    expect(days).toHaveLength(90);
    expect([days.at(0), days.at(-1)]).toEqual(['2026-08-26', '2026-11-23']);
  });
});

describe('a row of bars', () => {
  it('is told in words to those who do not see it', () => {
    const { text } = createBars(context()).row(
      sampleDays({ 3: { downMs: 2 * HOUR }, 50: { downMs: 60_000 } }),
      '99.9%',
    );
    expect(/aria-label="([^"]*)"/.exec(text)?.[1]).toBe(
      'Last 90 days: 99.9% up. 2 days with outages: 20 Nov (2 hrs), 4 Oct (1 min).',
    );
  });

  it('has a bar for days before the server was watched', () => {
    const { text } = createBars(context()).row(sampleDays({}, 2), '100%');
    expect(text.match(/<i class="n"/g)).toHaveLength(88);
    expect(text.match(/<i class="u"/g)).toHaveLength(2);
  });
});
