import { renderAsync } from '@resvg/resvg-js';
import type { ChartInput } from './chart';
import { FONT } from './option';
import { PALETTES } from './palette';
import { chartSvg } from './svg';

/** Pixels of the picture for each pixel of the input: sharp on a telephone, small to send. */
const ZOOM = 2;

/**
 * Draws a chart as a PNG picture on its theme's background. The pixels are made outside of the event loop.
 *
 * @returns the file's bytes; the picture is twice the input's size
 */
export async function chartPng(input: ChartInput): Promise<Buffer> {
  const image = await renderAsync(chartSvg(input), {
    font: {
      loadSystemFonts: false,
      fontFiles: [require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')],
      defaultFontFamily: FONT,
      sansSerifFamily: FONT,
    },
    background: PALETTES[input.theme].background,
    fitTo: { mode: 'zoom', value: ZOOM },
  });
  return image.asPng();
}
