/**
 * Rules by which maintenance repeats: the value of an RRULE of RFC 5545, section 3.3.10, without its name. Only
 * what a plan for people needs is taken: nothing more often than every hour, no seconds, no weeks of the year.
 */

const WEEKLY = 'FREQ=WEEKLY;BYDAY=TU';
const DAY = '(?:MO|TU|WE|TH|FR|SA|SU)';

interface Part {
  readonly form: RegExp;
  /** Completes "must be", with a right example. */
  readonly wanted: string;
  readonly fits?: (value: string) => boolean;
}

/** A list of whole numbers from `least` to `most`; below zero they count from the end, and none may be 0. */
const numbers = (least: number, most: number, example: string): Part => ({
  form: least < 0 ? /^[+-]?\d{1,3}(?:,[+-]?\d{1,3})*$/ : /^\d{1,3}(?:,\d{1,3})*$/,
  wanted: `numbers from ${least} to ${most}${least < 0 ? ' without 0' : ''}, such as ${example}`,
  fits: (value) =>
    value
      .split(',')
      .map(Number)
      .every((number) => number >= least && number <= most && (least >= 0 || number !== 0)),
});

const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  [
    'FREQ',
    {
      form: /^(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
      wanted: 'HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY, such as FREQ=WEEKLY',
    },
  ],
  [
    'INTERVAL',
    { form: /^[1-9]\d{0,3}$/, wanted: 'a whole number from 1 to 9999, such as INTERVAL=2' },
  ],
  ['COUNT', { form: /^[1-9]\d{0,3}$/, wanted: 'a whole number from 1 to 9999, such as COUNT=10' }],
  [
    'UNTIL',
    {
      form: /^\d{8}(?:T\d{6}Z)?$/,
      wanted: 'a day, or a day and a time in UTC, such as UNTIL=20271231 or UNTIL=20271231T040000Z',
      fits: isDate,
    },
  ],
  [
    'BYDAY',
    {
      form: new RegExp(`^(?:[+-]?[1-9]\\d?)?${DAY}(?:,(?:[+-]?[1-9]\\d?)?${DAY})*$`),
      wanted: 'days of the week (MO, TU, WE, TH, FR, SA, SU), such as BYDAY=TU,TH or BYDAY=1SU',
    },
  ],
  ['BYMONTHDAY', numbers(-31, 31, 'BYMONTHDAY=1,15')],
  ['BYMONTH', numbers(1, 12, 'BYMONTH=1,7')],
  ['BYHOUR', numbers(0, 23, 'BYHOUR=4')],
  ['BYMINUTE', numbers(0, 59, 'BYMINUTE=30')],
  ['BYSETPOS', numbers(-366, 366, 'BYSETPOS=-1')],
  ['WKST', { form: new RegExp(`^${DAY}$`), wanted: 'a day of the week, such as WKST=MO' }],
]);

/**
 * What is wrong with a rule, as a whole sentence with a right example; `null` when nothing is. Whether its days
 * ever come is the calendar's to say.
 */
export function recurrenceProblem(rule: string): string | null {
  if (/^RRULE:/i.test(rule)) {
    return `The rule begins with “RRULE:”, which is left out here: write ${WEEKLY}.`;
  }
  const seen = new Map<string, string>();
  for (const text of rule.split(';')) {
    const [name = '', value, ...more] = text.split('=');
    if (value === undefined || more.length > 0) {
      return `“${shown(text)}” is not a part of a rule: parts are written NAME=VALUE with ; between them, such as ${WEEKLY}.`;
    }
    const part = PARTS.get(name);
    if (part === undefined) {
      return `A rule has no part ${shown(name)} here. It may have ${[...PARTS.keys()].join(', ')}, such as ${WEEKLY}.`;
    }
    if (seen.has(name)) return `${name} is there twice: write it once, such as ${WEEKLY}.`;
    if (!part.form.test(value) || part.fits?.(value) === false) {
      return `${name}=${shown(value)} is not right: it must be ${part.wanted}.`;
    }
    seen.set(name, value);
  }
  return partsTogether(seen);
}

/** RFC 5545, section 3.3.10: what parts ask of each other. */
function partsTogether(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get('FREQ');
  if (frequency === undefined) {
    return `FREQ is missing, which says how often it happens: write for example ${WEEKLY}.`;
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) {
    return 'COUNT and UNTIL do not go together: write one of them, such as FREQ=DAILY;COUNT=10.';
  }
  if (/\d/.test(parts.get('BYDAY') ?? '') && !/^(?:MONTHLY|YEARLY)$/.test(frequency)) {
    return `A number before a day, such as 1SU, needs months or years: write FREQ=MONTHLY;BYDAY=1SU.`;
  }
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') {
    return 'BYMONTHDAY does not go with FREQ=WEEKLY: write for example FREQ=MONTHLY;BYMONTHDAY=1.';
  }
  if (!canCome(parts)) {
    return `No month that BYMONTH names has such a day: write for example FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1.`;
  }
  if (parts.has('BYSETPOS') && ![...parts.keys()].some(isSelecting)) {
    return 'BYSETPOS chooses among days that another part names: write for example FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1.';
  }
  return null;
}

/** Whether one of the named days is in one of the named months, in a leap year at least. */
function canCome(parts: ReadonlyMap<string, string>): boolean {
  const days = parts.get('BYMONTHDAY')?.split(',').map(Number);
  const months = parts.get('BYMONTH')?.split(',').map(Number);
  if (days === undefined || months === undefined) return true;
  return months.some((month) =>
    days.some((day) => Math.abs(day) <= new Date(Date.UTC(2024, month, 0)).getUTCDate()),
  );
}

function isSelecting(name: string): boolean {
  return name.startsWith('BY') && name !== 'BYSETPOS';
}

function isDate(text: string): boolean {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(text) ?? [];
  const iso = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}.000Z`;
  const instant = new Date(iso);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === iso;
}

/** What somebody typed, short enough for an error. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
