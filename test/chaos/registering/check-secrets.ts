import type { Finding } from '../evidence/finding';
import type { RegisterEvidence } from './register-evidence';

/** Six digits that stand alone; numbers, as JSON writes them, and fractions of seconds are no codes. */
const DIGITS = /(?<![\w.-]|:\s?)\d{6}(?![\w-])/g;
/** How every token of an interaction begins. */
const TOKEN = Buffer.from('interaction:').toString('base64url').slice(0, 14);

/** No code and no token of an interaction stands in clear where something is kept. */
export function checkSecrets({ codes, texts }: RegisterEvidence): Finding {
  const defects = texts.flatMap(({ where, text }) => {
    const found = new Set(
      [...text.matchAll(DIGITS)].flatMap(([six]) => (codes.has(six) ? six : [])),
    );
    return [
      ...[...found].map((code) => `the code ${code} stands in ${where}`),
      ...(text.includes(TOKEN) ? [`a token stands in ${where}`] : []),
    ];
  });
  const length = texts.reduce((sum, { text }) => sum + text.length, 0);
  return {
    figures: [
      ['codes that were sent', codes.size],
      ['texts searched for them', texts.length],
      ['their length (million characters)', Math.round(length / 100_000) / 10],
    ],
    defects,
  };
}
