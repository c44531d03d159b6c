import type { ChartTheme } from './chart';

/** Colours of a chart. Lines and text reach WCAG's contrast of 3:1 and 4.5:1 against the background. */
export interface Palette {
  /** What the chart is meant to stand on; the SVG itself is transparent, a picture is filled with it. */
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly players: string;
  readonly latency: string;
  readonly down: string;
  readonly maintenance: string;
}

export const PALETTES: Readonly<Record<ChartTheme, Palette>> = {
  light: {
    background: '#ffffff',
    text: '#1f2328',
    faint: '#59636e',
    grid: '#e3e6ea',
    players: '#1a7f37',
    latency: '#0969da',
    down: '#e5534b',
    maintenance: '#8e7cc3',
  },
  dark: {
    background: '#1e1f22',
    text: '#f2f3f5',
    faint: '#b5bac1',
    grid: '#36393f',
    players: '#57d98a',
    latency: '#6cb6ff',
    down: '#f85149',
    maintenance: '#b3a1e6',
  },
};
