import { html } from '../../html/html';
import type { ServerStatus } from '../../../domain/watching/server-state';
import type { ServerFigures, UptimeWindow } from '../../status/figures';
import type { ViewContext } from './context';
import { uptimeWords } from './servers';

export const BADGES = ['state', 'uptime'] as const;
export type BadgeKind = (typeof BADGES)[number];

/** Dark enough for white text on them (WCAG 2.2: 4.5 to 1). */
const COLOURS = {
  good: '#17794a',
  fair: '#8f5a00',
  bad: '#b3261e',
  neutral: '#596273',
  work: '#2459b8',
} as const;

const STATE_COLOURS: Readonly<Record<ServerStatus, string>> = {
  up: COLOURS.good,
  suspect: COLOURS.good,
  recovering: COLOURS.fair,
  flapping: COLOURS.fair,
  down: COLOURS.bad,
  unknown: COLOURS.neutral,
  maintenance: COLOURS.work,
};

const HEIGHT = 20;
const PADDING = 7;

/** A small picture of a server's state or uptime, for websites and read-me files; text from outside is escaped. */
export function badge(
  server: ServerFigures,
  { kind, window }: { readonly kind: BadgeKind; readonly window: UptimeWindow },
  context: ViewContext,
): string {
  const { texts } = context;
  const uptime = server.uptime[window];
  const left = kind === 'state' ? server.name : `${server.name} · ${texts.windows[window]}`;
  const right = kind === 'state' ? texts.states[server.status] : uptimeWords(uptime, context);
  const colour = kind === 'state' ? STATE_COLOURS[server.status] : uptimeColour(uptime.uptime);
  return drawn(left, right, colour);
}

/** A badge for a server that is not there. */
export const unknownBadge = ({ texts }: ViewContext): string =>
  drawn('Castellan', texts.states.unknown, COLOURS.neutral);

function uptimeColour(uptime: number | null): string {
  if (uptime === null) return COLOURS.neutral;
  if (uptime >= 0.99) return COLOURS.good;
  return uptime >= 0.95 ? COLOURS.fair : COLOURS.bad;
}

function drawn(left: string, right: string, colour: string): string {
  const a = widthOf(left) + 2 * PADDING;
  const b = widthOf(right) + 2 * PADDING;
  const text = (content: string, x: number, width: number) =>
    html`<text
      x="${x + width / 2}"
      y="14"
      textLength="${width - 2 * PADDING}"
      lengthAdjust="spacingAndGlyphs"
      >${content}</text
    >`;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${a + b}"
    height="${HEIGHT}"
    viewBox="0 0 ${a + b} ${HEIGHT}"
    role="img"
    aria-label="${left}: ${right}"
  >
    <title>${left}: ${right}</title>
    <clipPath id="r"><rect width="${a + b}" height="${HEIGHT}" rx="4" /></clipPath>
    <g clip-path="url(#r)">
      <rect width="${a}" height="${HEIGHT}" fill="#343b47" />
      <rect x="${a}" width="${b}" height="${HEIGHT}" fill="${colour}" />
    </g>
    <g
      fill="#fff"
      text-anchor="middle"
      font-family="Verdana,DejaVu Sans,Geneva,sans-serif"
      font-size="11"
    >
      ${text(left, 0, a)}${text(right, a, b)}
    </g>
  </svg> `.text;
}

/** About how wide a text is at 11 pixels of Verdana; `textLength` makes the drawn one agree with it. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter('und').segment(text)) {
    if (
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|\p{Extended_Pictographic}/u.test(
        segment,
      )
    ) {
      width += /^[0-9#*]$/.test(segment) ? 7 : 11.5;
    } else if (/^[ilj.,:;'|!]/.test(segment)) width += 4;
    else if (/^[mwMW%@]/.test(segment)) width += 10.5;
    else if (/^\p{Lu}/u.test(segment)) width += 7.8;
    else width += 6.7;
  }
  return Math.max(10, Math.round(width));
}
