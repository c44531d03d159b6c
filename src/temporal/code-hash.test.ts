import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createCodeHash } from './code-hash';

describe("a code's hash", () => {
  const secret = randomBytes(32);
  const hash = createCodeHash(secret);
  const made = hash('registration-1-2-java-steve', '7KXMP4QT');

  it('is the same however the code is typed', () => {
    for (const typed of ['7kxm-p4qt', ' 7KXM P4QT ', '7kxmp4qt', '７KXM‐P4QT']) {
      expect(hash('registration-1-2-java-steve', typed)).toBe(made);
    }
    expect(createCodeHash(secret)('registration-1-2-java-steve', '7KXMP4QT')).toBe(made);
    expect(made).toMatch(/^[\w-]{43}$/);
  });

  it('is another for another code, registration or key', () => {
    expect(hash('registration-1-2-java-steve', '7KXMP4QR')).not.toBe(made);
    expect(hash('registration-1-3-java-steve', '7KXMP4QT')).not.toBe(made);
    const other = createCodeHash(randomBytes(32));
    expect(other('registration-1-2-java-steve', '7KXMP4QT')).not.toBe(made);
  });
});
