import type { ChartInput, ChartPanel, ChartPoint } from './chart';

/** A place on a line: instant (milliseconds since the epoch) and value; `null`: nothing is known there. */
export type Place = readonly [at: number, value: number | null];

/** What one panel draws: a line, and a band from `low` upwards by `height`. */
export interface PanelLines {
  readonly line: readonly Place[];
  readonly low: readonly Place[];
  readonly height: readonly Place[];
  /** Known places between two gaps, which no line can show. */
  readonly lone: ReadonlySet<number>;
}

/** The line and the band of a panel, with a gap wherever a stretch is missing or told nothing. */
export function panelLines(input: ChartInput, panel: ChartPanel): PanelLines {
  const line: Place[] = [];
  const low: Place[] = [];
  const height: Place[] = [];
  const add = (at: number, value: Values | null): void => {
    line.push([at, value === null ? null : value.line]);
    low.push([at, value === null ? null : value.low]);
    height.push([at, value === null ? null : Math.max(0, value.high - value.low)]);
  };

  let expected = Number.NEGATIVE_INFINITY;
  for (const point of input.points) {
    if (point.at + input.stepMs <= input.from || point.at >= input.until) continue;
    // The stretch that is not over yet, such as today, is shown at the end.
    const middle = Math.min(input.until, Math.max(input.from, point.at + input.stepMs / 2));
    // Stretches of months and of clocks that are set differ a little; a missing one is twice as long.
    if (point.at > expected + input.stepMs / 2 && line.length > 0) add(middle - input.stepMs, null);
    add(middle, valuesOf(point, panel));
    expected = point.at + input.stepMs;
  }
  return { line, low, height, lone: loneOf(line) };
}

interface Values {
  readonly line: number;
  readonly low: number;
  readonly high: number;
}

function valuesOf(point: ChartPoint, panel: ChartPanel): Values | null {
  switch (panel) {
    case 'players':
      return point.players === null
        ? null
        : { line: point.players.avg, low: point.players.min, high: point.players.max };
    case 'latency':
      return point.latency === null
        ? null
        : { line: point.latency.p50, low: point.latency.p50, high: point.latency.p95 };
  }
}

function loneOf(line: readonly Place[]): ReadonlySet<number> {
  const known = (index: number): boolean => (line[index]?.[1] ?? null) !== null;
  const lone = new Set<number>();
  for (const [index, [at]] of line.entries()) {
    if (known(index) && !known(index - 1) && !known(index + 1)) lone.add(at);
  }
  return lone;
}
