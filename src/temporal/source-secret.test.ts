import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMakeSecret } from './source-secret';

describe('a secret that is made for an operation', () => {
  const key = randomBytes(32);

  it('is the same for each try, and for each process with the key', () => {
    expect(createMakeSecret(key)('1234')).toEqual(createMakeSecret(key)('1234'));
    expect(createMakeSecret(key)('1234')).toHaveLength(32);
  });

  it('is another one for every operation and under every key', () => {
    const made = ['1', '2', '12', ''].map((operation) => createMakeSecret(key)(operation));
    made.push(createMakeSecret(randomBytes(32))('1'));
    expect(new Set(made.map((secret) => secret.toString('hex'))).size).toBe(5);
  });
});
