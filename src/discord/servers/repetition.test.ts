import { describe, expect, it } from '@jest/globals';
import { ruleWords } from '../views/maintenance-words';
import { firstBeginning, parseRepetition, REPEAT_CHOICES } from './repetition';

/** Tuesday. */
const TUESDAY = Date.UTC(2026, 0, 6, 4, 0);
const DAY = 24 * 3_600_000;

function ruleOf(text: string): string | null {
  const read = parseRepetition(text);
  return 'rule' in read ? read.rule : null;
}

describe('a repetition', () => {
  it.each([
    ['daily', 'FREQ=DAILY'],
    ['Every day', 'FREQ=DAILY'],
    ['weekly', 'FREQ=WEEKLY'],
    ['weekly on Tuesday', 'FREQ=WEEKLY;BYDAY=TU'],
    ['weekly on tue, thu and sat', 'FREQ=WEEKLY;BYDAY=TU,TH,SA'],
    ['every Monday', 'FREQ=WEEKLY;BYDAY=MO'],
    ['every 2 weeks on Monday and Thursday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH'],
    ['monthly on the first Sunday', 'FREQ=MONTHLY;BYDAY=1SU'],
    ['monthly on the last fri', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['RRULE:freq=weekly;byday=tu', 'FREQ=WEEKLY;BYDAY=TU'],
    ['FREQ=MONTHLY;BYMONTHDAY=1', 'FREQ=MONTHLY;BYMONTHDAY=1'],
  ])('is read from "%s"', (text, rule) => {
    expect(ruleOf(text)).toBe(rule);
  });

  it.each([
    'sometimes',
    'weekly on Caturday',
    'every 0 weeks on Monday',
    'monthly on the t sunday',
  ])('is refused where "%s" says none, with examples', (text) => {
    expect(parseRepetition(text)).toEqual({
      problem: expect.stringContaining('weekly on Tuesday'),
    });
  });

  it('tells what is wrong with a rule', () => {
    expect(parseRepetition('FREQ=SECONDLY')).toEqual({
      problem: expect.stringContaining('FREQ=SECONDLY is not right'),
    });
  });

  it('can be what is offered, and each of them is said again in words', () => {
    for (const choice of REPEAT_CHOICES) {
      const rule = ruleOf(choice);
      expect(rule).not.toBeNull();
      expect(ruleWords(rule ?? '')).toMatch(/^every /);
    }
    expect(ruleWords('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH,SA')).toBe(
      'every 2 weeks on Monday, Thursday and Saturday',
    );
    expect(ruleWords('FREQ=MONTHLY;BYDAY=-1FR')).toBe('every month on the last Friday');
    expect(ruleWords('FREQ=DAILY;BYHOUR=4')).toBe('by the rule FREQ=DAILY;BYHOUR=4');
  });
});

describe('the first beginning', () => {
  it('is the given one where it is on one of the days, else on the first of them', () => {
    const first = (rule: string) => firstBeginning(TUESDAY, rule, 'UTC');
    expect(first('FREQ=WEEKLY;BYDAY=TU')).toBe(TUESDAY);
    expect(first('FREQ=WEEKLY;BYDAY=MO,TH')).toBe(TUESDAY + 2 * DAY);
    expect(first('FREQ=WEEKLY;BYDAY=MO')).toBe(TUESDAY + 6 * DAY);
    expect(first('FREQ=MONTHLY;BYDAY=1SU')).toBe(TUESDAY);
    expect(first('FREQ=DAILY')).toBe(TUESDAY);
  });

  it('keeps the time of day where clocks change in between, and counts days in the zone', () => {
    // Friday evening in Berlin, before the clocks go forward on Sunday.
    const friday = Date.UTC(2026, 2, 27, 23, 30);
    expect(firstBeginning(friday, 'FREQ=WEEKLY;BYDAY=SA', 'Europe/Berlin')).toBe(friday);
    expect(firstBeginning(friday, 'FREQ=WEEKLY;BYDAY=MO', 'Europe/Berlin')).toBe(
      Date.UTC(2026, 2, 29, 22, 30),
    );
  });
});
