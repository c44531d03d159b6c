import type { EChartsOption } from 'echarts/dist/echarts.common.min';
import type { ChartInput, ChartPanel, ChartShade } from './chart';
import { panelLines, type PanelLines, type Place } from './lines';
import type { Palette } from './palette';
import { timeTicks } from './ticks';

/** The typeface of pictures; a page that lacks it takes the reader's own. */
export const FONT = 'Inter';
const FONTS = `${FONT}, system-ui, sans-serif`;

const LEFT = 56;
const RIGHT = 20;
/** Room for a panel's title, and for the names of the instants under the lowest one. */
const TITLE = 34;
const AXIS = 30;
const BETWEEN = 14;
/** A label such as "30 Sep" with air beside it. */
const LABEL_WIDTH = 78;

/** From this width on, a title that explains the lines has room beside the legend. */
const ROOMY = 600;

const TITLES: Readonly<Record<ChartPanel, { readonly short: string; readonly long: string }>> = {
  players: { short: 'Players', long: 'Players (line: average; shade: fewest to most)' },
  latency: {
    short: 'Response time',
    long: 'Response time (line: median; shade: up to 95 %)',
  },
};

/** What ECharts draws. */
export function chartOption(input: ChartInput, palette: Palette): EChartsOption {
  const { panels, width, height, from, until } = input;
  const each = (height - AXIS) / Math.max(1, panels.length);
  const ticks = timeTicks(
    from,
    until,
    Math.max(1, Math.floor((width - LEFT - RIGHT) / LABEL_WIDTH)),
  );
  const last = panels.length - 1;
  return {
    animation: false,
    textStyle: { fontFamily: FONTS, color: palette.text },
    title: [
      ...panels.map((panel, index) => ({
        text: TITLES[panel][width < ROOMY ? 'short' : 'long'],
        left: 8,
        top: index * each + 6,
        padding: 0,
        textStyle: { fontSize: 13, fontWeight: 'normal' as const, color: palette.text },
      })),
      legend(input, palette),
    ],
    grid: panels.map((_, index) => ({
      left: LEFT,
      right: RIGHT,
      top: index * each + TITLE,
      height: Math.max(10, each - TITLE - (index === last ? 0 : BETWEEN)),
      containLabel: false,
    })),
    xAxis: panels.map((_, gridIndex) => ({
      type: 'time' as const,
      gridIndex,
      min: from,
      max: until,
      axisLine: { lineStyle: { color: palette.grid } },
      axisTick: { show: gridIndex === last, customValues: [...ticks.at] },
      splitLine: { show: false },
      axisLabel: {
        show: gridIndex === last,
        customValues: [...ticks.at],
        formatter: (at: number) => ticks.label(at),
        color: palette.faint,
        fontSize: 12,
        hideOverlap: true,
      },
    })),
    yAxis: panels.map((panel, gridIndex) => ({
      type: 'value' as const,
      gridIndex,
      min: 0,
      ...(panel === 'players' && { minInterval: 1 }),
      splitNumber: 3,
      axisLabel: {
        color: palette.faint,
        fontSize: 12,
        ...(panel === 'latency' && { formatter: '{value} ms' }),
      },
      splitLine: { lineStyle: { color: palette.grid } },
    })),
    series: panels.flatMap((panel, index) =>
      seriesOf(panelLines(input, panel), index, {
        colour: palette[panel],
        shades: shadesOf(input, palette),
        fillLine: panel === 'players',
      }),
    ),
  };
}

interface Look {
  readonly colour: string;
  readonly shades: MarkAreas;
  readonly fillLine: boolean;
}

function seriesOf(lines: PanelLines, index: number, look: Look) {
  const base = {
    type: 'line' as const,
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    connectNulls: false,
  };
  const invisible = { ...base, symbol: 'none', lineStyle: { width: 0 }, stack: `band-${index}` };
  return [
    { ...invisible, data: places(lines.low) },
    {
      ...invisible,
      data: places(lines.height),
      areaStyle: { color: look.colour, opacity: 0.22 },
    },
    {
      ...base,
      data: lines.line.map(([at, value]) => ({
        value: [at, value],
        symbol: lines.lone.has(at) ? 'circle' : 'none',
      })),
      symbolSize: 4,
      showAllSymbol: true,
      itemStyle: { color: look.colour },
      lineStyle: { width: 1.8, color: look.colour },
      ...(look.fillLine && { areaStyle: { color: look.colour, opacity: 0.1 } }),
      markArea: { silent: true, data: look.shades },
    },
  ];
}

function places(line: readonly Place[]): (number | null)[][] {
  return line.map(([at, value]) => [at, value]);
}

type MarkAreas = [
  { xAxis: number; itemStyle: { color: string; opacity: number } },
  { xAxis: number },
][];

/** Shades as far as they lie in the shown time; each at least a line wide, so that a short outage is seen. */
function shadesOf({ shades, from, until, width }: ChartInput, palette: Palette): MarkAreas {
  const least = ((until - from) / Math.max(1, width - LEFT - RIGHT)) * 1.5;
  return shades
    .filter((shade) => shade.until > from && shade.from < until)
    .map((shade) => [
      {
        xAxis: Math.max(from, Math.min(shade.from, until - least)),
        itemStyle: { color: palette[shade.kind], opacity: 0.35 },
      },
      { xAxis: Math.min(until, Math.max(shade.until, Math.max(shade.from, from) + least)) },
    ]);
}

const SHADE_WORDS: Readonly<Record<ChartShade['kind'], string>> = {
  down: 'down',
  maintenance: 'maintenance',
};

/** What the shades mean, and which zone the instants are in. */
function legend({ shades }: ChartInput, palette: Palette) {
  const kinds = (['down', 'maintenance'] as const).filter((kind) =>
    shades.some((shade) => shade.kind === kind),
  );
  return {
    text: [...kinds.map((kind) => `{${kind}|■} ${SHADE_WORDS[kind]}`), 'UTC'].join('   '),
    right: RIGHT,
    top: 7,
    padding: 0,
    textStyle: {
      fontSize: 12,
      fontWeight: 'normal' as const,
      color: palette.faint,
      rich: {
        down: { color: palette.down, fontSize: 12 },
        maintenance: { color: palette.maintenance, fontSize: 12 },
      },
    },
  };
}
