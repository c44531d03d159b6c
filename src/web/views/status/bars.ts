import { html, type Html } from '../../html/html';
import { uptimeOf } from '../../status/uptime';
import type { DayFigures } from '../../status/figures';
import type { ViewContext } from './context';

export const DAYS = 90;
const DAY_MS = 86_400_000;

/** What a day's bar looks like; the class in the style sheet. */
export type DayKind = 'u' | 'g' | 'w' | 'p' | 'd' | 'n' | 'm';

/** Half an hour of a day is seen in its bar: what is not up has a foot of its own colour. */
const SEEN_MS = 1_800_000;

/** What a day mostly was; but an outage is shown whatever else it was. */
export function dayKind(day: DayFigures | undefined): DayKind {
  if (day === undefined) return 'n';
  const { upMs, downMs, unknownMs, maintenanceMs } = day;
  if (downMs > 0) return downMs > upMs ? 'd' : 'p';
  if (upMs >= unknownMs && upMs >= maintenanceMs && upMs > 0) {
    if (Math.max(unknownMs, maintenanceMs) < SEEN_MS) return 'u';
    return unknownMs >= maintenanceMs ? 'g' : 'w';
  }
  if (maintenanceMs >= unknownMs && maintenanceMs > 0) return 'm';
  return 'n';
}

/** The last 90 days of UTC as `YYYY-MM-DD`, oldest first. */
export function lastDays(now: number): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** What a day was like, in words and figures. */
export function dayWords(day: DayFigures | undefined, { texts, formats }: ViewContext): string {
  if (day === undefined) return texts.days.none;
  const { upMs, downMs, unknownMs, maintenanceMs } = day;
  const uptime = uptimeOf(day);
  const words: string[] = [];
  if (uptime !== null) {
    const share = formats.share(uptime);
    words.push(
      downMs > 0 ? texts.days.down(share, formats.duration(downMs)) : texts.days.up(share),
    );
  }
  if (unknownMs > 0) words.push(texts.days.unknown(formats.duration(unknownMs)));
  if (maintenanceMs > 0) words.push(texts.days.maintenance(formats.duration(maintenanceMs)));
  if (upMs + downMs + unknownMs + maintenanceMs === 0) return texts.days.none;
  return words.join(', ');
}

/** How many days with an outage are named to those who do not see the bars. */
const NAMED = 5;

export interface Bars {
  /** @param uptime of the 90 days, as it is written beside the bars */
  readonly row: (days: readonly DayFigures[], uptime: string) => Html;
}

/**
 * Draws rows of bars. What most of them show (a day without any trouble, a day before the server was
 * watched) is written once a day for all servers: a page has 18,000 bars.
 */
export function createBars(context: ViewContext): Bars {
  const { texts, formats, now } = context;
  const wanted = lastDays(now).map((day) => {
    const short = formats.shortDay(day);
    const ready = (kind: DayKind, words: string): Html =>
      html`<i class="${kind}" title="${short}: ${words}"></i>`;
    return {
      day,
      short,
      ready,
      none: ready('n', texts.days.none),
      up: ready('u', texts.days.up(formats.share(1))),
    };
  });
  return {
    row: (days, uptime) => {
      const byDay = new Map(days.map((figures) => [figures.day, figures]));
      const bars: Html[] = [];
      const troubled: string[] = [];
      for (const { day, short, ready, none, up } of wanted) {
        const figures = byDay.get(day);
        if (figures === undefined) bars.push(none);
        else if (figures.upMs > 0 && isWholeUp(figures)) bars.push(up);
        else bars.push(ready(dayKind(figures), dayWords(figures, context)));
        if (figures !== undefined && figures.downMs > 0) {
          troubled.push(`${short} (${formats.duration(figures.downMs)})`);
        }
      }
      const named = troubled.slice(-NAMED).reverse();
      const summary = texts.days.summary(uptime, troubled.length);
      const list =
        named.length === 0
          ? ''
          : `: ${texts.days.troubled(named.join(', '), troubled.length - named.length)}`;
      return html`<div class="bars" role="img" aria-label="${summary}${list}">${bars}</div>`;
    },
  };
}

const isWholeUp = ({ downMs, unknownMs, maintenanceMs }: DayFigures): boolean =>
  downMs + unknownMs + maintenanceMs === 0;

/** What the colours mean, once a page. */
export function legend({ texts }: ViewContext): Html {
  const { legend: words, legendTitle, zone } = texts.days;
  const entry = (kind: DayKind, meaning: string): Html =>
    html`<li><i class="${kind}"></i> ${meaning}</li>`;
  return html`<div class="legend">
    <p>${legendTitle}:</p>
    <ul>
      ${[
        entry('u', words.up),
        entry('p', words.partly),
        entry('d', words.down),
        entry('m', words.maintenance),
        entry('n', words.unknown),
      ]}
    </ul>
    <p>${zone} ${texts.coverageMeans}</p>
  </div>`;
}
