import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createSeal, SealError } from './seal';

const seal = createSeal(Buffer.alloc(32, 1));

describe('createSeal', () => {
  it('opens what it sealed', () => {
    const schema = z.object({ token: z.string(), words: z.array(z.string()) });
    const value = { token: 'aW50', words: ['Zoë', '🏰'] };
    expect(seal.open(seal.seal(value), schema)).toEqual(value);
    expect(seal.open(seal.seal(null), z.null())).toBeNull();
  });

  it('hides the value, and never in the same way twice', () => {
    const sealed = seal.seal('secret words');
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('secret');
    expect(seal.seal('secret words')).not.toBe(sealed);
  });

  it('opens nothing that was sealed under another secret', () => {
    const other = createSeal(Buffer.alloc(32, 2));
    expect(() => seal.open(other.seal('a'), z.string())).toThrow(SealError);
  });

  it.each(['', 'v1.', 'v2.AAAA', 'v1.AAAAAAAAAAAAAAAAAAAA'])('refuses %j', (text) => {
    expect(() => seal.open(text, z.string())).toThrow(SealError);
  });

  it('refuses what was changed', () => {
    const sealed = seal.seal('a');
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => seal.open(changed, z.string())).toThrow(SealError);
  });

  it('checks the value against the schema', () => {
    expect(() => seal.open(seal.seal(1), z.string())).toThrow(z.ZodError);
  });
});
