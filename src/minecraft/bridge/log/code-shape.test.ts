import { describe, expect, it } from '@jest/globals';
import { codeIn } from './code-shape';

describe('what is said in chat', () => {
  it.each(['CDFH-2345', 'cdfh-2345', 'CDFH 2345', 'CDFHJKMN', '123456', '123 456', ' 123456 '])(
    'may be a code: %j',
    (said) => {
      expect(codeIn(said)).toBe(said.trim());
    },
  );

  it.each([
    'anything',
    'good luck',
    'rhythms!',
    '012345',
    '12345',
    '1234567',
    'code CDFH-2345',
    '',
  ])('is talk: %j', (said) => {
    expect(codeIn(said)).toBeNull();
  });
});
