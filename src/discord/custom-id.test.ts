import { describe, expect, it } from '@jest/globals';
import { assert, property, string, nat } from 'fast-check';
import {
  count,
  CUSTOM_ID_MAX,
  customId,
  oneOf,
  optionalText,
  parseCustomId,
  text,
} from './custom-id';
import * as ids from './ids';

const example = customId('example', {
  what: text,
  maybe: optionalText,
  number: count,
  way: oneOf({ up: 'u', down: 'd' }),
});

describe('custom ids', () => {
  it('give back what was put into them', () => {
    assert(
      property(
        string({ maxLength: 10 }),
        string({ maxLength: 10 }),
        nat(),
        (what, maybe, number) => {
          const fields = { what, maybe: maybe === '' ? null : maybe, number, way: 'down' } as const;
          const parsed = parseCustomId(example.encode(fields));
          expect(parsed?.name).toBe('example');
          expect(example.decode(parsed?.fields ?? [])).toEqual(fields);
        },
      ),
    );
  });

  it.each([
    ['', null],
    ['example', null],
    ['2:example:a:b:1:u', null],
    ['1:', null],
    ['1::a', null],
  ])('reads %j as nothing of ours', (id, expected) => {
    expect(parseCustomId(id)).toBe(expected);
  });

  it.each([
    [[]],
    [['a', 'b', '1']],
    [['a', 'b', '1', 'u', 'more']],
    [['a', 'b', '1.5', 'u']],
    [['a', 'b', '-1', 'u']],
    [['a', 'b', '1', 'sideways']],
    [['a%20', 'b', '1', 'u']],
  ])('does not understand the fields %j', (fields) => {
    expect(example.decode(fields)).toBeNull();
  });

  it('refuse to be longer than Discord takes', () => {
    expect(() =>
      example.encode({ what: 'x'.repeat(CUSTOM_ID_MAX), maybe: null, number: 1, way: 'up' }),
    ).toThrow(RangeError);
  });

  it('fit with the longest values that there can be', () => {
    const snowflake = '9'.repeat(20);
    const caseId = `ticket-${snowflake}`;
    const number = 2_147_483_647;
    const categoryId = 'c'.repeat(32);
    const longest = [
      ids.caseButtonId.encode({ command: 'release', caseId, number, shownIn: 'channel' }),
      ids.caseNoteId.encode({ command: 'resolve', caseId, number, shownIn: 'channel' }),
      ids.openButtonId.encode({ categoryId }),
      ids.openFormId.encode({ categoryId }),
      ids.queueId.encode({
        kind: 'ticket',
        status: 'opening',
        categoryId,
        assigneeId: snowflake,
        before: number,
      }),
      ids.ownListId.encode({ before: number }),
      ids.historyId.encode({ number, page: 1_000 }),
      ids.answersId.encode({ caseId }),
    ];
    expect(Math.max(...longest.map(({ length }) => length))).toBeLessThanOrEqual(CUSTOM_ID_MAX);
  });
});
