/** Dates and times as a person in some place writes them. */

/** Whether this machine's calendar knows the zone (an IANA name such as `Europe/Berlin`). */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl, too, and know no summer time.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/;

/** A date and time as if it were in UTC, or undefined when there is no such day or minute. */
function asUtc(text: string): number | undefined {
  const [, year, month, day, hour, minute] = WRITTEN.exec(text.trim()) ?? [];
  if (minute === undefined) return undefined;
  const at = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute}:00Z`);
  // Some days roll over to the next month instead of being refused: 2026-02-30.
  return !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day) ? at : undefined;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offset(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  const shown = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}

/**
 * In: `2026-01-06 04:00` (or with a `T`) and the zone whose clocks show it.
 * Out: the instant in milliseconds since the epoch, or undefined when it is not written so. An hour that the
 * clocks skip in spring is the one after; of an hour that they show twice in autumn it is the first.
 */
export function zonedTime(text: string, timeZone: string): number | undefined {
  const utc = asUtc(text);
  if (utc === undefined || !isTimeZone(timeZone)) return undefined;
  const dayBefore = utc - offset(utc - 86_400_000, timeZone);
  const dayAfter = utc - offset(utc + 86_400_000, timeZone);
  const fitting = [dayBefore, dayAfter].filter((at) => at + offset(at, timeZone) === utc);
  return fitting.length > 0 ? Math.min(...fitting) : dayBefore;
}
