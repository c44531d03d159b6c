import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EDITIONS } from '../../domain/registration/account';
import type { PendingName } from './bridge';
import { BridgeFailure } from './failure';
import {
  asString,
  asWord,
  inGameName,
  isPlain,
  playerAmong,
  type BedrockPrefix,
} from './in-game-name';

const FLOODGATE = '00000000-0000-0000-0009-01f64f65c7c3';
const STEVE = '069a79f4-44e9-4726-a5be-fca90e38aaf5';

/** `null`: it was refused, as it should be if it is refused at all. */
function madeOf(name: PendingName, prefix: BedrockPrefix): string | null {
  try {
    return inGameName(name, prefix);
  } catch (error) {
    if (error instanceof BridgeFailure && error.code === 'unusable-name') return null;
    throw error;
  }
}

describe('a name in a command', () => {
  it('is one word of it, whatever it was made from', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('aZ9_ .@*"\\\n§[]{}é字+-#')),
        maxLength: 18,
      }),
    );
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...EDITIONS),
        fc.oneof(fc.constantFrom('', '.', null), fc.string({ maxLength: 3 })),
        (anyName, edition, prefix) => {
          const made = madeOf({ edition, name: anyName }, prefix);
          if (made === null) return;
          expect(isPlain(made)).toBe(true);
          for (const word of [asWord(made), asString(made)]) {
            expect(word).toMatch(/^(?:[^\s"'@*\\§[\]{}]+|"[^"'@*\\§[\]{}\n\r]+")$/u);
          }
          // Scoreboards and whitelists of Java read up to a space, and take quotes for a part of the name.
          expect(prefix !== null && made.includes(' ')).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is what the game calls the player', () => {
    expect(inGameName({ edition: 'java', name: 'Steve' }, '.')).toBe('Steve');
    expect(inGameName({ edition: 'bedrock', name: 'Red Fox' }, '.')).toBe('.Red_Fox');
    expect(inGameName({ edition: 'bedrock', name: 'Red Fox' }, null)).toBe('Red Fox');
    expect(inGameName({ edition: 'bedrock', name: 'Sixteen Letters1' }, '.')).toBe(
      '.Sixteen_Letters',
    );
    expect(asString(inGameName({ edition: 'bedrock', name: 'Füchsin' }, '.'))).toBe('".Füchsin"');
    for (const prefix of ['@', '*', '"', ' ', '\n']) {
      expect(() => inGameName({ edition: 'bedrock', name: 'Fox' }, prefix)).toThrow(
        'cannot be used',
      );
    }
  });
});

describe('a player of the game', () => {
  const both = [
    { edition: 'java', name: 'red_fox' },
    { edition: 'bedrock', name: 'Red Fox' },
  ] as const;

  it('is the one of the right edition', () => {
    const java = { name: 'Red_Fox', uuid: STEVE };
    const bedrock = { name: 'Red_Fox', uuid: FLOODGATE };
    expect(playerAmong(both, java, '')).toEqual({ edition: 'java', ...java });
    expect(playerAmong(both, bedrock, '')).toEqual({
      edition: 'bedrock',
      name: 'Red Fox',
      uuid: FLOODGATE,
    });
    expect(playerAmong(both.slice(0, 1), bedrock, '')).toBeNull();
    expect(playerAmong(both, java, null)).toMatchObject({ edition: 'bedrock' });
  });
});
