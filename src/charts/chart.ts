/**
 * What a chart shows. Instants and lengths of time are milliseconds (since the Unix epoch); the chart names
 * them in UTC, since a picture cannot know its reader's zone.
 */

/** One stretch of time, as `SeriesPoint` of the records has it. */
export interface ChartPoint {
  /** The stretch's first instant. */
  readonly at: number;
  readonly players: { readonly min: number; readonly avg: number; readonly max: number } | null;
  /** Milliseconds. */
  readonly latency: { readonly p50: number; readonly p95: number } | null;
}

/** A stretch of time that is shaded behind the lines. */
export interface ChartShade {
  readonly kind: 'down' | 'maintenance';
  readonly from: number;
  readonly until: number;
}

/**
 * `players`: their average, with a band from the fewest to the most. `latency`: the median, with a band up
 * to the 95th percentile.
 */
export type ChartPanel = 'players' | 'latency';

export type ChartTheme = 'light' | 'dark';

export interface ChartInput {
  /** One above the other, over the same time. */
  readonly panels: readonly ChartPanel[];
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  /** How long each point's stretch is; where one is missing, the lines have a gap. */
  readonly stepMs: number;
  /** Oldest first. */
  readonly points: readonly ChartPoint[];
  readonly shades: readonly ChartShade[];
  readonly theme: ChartTheme;
  /** Pixels of CSS. */
  readonly width: number;
  readonly height: number;
  /** Read out in place of the picture; may contain text from outside. */
  readonly description: string;
  /** Begins the ids inside of the SVG: different for each chart of one page; letters, digits and `-`. */
  readonly idPrefix: string;
}
