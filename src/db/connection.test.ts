import { describe, expect, it } from '@jest/globals';
import { isUnavailable } from './connection';

describe('isUnavailable', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['08006', '08P01', '53300', '53100', '57P01', '57P02', '57P03', '57014', '25006', '58030'],
  ])('knows %s', (code) => {
    expect(isUnavailable(coded(code))).toBe(true);
    expect(isUnavailable(new Error('wrapped', { cause: coded(code) }))).toBe(true);
  });

  it.each(['23505', '23503', '42P01', '22P02', '28P01', 'ERR_INVALID_ARG_TYPE', ''])(
    'lets %s be what it is',
    (code) => {
      expect(isUnavailable(coded(code))).toBe(false);
    },
  );

  it('does not mind what is no error', () => {
    expect([undefined, null, 'ECONNREFUSED', { code: 'ECONNREFUSED' }].map(isUnavailable)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
