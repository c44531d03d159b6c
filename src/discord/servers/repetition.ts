import { zonedTime } from '../../config/guild/zoned-time';
import { recurrenceProblem } from '../../domain/watching/recurrence';
import { dateIn, timeIn } from './when';

const DAY = 24 * 60 * 60_000;

/** In the order of `Date.getUTCDay`. */
const WEEKDAYS = [
  { code: 'SU', name: 'Sunday' },
  { code: 'MO', name: 'Monday' },
  { code: 'TU', name: 'Tuesday' },
  { code: 'WE', name: 'Wednesday' },
  { code: 'TH', name: 'Thursday' },
  { code: 'FR', name: 'Friday' },
  { code: 'SA', name: 'Saturday' },
] as const;

/** How a repetition may be written, for messages that refuse one. */
export const REPEAT_EXAMPLES =
  'daily, weekly on Tuesday, every 2 weeks on Monday and Thursday, monthly on the first Sunday, or a rule such as FREQ=WEEKLY;BYDAY=TU';

/** What is offered while a repetition is typed. */
export const REPEAT_CHOICES: readonly string[] = [
  'daily',
  ...[1, 2, 3, 4, 5, 6, 0].map((day) => `weekly on ${WEEKDAYS[day]?.name ?? ''}`),
  ...[1, 2, 3, 4, 5, 6, 0].map((day) => `every 2 weeks on ${WEEKDAYS[day]?.name ?? ''}`),
  ...[1, 2, 3, 4, 5, 6, 0].map((day) => `monthly on the first ${WEEKDAYS[day]?.name ?? ''}`),
];

const PLACES: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  last: '-1',
};

/** How something repeats: the value of an RRULE (RFC 5545, section 3.3.10), or what is wrong, as a sentence. */
export type RepetitionRead = { readonly rule: string } | { readonly problem: string };

/** @param text as {@link REPEAT_EXAMPLES} */
export function parseRepetition(text: string): RepetitionRead {
  if (text.includes('=')) {
    const rule = text
      .trim()
      .replace(/^RRULE:/i, '')
      .toUpperCase();
    const problem = recurrenceProblem(rule);
    return problem === null ? { rule } : { problem: `repeat: ${problem}` };
  }
  const rule = inWords(text);
  return rule === null ? { problem: `repeat must be ${REPEAT_EXAMPLES}.` } : { rule };
}

function inWords(text: string): string | null {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (words === 'daily' || words === 'every day') return 'FREQ=DAILY';
  if (words === 'weekly' || words === 'every week') return 'FREQ=WEEKLY';
  if (words === 'monthly' || words === 'every month') return 'FREQ=MONTHLY';

  const weekly = /^(?:weekly on|every week on|every (\d{1,2}) weeks on|every) (.+)$/.exec(words);
  const days = weekly?.[2] === undefined ? null : weekdays(weekly[2]);
  if (days !== null) {
    const every = Number(weekly?.[1] ?? '1');
    if (every < 1) return null;
    return `FREQ=WEEKLY${every === 1 ? '' : `;INTERVAL=${every}`};BYDAY=${days.join(',')}`;
  }

  const monthly = /^(?:monthly|every month) on the (\w+) (\w+)$/.exec(words);
  const place = PLACES[monthly?.[1] ?? ''];
  const day = weekdays(monthly?.[2] ?? '');
  return place === undefined || day === null ? null : `FREQ=MONTHLY;BYDAY=${place}${day.join('')}`;
}

/** "tuesday", "mon, thu and sat" as codes; `null`: there is another word. */
function weekdays(text: string): string[] | null {
  const words = text.split(/,\s*(?:and\s+)?|\s+and\s+|\s+/).filter((word) => word !== '');
  const codes = words.map(
    (word) =>
      WEEKDAYS.find(
        ({ name }) => word.length >= 2 && `${name.toLowerCase()}s`.startsWith(word.toLowerCase()),
      )?.code ?? null,
  );
  const known = codes.filter((code) => code !== null);
  return known.length === 0 || known.length < codes.length ? null : [...new Set(known)];
}

/**
 * The first beginning of something that repeats on days of the week: the given instant, or the same time of
 * day on the first of those days after it. Rules that name no plain days leave it as it is.
 *
 * @param startsAt milliseconds since the epoch
 */
export function firstBeginning(startsAt: number, rule: string, timeZone: string): number {
  const days = /(?:^|;)BYDAY=([A-Z]{2}(?:,[A-Z]{2})*)(?:;|$)/.exec(rule)?.[1]?.split(',');
  if (days === undefined) return startsAt;
  const time = timeIn(startsAt, timeZone);
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const date = dateIn(startsAt + ahead * DAY, timeZone);
    const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
    if (weekday === undefined || !days.includes(weekday.code)) continue;
    return ahead === 0 ? startsAt : (zonedTime(`${date} ${time}`, timeZone) ?? startsAt);
  }
  return startsAt;
}
