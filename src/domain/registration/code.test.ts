import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attemptLimit, canonicalCode, CODES, makeCode, MOST_ATTEMPTS, shownCode } from './code';
import type { CodeKind } from './registration';

const KINDS: readonly CodeKind[] = ['letters', 'digits'];
const SHAPES: Record<CodeKind, RegExp> = {
  letters: /^[2-9CDFHJKMNPQRTVWXY]{8}$/,
  digits: /^[1-9][0-9]{5}$/,
};

/** Gives out these bytes one after the other. */
function bytesOf(...bytes: readonly number[]): (count: number) => Uint8Array {
  let given = 0;
  return (count) => {
    const part = bytes.slice(given, given + count);
    if (part.length < count) throw new Error('more bytes were asked for than expected');
    given += count;
    return Uint8Array.from(part);
  };
}

describe('a code', () => {
  it.each(KINDS)('of %s has its shape, and is its own canonical form', (kind) => {
    for (let count = 0; count < 2_000; count += 1) {
      const code = makeCode(kind, randomBytes);
      expect(code).toMatch(SHAPES[kind]);
      expect(canonicalCode(shownCode(code))).toBe(code);
    }
  });

  it('of letters throws bytes away that would make some letters more likely', () => {
    expect(makeCode('letters', bytesOf(240, 0, 255, 23, 24, 47, 239, 1, 2, 3))).toBe('2Y2YY345');
  });

  it('of digits throws numbers away that would make some codes more likely', () => {
    const three = (value: number) => [value >> 16, (value >> 8) & 255, value & 255] as const;
    expect(makeCode('digits', bytesOf(...three(16_200_000), ...three(0)))).toBe('100000');
    expect(makeCode('digits', bytesOf(...three(16_199_999)))).toBe('999999');
  });

  it('has each letter equally often over all bytes', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 240; byte += 1) {
      const [letter = ''] = makeCode('letters', bytesOf(byte, 0, 0, 0, 0, 0, 0, 0));
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size ** 8).toBe(CODES.letters);
    expect([...new Set(counts.values())]).toEqual([10]);
  });
});

describe('what was typed', () => {
  it.each([
    ['abcd-efgh', 'ABCDEFGH'],
    [' ab cd–ef\tgh ', 'ABCDEFGH'],
    ['１２３ ４５６', '123456'],
    ['123 456', '123456'],
    ['', ''],
    [' - ', ''],
  ])('%j counts as %j', (typed, canonical) => {
    expect(canonicalCode(typed)).toBe(canonical);
  });

  it('counts as the same when it is looked at twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (typed) => {
        expect(canonicalCode(canonicalCode(typed))).toBe(canonicalCode(typed));
      }),
      { numRuns: 2_000, examples: [['ῒ'], ['i\u0307'], ['a \u0308']] },
    );
  });
});

describe('the limit of attempts', () => {
  it('is lower for digits, and configured only downwards', () => {
    expect(MOST_ATTEMPTS).toEqual({ letters: 5, digits: 3 });
    expect([attemptLimit('letters'), attemptLimit('digits')]).toEqual([5, 3]);
    expect([attemptLimit('letters', 9), attemptLimit('digits', 5)]).toEqual([5, 3]);
    expect([attemptLimit('letters', 2), attemptLimit('digits', 0)]).toEqual([2, 1]);
  });
});
