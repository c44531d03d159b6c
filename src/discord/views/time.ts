/** Instants and durations as people read them. All are in milliseconds; instants since the Unix epoch. */

const seconds = (at: number) => Math.floor(at / 1000);

/** "in 5 minutes" or "2 days ago", counted by the reader's own Discord. */
export function relative(at: number): string {
  return `<t:${seconds(at)}:R>`;
}

/** Date and time in the reader's own zone. */
export function dateTime(at: number): string {
  return `<t:${seconds(at)}:f>`;
}

/** Date and time with "in 5 minutes" behind it. */
export function moment(at: number): string {
  return `${dateTime(at)} (${relative(at)})`;
}

const UNITS = [
  { name: 'day', ms: 24 * 60 * 60 * 1000 },
  { name: 'hour', ms: 60 * 60 * 1000 },
  { name: 'minute', ms: 60 * 1000 },
] as const;

/** A length of time in its two greatest units: "2 days 3 hours", "4 minutes", "less than a minute". */
export function duration(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const unit of UNITS) {
    const amount = Math.floor(rest / unit.ms);
    if (amount > 0) parts.push(counted(amount, unit.name));
    rest -= amount * unit.ms;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? 'less than a minute' : parts.join(' ');
}

/** "1 message", "2 messages". */
export function counted(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount} ${amount === 1 ? singular : plural}`;
}
