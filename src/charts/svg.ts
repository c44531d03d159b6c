import { init } from 'echarts/dist/echarts.common.min';
import { cleanse } from '../domain/text';
import type { ChartInput } from './chart';
import { chartOption } from './option';
import { PALETTES } from './palette';

/** The ids that the renderer counts up; a page of several charts needs them apart, a cache needs them steady. */
const RENDERER_IDS = /(?<= (?:id|clip-path)="(?:url\(#)?)zr\d+-/g;
/** What it adds for a pointer that nobody has here. */
const FOR_POINTERS =
  / (?:class="zr\d+-cls-\d+"|pointer-events="visible")|<style >[^]*?<\/style>\s*/g;

/**
 * Draws a chart. It is transparent, needs no script, no network and no fonts of its own.
 *
 * Pure: the same input gives the same text. It takes about 10 ms for 300 points.
 *
 * @returns an `<svg>` element of the input's size, with its description as accessible name
 */
export function chartSvg(input: ChartInput): string {
  const { width, height } = input;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(chartOption(input, PALETTES[input.theme]));
    return named(chart.renderToSVGString(), input);
  } finally {
    chart.dispose();
  }
}

function named(svg: string, { description, idPrefix }: ChartInput): string {
  const name = escapeXml(cleanse(description).slice(0, 500));
  return svg
    .replace(FOR_POINTERS, '')
    .replace(RENDERER_IDS, `${idPrefix}-`)
    .replace(/^<svg /, `<svg role="img" aria-label="${name}" `);
}

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => XML[character] ?? '');
}
