import { parseDuration } from '../../config/duration';
import { isTimeZone, zonedTime } from '../../config/guild/zoned-time';

const DAY = 24 * 60 * 60_000;

/** How a beginning may be written, for messages that refuse one. */
export const START_EXAMPLES = 'now, in 2h, 22:00 or 2026-01-06 04:00';

/**
 * Reads when something begins.
 *
 * @param text as {@link START_EXAMPLES}; a time of day is the next one
 * @param timeZone IANA name of the zone whose clocks are meant
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch, or `null` when the text says no time
 */
export function parseStart(text: string, timeZone: string, now: number): number | null {
  const written = text.trim().toLowerCase();
  if (written === '' || written === 'now') return now;
  const after = parseDuration(written.replace(/^in\s+/, ''));
  if (after !== undefined) return now + after;
  if (!isTimeZone(timeZone)) return null;
  if (/^\d{1,2}:\d{2}$/.test(written)) {
    const time = written.padStart(5, '0');
    // Three days, because a day that has no such hour, or has begun, is passed over.
    const candidates = [0, 1, 2].map((days) =>
      zonedTime(`${dateIn(now + days * DAY, timeZone)} ${time}`, timeZone),
    );
    return candidates.find((at) => at !== undefined && at >= now) ?? null;
  }
  return zonedTime(text.trim(), timeZone) ?? null;
}

/** `2026-01-06`, as the zone's calendars show an instant. */
export function dateIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** `04:00`, as the zone's clocks show an instant. */
export function timeIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}
