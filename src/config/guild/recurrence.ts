const DAYS = '(?:MO|TU|WE|TH|FR|SA|SU)';

/** Which parts a rule may have, and what each may say (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10). */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,4}$/,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/,
  BYDAY: new RegExp(`^[+-]?\\d{0,2}${DAYS}(?:,[+-]?\\d{0,2}${DAYS})*$`),
  BYMONTHDAY: /^-?\d{1,2}(?:,-?\d{1,2})*$/,
  BYMONTH: /^\d{1,2}(?:,\d{1,2})*$/,
  BYHOUR: /^\d{1,2}(?:,\d{1,2})*$/,
  BYMINUTE: /^\d{1,2}(?:,\d{1,2})*$/,
  BYSETPOS: /^-?\d{1,3}(?:,-?\d{1,3})*$/,
  WKST: new RegExp(`^${DAYS}$`),
};

/**
 * Whether a text is a rule by which maintenance repeats: the value of an RRULE without its name, at most as
 * often as every hour. The days and hours that it means are the calendar's to say.
 */
export function isRecurrence(text: string): boolean {
  const parts = text.split(';').map((part) => part.split('='));
  const names = parts.map(([name = '']) => name);
  return (
    names.includes('FREQ') &&
    new Set(names).size === names.length &&
    !(names.includes('COUNT') && names.includes('UNTIL')) &&
    parts.every(
      ([name = '', value, ...more]) =>
        value !== undefined && more.length === 0 && PARTS[name]?.test(value) === true,
    )
  );
}
