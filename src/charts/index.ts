export type { ChartInput, ChartPanel, ChartPoint, ChartShade, ChartTheme } from './chart';
export { PALETTES } from './palette';
export { chartPng } from './png';
export { chartSvg } from './svg';
