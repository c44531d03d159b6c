import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  asTextChannelName,
  emojiOf,
  fillTemplate,
  isUrgent,
  shownStatus,
  templateProblem,
  type NameFacts,
} from './channel-name';
import type { ServerStatus } from './server-state';

const STATUSES: readonly ServerStatus[] = [
  ...(['up', 'suspect', 'down', 'recovering', 'flapping', 'unknown', 'maintenance'] as const),
];
const UP: NameFacts = { status: 'up', name: 'survival', players: 12, max: 100 };
const TEMPLATE = '{emoji} {name} {players}/{max}';

describe('a template', () => {
  it('is filled in', () => {
    expect(fillTemplate(TEMPLATE, UP)).toBe('🟢 survival 12/100');
    expect(fillTemplate('{name} is {status}', UP)).toBe('survival is up');
    expect(fillTemplate('{name}{name}', UP)).toBe('survivalsurvival');
  });

  it.each<[string, Partial<NameFacts>, string]>([
    [TEMPLATE, { players: null, max: null }, '🟢 survival'],
    [TEMPLATE, { max: null }, '🟢 survival 12/?'],
    [TEMPLATE, { status: 'down' }, '🔴 survival'],
    [TEMPLATE, { status: 'suspect' }, '🟢 survival 12/100'],
    [TEMPLATE, { status: 'recovering' }, '🔴 survival'],
    [TEMPLATE, { status: 'flapping' }, '🟠 survival 12/100'],
    [TEMPLATE, { status: 'maintenance' }, '🔵 survival'],
    ['{name} ({players} of {max})', { status: 'down' }, 'survival'],
    ['Players: {players}', { players: null }, 'survival'],
    ['{name} · players: {players} · {status}', { players: null }, 'survival · up'],
    ['{name} | {players} online', { status: 'down' }, 'survival'],
    ['{players} online on {name}', { status: 'down' }, 'survival'],
    ['The server {players}/{max}', { status: 'down' }, 'The server'],
    ['{players}', { players: null }, 'survival'],
    ['{players}', { players: 0 }, '0'],
  ])('%s leaves out what is not known: %j', (template, more, expected) => {
    expect(fillTemplate(template, { ...UP, ...more })).toBe(expected);
  });

  it('cuts a long name so that the rest keeps its room', () => {
    const filled = fillTemplate(TEMPLATE, { ...UP, name: 'x'.repeat(200) });
    expect(filled).toHaveLength(100);
    expect(filled).toMatch(/^🟢 x+… 12\/100$/);
  });

  it('takes text from outside as data', () => {
    expect(fillTemplate(TEMPLATE, { ...UP, name: '{status}\n\u202Eevil\u200B' })).toBe(
      '🟢 status evil 12/100',
    );
  });

  it('makes a name that Discord takes, whatever comes', () => {
    const anyFacts: fc.Arbitrary<NameFacts> = fc.record({
      status: fc.constantFrom(...STATUSES),
      name: fc.string({ unit: 'binary', maxLength: 150 }),
      players: fc.option(fc.nat()),
      max: fc.option(fc.nat()),
    });
    const anyTemplate = fc
      .array(
        fc.oneof(
          fc.constantFrom('{emoji}', '{name}', '{players}', '{max}', '{status}', ' ', ':', '/'),
          fc.string({ unit: 'grapheme', maxLength: 12 }),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyTemplate, anyFacts, (template, facts) => {
        for (const name of [
          fillTemplate(template, facts),
          asTextChannelName(fillTemplate(template, facts)),
        ]) {
          expect(name.length).toBeGreaterThanOrEqual(1);
          expect(name.length).toBeLessThanOrEqual(100);
          expect(name).toBe(name.trim());
          expect(name).not.toMatch(/\n|\p{Surrogate}/u);
        }
      }),
    );
  });

  it.each([
    [TEMPLATE, null],
    ['Survival', null],
    [
      '{emoji} {online}',
      'The template has {online}, which is nothing. It may have {emoji}, {name}, {players}, {max}, {status}, such as {emoji} {name} {players}/{max}.',
    ],
    [
      '{emoji} {name',
      'The template has a brace without its other half. Write for example {emoji} {name} {players}/{max}.',
    ],
    ['  ', 'The template is empty. Write for example {emoji} {name} {players}/{max}.'],
    [
      'x'.repeat(80),
      'The template has more than 50 characters beside its words, which leaves too little room. Write for example {emoji} {name} {players}/{max}.',
    ],
  ])('%s is judged', (template, problem) => {
    expect(templateProblem(template)).toBe(problem);
  });
});

describe('what a name says', () => {
  it('does not change with doubts', () => {
    expect(STATUSES.map(shownStatus)).toEqual([
      ...['up', 'up', 'down', 'down', 'flapping', 'unknown', 'maintenance'],
    ]);
    expect(emojiOf('suspect')).toBe(emojiOf('up'));
  });

  it('is urgent when people can play again, or no longer', () => {
    expect(isUrgent('up', 'down')).toBe(true);
    expect(isUrgent('unknown', 'up')).toBe(true);
    expect(isUrgent('up', 'up')).toBe(false);
    expect(isUrgent('down', 'flapping')).toBe(false);
  });
});

it('a text channel’s name has neither blanks nor punctuation', () => {
  expect(asTextChannelName('🟢 Survival 12/100')).toBe('🟢-survival-12-100');
  expect(asTextChannelName('…')).toBe('…');
  expect(asTextChannelName('!!!')).toBe('server');
});
