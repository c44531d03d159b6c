import { describe, expect, it } from '@jest/globals';
import type { Field } from './form';
import { characters, checkForm } from './form';
import { refusal } from './refusal';

const check = (value: unknown, read: (field: Field) => void): string[] =>
  refusal(() => {
    checkForm({ it: value }, (root) => {
      read(root.child('it'));
    });
  });

describe('Form', () => {
  it('reports all problems at once, nested and keyed by index, in words', () => {
    const run = (): void => {
      checkForm({ list: [{ name: 'ok' }, { name: 'far too long' }], other: 'five' }, (root) => {
        for (const one of root.child('list').list()) one.child('name').text({ max: 4 });
        root.child('other').integer();
      });
    };
    expect(refusal(run)).toEqual([
      'list.1.name: BASE_TYPE_MAX_LENGTH',
      'other: NUMBER_TYPE_COERCE',
    ]);
    const problem = { code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 4 or fewer in length.' };
    expect(run).toThrow(
      expect.objectContaining({
        status: 400,
        code: 50035,
        errors: expect.objectContaining({ list: { 1: { name: { _errors: [problem] } } } }),
      }),
    );
  });

  it('starts the paths where the body stands in the request', () => {
    const run = (): void => {
      checkForm({}, (root) => root.child('name').text({ required: true }), ['data']);
    };
    expect(refusal(run)).toEqual(['data.name: BASE_TYPE_REQUIRED']);
  });

  it('refuses a body that is no object', () => {
    expect(
      refusal(() => {
        checkForm([], () => undefined);
      }),
    ).toEqual([': MODEL_TYPE_CONVERT']);
  });

  it('counts characters as people do, not as UTF-16 does', () => {
    expect(characters('🎫🎫')).toBe(2);
    expect(check('🎫🎫', (field) => field.text({ max: 2 }))).toEqual([]);
  });

  it.each<[string, unknown, (field: Field) => unknown, string]>([
    ['an empty required text', '', (f) => f.text({ required: true }), 'BASE_TYPE_REQUIRED'],
    ['a short text', 'a', (f) => f.text({ min: 2, max: 4 }), 'BASE_TYPE_BAD_LENGTH'],
    ['a number for a text', 5, (f) => f.text(), 'STRING_TYPE_CONVERT'],
    ['a text for a number', '5', (f) => f.integer(), 'NUMBER_TYPE_COERCE'],
    ['a fraction', 1.5, (f) => f.integer(), 'NUMBER_TYPE_COERCE'],
    ['a small number', 1, (f) => f.integer({ min: 2 }), 'NUMBER_TYPE_MIN'],
    ['a big number', 9, (f) => f.number({ max: 2 }), 'NUMBER_TYPE_MAX'],
    ['a truth that is none', 'yes', (f) => f.boolean(), 'BOOLEAN_TYPE_CONVERT'],
    ['a word for an id', 'me', (f) => f.snowflake(), 'NUMBER_TYPE_COERCE'],
    ['a negative permission set', -1, (f) => f.bits(), 'NUMBER_TYPE_COERCE'],
    ['an unknown value', 3, (f) => f.choice([1, 2]), 'BASE_TYPE_CHOICES'],
    ['no address', 'example', (f) => f.url(), 'URL_TYPE_INVALID_URL'],
    ['a strange scheme', 'ftp://a.example', (f) => f.url(), 'URL_TYPE_INVALID_SCHEME'],
    ['no time', 'noon', (f) => f.timestamp(), 'DATE_TIME_TYPE_PARSE'],
    ['no list', {}, (f) => f.list(), 'LIST_TYPE_CONVERT'],
    ['a value twice', [1, 1], (f) => f.set(), 'SET_TYPE_ALREADY_CONTAINS_VALUE'],
    ['no object', [], (f) => f.object(), 'MODEL_TYPE_CONVERT'],
  ])('refuses %s', (_, value, read, code) => {
    expect(check(value, read)).toEqual([expect.stringMatching(`^it(\\.1)?: ${code}$`)]);
  });
});
