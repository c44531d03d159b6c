import { describe, expect, it } from '@jest/globals';
import { checkCommandCreate, checkCommandEdit, checkCommandsReplace } from './commands';
import { refusal } from './refusal';

const slash = (more = {}) => ({ name: 'ticket', description: 'Tickets', ...more });
const option = (name: string, type: number, more = {}) => ({
  name,
  type,
  description: 'An option',
  ...more,
});
const create = (body: unknown): string[] =>
  refusal(() => {
    checkCommandCreate(body);
  });

describe('checkCommandCreate', () => {
  it('takes a command with subcommands, choices and localizations', () => {
    expect(
      create(
        slash({
          name_localizations: { de: 'fall', 'pt-BR': 'bilhete' },
          description_localizations: { de: 'Fälle' },
          options: [
            option('list', 1, {
              options: [
                option('status', 3, { required: true, choices: [{ name: 'Open', value: 'open' }] }),
                option('page', 4, { min_value: 1 }),
              ],
            }),
            option('admin', 2, { options: [option('purge', 1)] }),
          ],
        }),
      ),
    ).toEqual([]);
  });

  it('knows the pattern of names', () => {
    for (const name of ['Ticket', 'two words', 'x'.repeat(33), 'a.b']) {
      expect(create(slash({ name }))).toHaveLength(1);
    }
    for (const name of ['größe', 'open_ticket', 'チケット', 'ไทย']) {
      expect(create(slash({ name }))).toEqual([]);
    }
  });

  it('wants a description of a slash command and forbids it to a context menu', () => {
    expect(create({ name: 'ticket' })).toEqual(['description: BASE_TYPE_REQUIRED']);
    expect(create(slash({ description: 'x'.repeat(101) }))).toEqual([
      'description: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(create({ name: 'Report message', type: 3 })).toEqual([]);
    expect(create({ name: 'Report message', type: 3, description: 'x' })).toHaveLength(1);
    expect(create({ name: 'Report', type: 2, options: [option('a', 3)] })).toHaveLength(1);
  });

  it('wants required options first and no name twice', () => {
    const options = [option('a', 3), option('b', 3, { required: true }), option('a', 4)];
    expect(create(slash({ options }))).toEqual([
      'options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'options.2: APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED',
    ]);
  });

  it('refuses a 26th option or choice, deep nesting and a mixture', () => {
    const many = Array.from({ length: 26 }, (_, index) => option(`o${index}`, 3));
    expect(create(slash({ options: many }))).toEqual(['options: BASE_TYPE_MAX_LENGTH']);
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: 'x' }));
    expect(create(slash({ options: [option('a', 3, { choices })] }))).toEqual([
      'options.0.choices: BASE_TYPE_MAX_LENGTH',
    ]);
    const deep = option('a', 2, { options: [option('b', 2)] });
    expect(create(slash({ options: [deep] }))).toEqual([
      'options.0.options.0.type: BASE_TYPE_CHOICES',
    ]);
    expect(create(slash({ options: [option('a', 1), option('b', 3)] }))).toEqual([
      'options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ]);
  });

  it('refuses choices beside autocomplete, and values of the wrong type', () => {
    const choices = [{ name: 'One', value: 'one' }];
    expect(create(slash({ options: [option('a', 3, { choices, autocomplete: true })] }))).toEqual([
      'options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_EXCLUSIVE',
    ]);
    expect(create(slash({ options: [option('a', 4, { choices })] }))).toEqual([
      'options.0.choices.0.value: NUMBER_TYPE_COERCE',
    ]);
  });

  it('refuses unknown locales', () => {
    expect(create(slash({ name_localizations: { xx: 'a' } }))).toEqual([
      'name_localizations.xx: ENUM_TYPE_COERCE',
    ]);
  });

  it('counts 8,000 characters in all, of translations the longest', () => {
    const fat = (index: number) =>
      option(`o${index}`, 3, {
        description: 'd'.repeat(100),
        description_localizations: { de: 'd'.repeat(99) },
        choices: Array.from({ length: 24 }, (_, choice) => ({
          name: `${choice}`.padEnd(5, 'n'),
          value: `${choice}`.padEnd(5, 'v'),
        })),
      });
    // one such option has 2 + 100 + 24 * 10 characters
    expect(create(slash({ options: Array.from({ length: 23 }, (_, i) => fat(10 + i)) }))).toEqual(
      [],
    );
    expect(create(slash({ options: Array.from({ length: 24 }, (_, i) => fat(10 + i)) }))).toEqual([
      ': APPLICATION_COMMAND_TOO_LARGE',
    ]);
  });
});

describe('checkCommandEdit and checkCommandsReplace', () => {
  it('lets an edit name only what changes', () => {
    expect(
      refusal(() => {
        checkCommandEdit({ description: 'New' }, 1);
      }),
    ).toEqual([]);
    expect(
      refusal(() => {
        checkCommandEdit({ name: 'Two words' }, 1);
      }),
    ).toHaveLength(1);
    expect(
      refusal(() => {
        checkCommandEdit({ name: 'Two words' }, 3);
      }),
    ).toEqual([]);
  });

  it('refuses a name twice within one type, keyed by index', () => {
    const list = [slash(), slash(), { name: 'ticket', type: 2 }];
    expect(
      refusal(() => {
        checkCommandsReplace(list);
      }),
    ).toEqual(['1: APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });

  it('refuses a 101st slash command and a body that is no list', () => {
    const many = Array.from({ length: 101 }, (_, index) => slash({ name: `c${index}` }));
    expect(
      refusal(() => {
        checkCommandsReplace(many);
      }),
    ).toEqual([': BASE_TYPE_MAX_LENGTH']);
    expect(
      refusal(() => {
        checkCommandsReplace(many.slice(1));
      }),
    ).toEqual([]);
    expect(
      refusal(() => {
        checkCommandsReplace({});
      }),
    ).toEqual([': LIST_TYPE_CONVERT']);
  });
});
