import type { Language } from './languages';

/** Numbers, dates and durations as a language writes them. Times are of UTC; pages with script show the reader's. */
export interface Formats {
  /** Whole numbers, grouped. */
  readonly count: (value: number) => string;
  /** A latency in milliseconds, without its unit. */
  readonly latency: (value: number) => string;
  /**
   * A share from 0 to 1. It is cut, not rounded: less than all is never shown as 100 %.
   */
  readonly share: (value: number) => string;
  /** `4 Oct`, of a day as `YYYY-MM-DD`. */
  readonly shortDay: (day: string) => string;
  /** `Sunday, 4 October 2026`, of milliseconds since the epoch. */
  readonly longDay: (at: number) => string;
  /** `4 Oct 2026, 14:05 UTC`. */
  readonly dateTime: (at: number) => string;
  /** `14:05 UTC`. */
  readonly time: (at: number) => string;
  /** At most two units, such as `2 h 5 min`; from milliseconds. */
  readonly duration: (milliseconds: number) => string;
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string;
}

/** As which region a language writes: pages tell it to their script. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** Making the formatters of Intl is slow, so a process makes each language's once and hands them on. */
export function createFormats(language: Language): Formats {
  const locale = LOCALES[language];
  const zone = { timeZone: 'UTC' } as const;
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const share = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 2,
    roundingMode: 'floor',
  });
  const shortDay = new Intl.DateTimeFormat(locale, { ...zone, day: 'numeric', month: 'short' });
  const longDay = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: 'full' });
  const dateTime = new Intl.DateTimeFormat(locale, {
    ...zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const time = new Intl.DateTimeFormat(locale, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' });
  const units = [
    { ms: 86_400_000, format: unit('day') },
    { ms: 3_600_000, format: unit('hour') },
    { ms: 60_000, format: unit('minute') },
    { ms: 1_000, format: unit('second') },
  ] as const;
  return {
    count: (value) => whole.format(value),
    latency: (value) => (value < 10 ? fine : whole).format(value),
    share: (value) => share.format(value),
    shortDay: (day) => shortDay.format(new Date(`${day}T00:00:00Z`)),
    longDay: (at) => longDay.format(at),
    dateTime: (at) => dateTime.format(at),
    time: (at) => time.format(at),
    duration: (milliseconds) => {
      let rest = Math.max(0, Math.round(milliseconds / 1_000) * 1_000);
      const parts: string[] = [];
      for (const { ms, format } of units) {
        const amount = Math.floor(rest / ms);
        // Two neighbouring units: whoever reads "2 d" does not ask for seconds.
        if (parts.length === 1 || amount > 0 || ms === 1_000) {
          if (amount > 0 || parts.length === 0) parts.push(format.format(amount));
          else break;
        }
        rest -= amount * ms;
        if (parts.length === 2) break;
      }
      return parts.join(' ');
    },
    list: (items) => list.format(items),
  };
}
