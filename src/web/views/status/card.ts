import { label } from '../../../domain/text';
import type { ServerStatus } from '../../../domain/watching/server-state';
import { html, type Html } from '../../html/html';
import type { GuildFigures, ServerFigures } from '../../status/figures';
import { dayKind, lastDays, type DayKind } from './bars';
import { headline, type Condition } from './condition';
import type { ViewContext } from './context';
import { CARD } from './layout';
import { uptimeWords } from './servers';

/** The picture of an embed: the guild, how its servers are, and the first of them with their bars. */

const COLOURS = {
  page: '#12151a',
  card: '#1b1f26',
  text: '#eceff4',
  soft: '#a6b0bf',
  up: '#3fb877',
  trouble: '#e2a336',
  down: '#f2685e',
  unknown: '#77828f',
  maintenance: '#6f9ff2',
} as const;

const CONDITIONS: Readonly<Record<Condition, string>> = {
  up: COLOURS.up,
  trouble: COLOURS.trouble,
  down: COLOURS.down,
  maintenance: COLOURS.maintenance,
  unknown: COLOURS.unknown,
  none: COLOURS.unknown,
};
const STATES: Readonly<Record<ServerStatus, string>> = {
  up: COLOURS.up,
  suspect: COLOURS.up,
  recovering: COLOURS.trouble,
  flapping: COLOURS.trouble,
  down: COLOURS.down,
  unknown: COLOURS.unknown,
  maintenance: COLOURS.maintenance,
};
const BARS: Readonly<Record<DayKind, string>> = {
  u: COLOURS.up,
  g: COLOURS.up,
  w: COLOURS.up,
  p: COLOURS.trouble,
  d: COLOURS.down,
  n: COLOURS.unknown,
  m: COLOURS.maintenance,
};
/** Who needs attention comes first. */
const ORDER: readonly ServerStatus[] = [
  'down',
  'flapping',
  'recovering',
  'maintenance',
  'unknown',
  'suspect',
  'up',
];

const ROWS = 4;
const LEFT = 72;
const TOP = 286;
const ROW = 74;
const BAR = 5;

export function card(figures: GuildFigures, context: ViewContext): string {
  const { condition, words } = headline(figures, context.texts);
  const colour = CONDITIONS[condition];
  const servers = figures.servers
    .map((server, place) => ({ server, place }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.server.status) - ORDER.indexOf(b.server.status) || a.place - b.place,
    )
    .map(({ server }) => server);
  const shown = servers.slice(0, ROWS);
  const more = servers.length - shown.length;
  const days = lastDays(context.now);
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${CARD.width}"
    height="${CARD.height}"
    viewBox="0 0 ${CARD.width} ${CARD.height}"
    font-family="Inter, sans-serif"
    fill="${COLOURS.text}"
  >
    <rect width="100%" height="100%" fill="${COLOURS.page}" />
    <rect width="100%" height="12" fill="${colour}" />
    <text x="${LEFT}" y="118" font-size="58" font-weight="700">
      ${label(withoutEmoji(figures.page.name), { max: 32, empty: figures.page.slug })}
    </text>
    <circle cx="${LEFT + 14}" cy="180" r="14" fill="${colour}" />
    <text x="${LEFT + 46}" y="194" font-size="40" fill="${colour}">
      ${label(words, { max: 50 })}
    </text>
    ${shown.map((server, index) => row(server, TOP + index * ROW, days, context))}
    ${more > 0 && html`<text x="${LEFT}" y="${TOP + ROWS * ROW + 4}" font-size="26" fill="${COLOURS.soft}">+ ${context.texts.incidents.moreServers(more)}</text>`}
  </svg> `.text;
}

function row(
  server: ServerFigures,
  top: number,
  days: readonly string[],
  context: ViewContext,
): Html {
  const byDay = new Map(server.days.map((figures) => [figures.day, figures]));
  const left = CARD.width - LEFT - days.length * BAR;
  return html` <circle cx="${LEFT + 9}" cy="${top + 1}" r="9" fill="${STATES[server.status]}" />
    <text x="${LEFT + 34}" y="${top + 11}" font-size="30"
      >${label(withoutEmoji(server.name), { max: 22, empty: server.id })}</text
    >
    <text x="${left - 24}" y="${top + 11}" font-size="28" text-anchor="end" fill="${COLOURS.soft}"
      >${figure(server, context)}</text
    >
    ${days.map((day, index) => {
      const kind = dayKind(byDay.get(day));
      const height = kind === 'n' ? 12 : 40;
      return html`<rect
        x="${left + index * BAR}"
        y="${top + 21 - height}"
        width="${BAR - 1.5}"
        height="${height}"
        rx="1"
        fill="${BARS[kind]}"
      />`;
    })}`;
}

/** Pictures have no coloured emoji. */
const withoutEmoji = (name: string): string =>
  name.replaceAll(/[\p{Extended_Pictographic}\uFE0F\u200D]/gu, '');

/** Players, as far as they are known; else the uptime. */
function figure(server: ServerFigures, context: ViewContext): string {
  const { texts, formats } = context;
  const { status, players, maxPlayers, uptime } = server;
  if (status !== 'up' && status !== 'suspect') return texts.states[status];
  if (players === null) return uptimeWords(uptime['90d'], context);
  return maxPlayers === null
    ? formats.count(players)
    : `${formats.count(players)}/${formats.count(maxPlayers)}`;
}
