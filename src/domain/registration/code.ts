import type { CodeKind } from './registration';

/**
 * No 0, O, 1, I, L; no letter that looks like a digit of the alphabet (B, G, S, Z); no other vowel, so that
 * no code is a word.
 */
const ALPHABET = '23456789CDFHJKMNPQRTVWXY';
const LETTERS = 8;

/** Six digits that do not begin with a zero: Minecraft's `trigger` command takes a number. */
const LEAST_NUMBER = 100_000;
const NUMBERS = 900_000;

/** How many different codes there are, each as likely as the others. */
export const CODES: Readonly<Record<CodeKind, number>> = {
  letters: ALPHABET.length ** LETTERS,
  digits: NUMBERS,
};

/** Wrong codes that lock a registration, at most: contract 8.5, and fewer where a code is easier to guess. */
export const MOST_ATTEMPTS: Readonly<Record<CodeKind, number>> = { letters: 5, digits: 3 };

/** The limit that holds. @param wanted by configuration, which may only lower it */
export function attemptLimit(kind: CodeKind, wanted: number = MOST_ATTEMPTS[kind]): number {
  return Math.max(1, Math.min(Math.floor(wanted), MOST_ATTEMPTS[kind]));
}

/**
 * What counts of what was typed: upper case, without blanks and hyphens, and with plain letters and digits where
 * a keyboard gave wide ones. Empty if nothing is left.
 */
export function canonicalCode(typed: string): string {
  return (
    typed
      .normalize('NFKC')
      .replace(/[a-z]/g, (letter) => letter.toUpperCase())
      .replace(/[\s\p{Dash_Punctuation}]/gu, '')
      // What now stands beside each other may be written as one.
      .normalize('NFKC')
  );
}

/** How a code is shown to a person: letters in two groups. */
export function shownCode(code: string): string {
  return code.length === LETTERS ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

/**
 * A new code in its canonical form. All codes are equally likely if all bytes are: bytes that would make some
 * more likely are thrown away, and others taken.
 *
 * @param randomBytes gives so many bytes of a CSPRNG, new ones every time
 */
export function makeCode(kind: CodeKind, randomBytes: (count: number) => Uint8Array): string {
  if (kind === 'digits') return String(LEAST_NUMBER + below(NUMBERS, 3, randomBytes));
  let code = '';
  while (code.length < LETTERS) code += ALPHABET.charAt(below(ALPHABET.length, 1, randomBytes));
  return code;
}

/** A number from 0 to `end` - 1, of so many bytes. */
function below(end: number, bytes: number, randomBytes: (count: number) => Uint8Array): number {
  const all = 256 ** bytes;
  const fair = all - (all % end);
  for (;;) {
    const drawn = randomBytes(bytes).reduce((sum, byte) => sum * 256 + byte, 0);
    if (drawn < fair) return drawn % end;
  }
}
