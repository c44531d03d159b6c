import { chartSvg, type ChartShade, type ChartTheme } from '../../charts';
import type { IncidentFigures, ServerFigures } from './figures';
import type { HistoryStep, StatusSource } from './source';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
/** How much time the charts show. */
export type Range = (typeof RANGES)[number];

export const CHARTS = ['players', 'latency'] as const;
export type ChartName = (typeof CHARTS)[number];

export const SIZES = ['wide', 'narrow'] as const;
/** For which screens a chart is drawn: text shrinks with the picture, so a telephone gets one of its own. */
export type ChartSize = (typeof SIZES)[number];

/** The sizes in pixels of CSS. */
export const CHART_SIZES: Readonly<Record<ChartSize, { width: number; height: number }>> = {
  wide: { width: 920, height: 240 },
  narrow: { width: 360, height: 230 },
};

/** So that a chart has some hundred points: single checks of a day, hours of a month, days of a quarter. */
const SPANS: Readonly<
  Record<Range, { readonly ms: number; readonly step: HistoryStep; readonly stepMs: number }>
> = {
  '24h': { ms: DAY_MS, step: 10 * MINUTE_MS, stepMs: 10 * MINUTE_MS },
  '7d': { ms: 7 * DAY_MS, step: 'hour', stepMs: HOUR_MS },
  '30d': { ms: 30 * DAY_MS, step: 'hour', stepMs: HOUR_MS },
  '90d': { ms: 90 * DAY_MS, step: 'day', stepMs: DAY_MS },
};

export interface ChartRequest {
  readonly server: ServerFigures;
  readonly chart: ChartName;
  readonly range: Range;
  readonly theme: ChartTheme;
  readonly size: ChartSize;
  readonly description: string;
  /** Whose outages are shaded. */
  readonly incidents: readonly IncidentFigures[];
}

/** Draws one server's players or latency as an SVG; its outages are shaded. */
export async function drawChart(
  { server, chart, range, theme, size, description, incidents }: ChartRequest,
  source: Pick<StatusSource, 'history'>,
  now: number,
): Promise<string> {
  const { ms, step, stepMs } = SPANS[range];
  // A step that has begun is shown as far as it has come.
  const until = Math.ceil(now / stepMs) * stepMs;
  const from = until - ms;
  const points = await source.history({ serverKey: server.key, from, to: until, step }, now);
  return chartSvg({
    panels: [chart],
    from,
    until,
    stepMs,
    points,
    shades: shades(server, incidents, from, now),
    theme,
    ...CHART_SIZES[size],
    description,
    idPrefix: chart,
  });
}

function shades(
  { key }: ServerFigures,
  incidents: readonly IncidentFigures[],
  from: number,
  now: number,
): ChartShade[] {
  return incidents
    .flatMap(({ servers }) => servers)
    .filter((affected) => affected.key === key && (affected.until ?? now) > from)
    .map(({ since, until }) => ({
      kind: 'down',
      from: Math.max(from, since),
      until: until ?? now,
    }));
}

/** Steps are counted from 1970 on: the first of this length ends in 2286. */
const ONE_STEP_MS = 1e13;

/** The percentiles of the last 24 hours, from single checks: those of longer times cannot be put together. */
export async function latencyOfDay(
  server: ServerFigures,
  source: Pick<StatusSource, 'history'>,
  now: number,
): Promise<{ readonly p50: number; readonly p95: number; readonly p99: number } | null> {
  const [point] = await source.history(
    { serverKey: server.key, from: now - DAY_MS, to: now, step: ONE_STEP_MS },
    now,
  );
  return point?.latency ?? null;
}
