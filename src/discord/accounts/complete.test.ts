import { describe, expect, it } from '@jest/globals';
import { REGISTRATION } from '../../../test/e2e/registration/people';
import { readUuid } from '../commands/account';
import { readAccountKey, readPrefix, readTypedAccount } from './complete';
import { lookupId, newCodeId } from './ids';
import { likelyEdition } from './register';

describe('a name that was typed or picked', () => {
  it('has its edition where it was picked', () => {
    expect(readTypedAccount('java:Steve_1')).toEqual({ edition: 'java', name: 'Steve_1' });
    expect(readTypedAccount('bedrock:Some One')).toEqual({ edition: 'bedrock', name: 'Some One' });
    expect(readTypedAccount(' Steve_1 ')).toEqual({ edition: null, name: 'Steve_1' });
    expect(readTypedAccount('mod:Steve')).toEqual({ edition: null, name: 'mod:Steve' });
  });

  it('is a key where staff picked it', () => {
    expect(readAccountKey('#12')).toBe(12);
    expect([readAccountKey('12'), readAccountKey('#x'), readAccountKey('#')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is looked for by its beginning, which fits into a button whatever it is', () => {
    expect(readPrefix('  ')).toBeNull();
    expect(readPrefix(null)).toBeNull();
    for (const typed of ['Ste', ':'.repeat(40), '%'.repeat(40), '😀'.repeat(40)]) {
      const filter = { userId: '1'.repeat(20), prefix: readPrefix(typed) };
      const id = lookupId.encode({ ...filter, after: 999_999_999_999_999 });
      expect(id.length).toBeLessThanOrEqual(100);
      expect(lookupId.decode(id.split(':').slice(2))).toEqual({
        ...filter,
        after: 999_999_999_999_999,
      });
    }
  });
});

describe('the button for a new code', () => {
  it('carries the longest names', () => {
    for (const name of ['x'.repeat(16), '字'.repeat(16), '𠮷'.repeat(16)]) {
      const id = newCodeId.encode({ edition: 'bedrock', name });
      expect(newCodeId.decode(id.split(':').slice(2))).toEqual({ edition: 'bedrock', name });
    }
  });
});

describe('a UUID', () => {
  it('is read with and without hyphens', () => {
    const uuid = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
    expect(readUuid(uuid)).toBe(uuid);
    expect(readUuid(` ${uuid.toUpperCase()} `)).toBe(uuid);
    expect(readUuid(uuid.replaceAll('-', ''))).toBe(uuid);
    expect(readUuid(`${uuid}0`)).toBeUndefined();
    expect(readUuid('Steve')).toBeUndefined();
  });
});

describe('the edition of whoever does not say it', () => {
  it.each([
    [['java'], 'Steve', 'java'],
    [['java', 'bedrock'], 'Steve', 'java'],
    [['bedrock', 'java'], 'Steve', 'bedrock'],
    [['java', 'bedrock'], '.Steve', 'bedrock'],
    [['java', 'bedrock'], 'Some One', 'bedrock'],
    [['java'], '.Steve', 'java'],
    [['java', 'bedrock'], '', 'java'],
  ] as const)('with %j and %j is %s', (editions, typed, expected) => {
    expect(likelyEdition({ ...REGISTRATION, editions: [...editions] }, typed)).toBe(expected);
  });
});
