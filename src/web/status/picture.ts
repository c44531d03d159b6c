import { renderAsync } from '@resvg/resvg-js';

const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf',
] as const;

/** What Inter can write; for all else the machine's fonts are looked through, which takes longer. */
const OF_INTER =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Draws an SVG of ours as a PNG picture, outside of the event loop. */
export async function pngOf(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    font: {
      loadSystemFonts: !OF_INTER.test(svg),
      fontFiles: FONTS.map((file) => require.resolve(file)),
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  return image.asPng();
}
