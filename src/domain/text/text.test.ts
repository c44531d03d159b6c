import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { channelName, cleanse, codeBlock, inline, label, noMentions, plain } from '.';
import { NASTY, ORDINARY } from './corpus';

// Many runs on a busy machine take longer than the five seconds that a test has by default.
jest.setTimeout(60_000);

const ROOM = { max: 4000 };

/** What a reader of Discord sees of escaped text: its Markdown shows a mark behind a backslash as it is. */
const seen = (text: string): string => text.replace(/\\([^0-9A-Za-z\s])/g, '$1');

const ACTIVE_MENTION =
  /@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|<id:\w+>|<\/[^:>]+:\d+>/i;
const ACTIVE_PING = /@(?:everyone|here)|<@[!&]?\d+>/i;
const DIRECTION_OR_CONTROL =
  /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]|(?!\n)\p{Cc}|\p{Surrogate}|\u200B|\u2060|\uFEFF|\u3164/u;

/** Pieces from which every construct of the policy can come about, also across their borders. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...['@', 'everyone', 'here', '<', '>', '@!', '&', '#', '1', '123456789012345678', ':', 'a'],
      ...['t:', 'id:', '/x', '*', '_', '~', '`', '|', '\\', '[', ']', '(', ')', '-', '+', '.'],
      ...[' ', '\n', '\r', '\t', '\u3000', '\u2028', '\u200B', '\u200C', '\u200D', '\u202E'],
      ...['\u2066', '\u200F', '\uFEFF', '\u00AD', '\u0301', '\u0334', '\uFE0F', '\uFE0E', '\u20E3'],
      ...['\u064B', 'ب', 'क', '्', '👩', '🏿', '🏴', '\u{E0067}', '\u{E0062}', '\u{E0065}'],
      ...['\u{E006E}', '\u{E007F}', '\u{E0101}', '\u1FEF', '\uD83D', '\uDC00', '\u3164', '\u2800'],
      ...['https://', 'http://', 'a.example/', 'ᠭ', '\u180B', '\u180E', '\u1100', '\u1161'],
    ),
  },
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const room = fc.integer({ min: 1, max: 120 }).map((max) => ({ max }));

const check = <T>(property: fc.IProperty<T>): void => {
  fc.assert(property, { numRuns: 500 });
};

describe('the corpus', () => {
  it.each(ORDINARY)('leaves $name alone', ({ text: ordinary }) => {
    expect(plain(ordinary, ROOM)).toBe(ordinary);
    expect(inline(ordinary, ROOM)).toBe(ordinary);
    expect(label(ordinary, ROOM)).toBe(ordinary);
    expect(codeBlock(ordinary, ROOM)).toBe(`\`\`\`\n${ordinary}\n\`\`\``);
  });

  it.each(NASTY)('makes $name harmless', (example) => {
    const { text: nasty } = example;
    expect(plain(nasty, ROOM)).toBe(example.plain ?? nasty);
    expect(inline(nasty, ROOM)).toBe(example.inline ?? nasty);
    expect(label(nasty, ROOM)).toBe(example.label ?? nasty);
  });
});

describe.each([
  ['plain', plain],
  ['inline', inline],
] as const)('%s', (_, shown) => {
  it('is never longer than its room', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        expect(shown(value, { max }).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('never holds an active mention, a direction or a control character', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        const result = shown(value, { max });
        expect(result).not.toMatch(ACTIVE_MENTION);
        expect(result).not.toMatch(DIRECTION_OR_CONTROL);
      }),
    );
  });

  it('never leaves a mark of markup without its backslash, not even where it cuts', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        const left = shown(value, { max })
          .replace(/https?:\/\/[^\s<*`|[\]\\]+/g, 'x')
          .replace(/\\[^0-9A-Za-z\s]/g, 'x');
        expect(left).not.toMatch(/[\\*_~`|[\]]/);
        expect(left).not.toMatch(/^\s*(?:#{1,3}\s|>|-#|[-+]\s|\d+\.\s)/m);
      }),
    );
  });

  it('shows the reader what was written, and the same when that is escaped again', () => {
    check(
      fc.property(text, (value) => {
        const result = shown(value, ROOM);
        expect(shown(seen(result), ROOM)).toBe(result);
      }),
    );
  });

  it('gives harmless text back once the backslashes are read', () => {
    const harmless = fc
      .array(fc.constantFrom('a', 'ä', '日', 'ب', '*', '_', '[', ']', '`', '~', '#', '\\', '-'), {
        minLength: 1,
        maxLength: 60,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(harmless, (value) => {
        expect(seen(shown(value, ROOM))).toBe(value);
      }),
    );
  });

  it('cuts between two graphemes and says so', () => {
    expect(shown('a👨\u200D👩\u200D👧b', { max: 5 })).toBe('a…');
    expect(shown('ab', { max: 1 })).toBe('…');
    expect(shown('abc', { max: 3 })).toBe('abc');
    expect(shown('abcd', { max: 3 })).toBe('ab…');
  });

  it('counts its room after escaping and cuts no escape in half', () => {
    expect(shown('****', { max: 8 })).toBe('\\*\\*\\*\\*');
    expect(shown('****', { max: 7 })).toBe('\\*\\*\\*…');
    expect(shown('****', { max: 6 })).toBe('\\*\\*…');
    expect(shown('<@1>', { max: 4 })).toBe('<\\@…'.slice(0, 3) + '…');
  });

  it('shows the substitute when nothing visible is left', () => {
    expect(shown('\u200B \u3164\n', { max: 20, empty: '(nothing)' })).toBe('(nothing)');
    expect(shown('', { max: 20 })).toBe('');
  });

  it('refuses a room that nothing fits into', () => {
    expect(() => shown('x', { max: 0 })).toThrow(RangeError);
    expect(() => shown('x', { max: 1.5 })).toThrow(RangeError);
  });

  it('reads no further than its room can matter', () => {
    const started = shown('x'.repeat(5_000_000), { max: 100 });
    expect(started).toBe(`${'x'.repeat(99)}…`);
    expect(shown('\u200B'.repeat(5_000_000) + 'x', { max: 100, empty: '(nothing)' })).toBe(
      '(nothing)',
    );
    for (const slow of [' ', '\n', ':a', '<a', '#', '>', '1', 'https://a', '\u0301', 'a_', '.']) {
      expect(shown(`${slow.repeat(60_000)}x`, ROOM).length).toBeLessThanOrEqual(ROOM.max);
    }
  });
});

describe('inline', () => {
  it('has no line end', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        expect(inline(value, { max })).not.toMatch(/[\n\r\u2028\u2029\u0085]/);
      }),
    );
  });
});

describe('plain', () => {
  it('keeps at most one blank line in a row and none at the edges', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        const result = plain(value, { max });
        expect(result).not.toMatch(/\n\s*\n\s*\n/);
        expect(result).not.toMatch(/^\n|\n$/);
      }),
    );
  });
});

describe('label', () => {
  it('is idempotent, never longer than its room and on one line', () => {
    check(
      fc.property(text, room, (value, { max }) => {
        const result = label(value, { max });
        expect(result.length).toBeLessThanOrEqual(max);
        expect(label(result, { max })).toBe(result);
        expect(result).not.toMatch(DIRECTION_OR_CONTROL);
        expect(result).not.toContain('\n');
      }),
    );
  });

  it('keeps what is no markup there', () => {
    expect(label('**x** <@1> [a](b)', { max: 80 })).toBe('**x** <@1> [a](b)');
    expect(label(' ', { max: 80, empty: 'No name' })).toBe('No name');
  });
});

describe('cleanse', () => {
  it('is idempotent and well-formed', () => {
    check(
      fc.property(text, (value) => {
        const once = cleanse(value);
        expect(cleanse(once)).toBe(once);
        expect(once).toBe(once.normalize('NFC'));
        expect(once).not.toMatch(DIRECTION_OR_CONTROL);
        expect(once).not.toMatch(/\p{M}{9}/u);
      }),
    );
  });
});

describe('codeBlock', () => {
  it('cannot be left', () => {
    check(
      fc.property(
        text,
        fc.integer({ min: 9, max: 120 }).map((max) => ({ max })),
        (value, { max }) => {
          const block = codeBlock(value, { max });
          expect(block.length).toBeLessThanOrEqual(max);
          expect(block.startsWith('```\n')).toBe(true);
          expect(block.endsWith('\n```')).toBe(true);
          expect(block.slice(3, -3)).not.toContain('```');
          expect(block).not.toMatch(ACTIVE_PING);
          expect(block).not.toMatch(DIRECTION_OR_CONTROL);
        },
      ),
    );
  });

  it('shows marks as they are and exchanges fences and pings', () => {
    expect(codeBlock('**a** `b` ``c``', { max: 100 })).toBe('```\n**a** `b` ``c``\n```');
    expect(codeBlock('```\n@everyone <@1>', { max: 100 })).toBe('```\nˋˋˋ\n＠everyone <＠1>\n```');
    expect(codeBlock('', { max: 100 })).toBe('```\n \n```');
    expect(codeBlock('abcdef', { max: 11 })).toBe('```\nab…\n```');
    expect(() => codeBlock('x', { max: 8 })).toThrow(RangeError);
  });
});

describe('channelName', () => {
  it.each([
    ['Billing & Ranks', 'billing-ranks'],
    ['x_Steve_x', 'x_steve_x'],
    ['  --Hello--  World!! ', 'hello-world'],
    ['Größe', 'größe'],
    ['サポート 1', 'サポート-1'],
    ['नमस्ते', 'नमस्ते'],
    ['مرحبا', 'مرحبا'],
    ['ＳＴＥＶＥ', 'steve'],
    ['@everyone <#1>', 'everyone-1'],
    ['🛟', 'channel'],
    ['___', 'channel'],
    ['', 'channel'],
    ['\u202Eabc', 'abc'],
    ['a'.repeat(200), 'a'.repeat(100)],
  ])('of %j is %j', (value, expected) => {
    expect(channelName(value)).toBe(expected);
  });

  it('takes the fallback that it is given', () => {
    expect(channelName('!!!', 'ticket-7')).toBe('ticket-7');
  });

  it('is idempotent, never empty, never too long, and made of permitted characters', () => {
    check(
      fc.property(text, (value) => {
        const name = channelName(value);
        expect(channelName(name)).toBe(name);
        expect(name).toMatch(/^[\p{L}\p{N}\p{M}_-]{1,100}$/u);
        expect(name.length).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('noMentions', () => {
  it('pings nobody and cannot be changed', () => {
    expect(noMentions).toStrictEqual({ parse: [] });
    expect(Object.isFrozen(noMentions)).toBe(true);
  });
});
