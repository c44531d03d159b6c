import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EDITIONS } from './account';
import { checkName, nameKey, nameOnServer, playerOnServer, sameName } from './name';

const javaName = fc.stringMatching(/^[A-Za-z0-9_]{3,16}$/);
const gamertag = fc.stringMatching(/^[A-Za-zÀ-ÖЀ-Я][A-Za-z0-9]{0,6}( [A-Za-z0-9]{1,6})?$/);

const PUNCTUATED = Array.from('aB9_ .-<>@#:*`|~\n\u200B\u202E');

describe('a Java name', () => {
  it.each(['abc', 'Notch', '_a_', '0123456789abcdef', ' Notch '])('can be %j', (typed) => {
    expect(checkName('java', typed)).toEqual({ valid: true, name: typed.trim() });
  });

  it.each([
    ['', { problem: 'empty' }],
    ['   ', { problem: 'empty' }],
    ['ab', { problem: 'too-short', least: 3 }],
    ['0123456789abcdefg', { problem: 'too-long', most: 16 }],
    ['No tch', { problem: 'character', character: ' ' }],
    ['.Notch', { problem: 'character', character: '.' }],
    ['Nötch', { problem: 'character', character: 'ö' }],
    ['Not\u200Bch', { problem: 'character', character: '\u200B' }],
    ['Notch😀', { problem: 'character', character: '😀' }],
    ['@everyone', { problem: 'character', character: '@' }],
    ['Nоtch', { problem: 'character', character: 'о' }],
  ])('cannot be %j', (typed, problem) => {
    expect(checkName('java', typed, '.')).toEqual({ valid: false, ...problem });
  });
});

describe('a Bedrock name', () => {
  it.each([
    ['Cool Guy 12', 'Cool Guy 12'],
    ['.Cool_Guy_12', 'Cool Guy 12'],
    ['  Cool   Guy ', 'Cool Guy'],
    ['Ada#1234', 'Ada1234'],
    ['A', 'A'],
    ['Игрок', 'Игрок'],
    ['e\u0301lan', '\u00E9lan'],
    ['ABCDEFGHIJKLMNOP', 'ABCDEFGHIJKLMNOP'],
  ])('%j is kept as %j', (typed, name) => {
    expect(checkName('bedrock', typed, '.')).toEqual({ valid: true, name });
  });

  it.each([
    ['.', { problem: 'empty' }],
    ['___', { problem: 'empty' }],
    ['ABCDEFGHIJKLMNOPQ', { problem: 'too-long', most: 16 }],
    ['Ada#12x', { problem: 'character', character: '#' }],
    ['..Ada', { problem: 'character', character: '.' }],
    ['Ada\u202E', { problem: 'character', character: '\u202E' }],
    ['Ada\u3164', { problem: 'character', character: '\u3164' }],
    ['<@1>', { problem: 'character', character: '<' }],
  ])('cannot be %j', (typed, problem) => {
    expect(checkName('bedrock', typed, '.')).toEqual({ valid: false, ...problem });
  });

  it('has another prefix, or none, where the guild says so', () => {
    expect(checkName('bedrock', 'BE-Ada', 'BE-')).toEqual({ valid: true, name: 'Ada' });
    expect(checkName('bedrock', '.Ada')).toMatchObject({ valid: false, character: '.' });
  });
});

describe('names of players on a server', () => {
  it('tell the edition by the prefix, or by the UUID', () => {
    const java = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
    const floodgate = '00000000-0000-0000-0009-01f64f65c7c3';
    expect(playerOnServer({ name: 'Notch', uuid: java }, '.')).toEqual({
      edition: 'java',
      name: 'Notch',
    });
    expect(playerOnServer({ name: '.Cool_Guy', uuid: null }, '.')).toEqual({
      edition: 'bedrock',
      name: 'Cool Guy',
    });
    expect(playerOnServer({ name: 'Cool_Guy', uuid: floodgate }, '')).toEqual({
      edition: 'bedrock',
      name: 'Cool Guy',
    });
    expect(playerOnServer({ name: '.Notch', uuid: java }, '')).toMatchObject({ edition: 'java' });
  });

  it('are cut at 16 characters where they come from Bedrock', () => {
    expect(nameOnServer('bedrock', 'ABCDEFGHIJKLMNOP', '.')).toBe('.ABCDEFGHIJKLMNO');
    expect(nameOnServer('java', 'Notch', '.')).toBe('Notch');
  });

  it('lead back to who was registered', () => {
    fc.assert(
      fc.property(gamertag, fc.constantFrom('.', '*', 'BE.', '-'), (typed, prefix) => {
        const checked = checkName('bedrock', typed, prefix);
        const name = checked.valid ? checked.name : '';
        const shown = nameOnServer('bedrock', name, prefix);
        fc.pre(shown.length < 16);
        const found = playerOnServer({ name: shown, uuid: null }, prefix);
        expect(found).toEqual({ edition: 'bedrock', name });
        expect(nameKey('bedrock', found.name)).toBe(found.name.toLowerCase());
      }),
    );
  });
});

describe('a checked name', () => {
  it('is as it was when it is checked again', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), javaName, gamertag);
    fc.assert(
      fc.property(fc.constantFrom(...EDITIONS), typed, (edition, text) => {
        const checked = checkName(edition, text, '.');
        const again = checked.valid ? checkName(edition, checked.name, '.') : checked;
        expect(again).toEqual(checked);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has nothing in it that could be read as markup, a mention, or an id’s end', () => {
    const typed = fc.string({
      unit: fc.constantFrom(...PUNCTUATED),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.constantFrom(...EDITIONS), typed, (edition, text) => {
        const checked = checkName(edition, text, '.');
        expect(checked.valid ? checked.name : 'refused').toMatch(/^[A-Za-z0-9_ ]+$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has a key that is its own key, whatever the script', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDITIONS), fc.string({ unit: 'binary' }), (edition, text) => {
        const key = nameKey(edition, text);
        expect(nameKey(edition, key)).toBe(key);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is compared without case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDITIONS), javaName, (edition, name) => {
        expect(sameName(edition, name.toUpperCase(), name.toLowerCase())).toBe(true);
      }),
    );
    expect(sameName('java', 'a_b', 'a b')).toBe(false);
    expect(sameName('bedrock', 'a_b', 'A b')).toBe(true);
  });
});
