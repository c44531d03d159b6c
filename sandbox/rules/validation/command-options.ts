import { ApplicationCommandOptionType as Option, ChannelType } from 'discord-api-types/v10';
import type { Field } from './form';
import { characters } from './form';

/**
 * The pattern of names of slash commands and their options.
 * Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
 */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const LOCALES = new Set([
  'id',
  'da',
  'de',
  'en-GB',
  'en-US',
  'es-ES',
  'es-419',
  'fr',
  'hr',
  'it',
  'lt',
  'hu',
  'nl',
  'no',
  'pl',
  'pt-BR',
  'ro',
  'fi',
  'sv-SE',
  'vi',
  'tr',
  'cs',
  'el',
  'bg',
  'ru',
  'uk',
  'hi',
  'th',
  'zh-CN',
  'ja',
  'zh-TW',
  'ko',
  'ar',
  'he',
]);

const ALL_OPTIONS = [
  Option.Subcommand,
  Option.SubcommandGroup,
  Option.String,
  Option.Integer,
  Option.Boolean,
  Option.User,
  Option.Channel,
  Option.Role,
  Option.Mentionable,
  Option.Number,
  Option.Attachment,
] as const;
const VALUES = ALL_OPTIONS.filter(
  (type) => type !== Option.Subcommand && type !== Option.SubcommandGroup,
);
const CHANNEL_TYPES = Object.values(ChannelType).filter((type) => typeof type === 'number');

/** The name of a slash command or of an option, 1 to 32 lower-case letters, digits, `-` and `_`. */
export function checkCommandName(name: Field): void {
  const text = name.text({ min: 1, max: 32, required: true });
  if (text === undefined) return;
  if (!NAME.test(text) || text !== text.toLowerCase()) {
    name.report('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** Texts by locale: known locales, each text within the limits. */
export function checkLocalizations(field: Field, check: (text: Field) => void): void {
  if (!field.object()) return;
  for (const locale of field.keys()) {
    const text = field.child(locale);
    if (!LOCALES.has(locale)) {
      text.report('ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
    } else if (!text.absent) check(text);
  }
}

/** The options of a slash command: at most 25, required ones first, no name twice, 2 levels deep. */
export function checkOptions(options: Field, allowed: 'any' | 'subcommands' | 'values'): void {
  const entries = options.list({ max: 25 });
  const types = { any: ALL_OPTIONS, subcommands: [Option.Subcommand], values: VALUES }[allowed];
  const names = new Set<string>();
  let optionalSeen = false;
  for (const option of entries) {
    if (!option.object(true)) continue;
    const type = option.child('type').choice(types, true);
    checkCommandName(option.child('name'));
    option.child('description').text({ min: 1, max: 100, required: true });
    checkLocalizations(option.child('name_localizations'), checkCommandName);
    checkLocalizations(option.child('description_localizations'), (text) => {
      text.text({ min: 1, max: 100, required: true });
    });
    const name = option.child('name').value;
    if (typeof name === 'string') {
      if (names.has(name)) {
        option.report(
          'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED',
          'Application command option names must be unique',
        );
      }
      names.add(name);
    }
    if (type === undefined) continue;
    if (type === Option.Subcommand) checkOptions(option.child('options'), 'values');
    else if (type === Option.SubcommandGroup) checkOptions(option.child('options'), 'subcommands');
    else {
      const isRequired = option.child('required').boolean() === true;
      if (isRequired && optionalSeen) {
        option.report(
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
      }
      optionalSeen ||= !isRequired;
      checkValueOption(option, type);
    }
  }
  refuseMixture(options, entries);
}

/** Subcommands and values cannot stand beside each other: a command with subcommands has no values. */
function refuseMixture(options: Field, entries: readonly Field[]): void {
  const kinds = new Set(
    entries
      .map((option) => option.child('type').value)
      .filter((type) => typeof type === 'number')
      .map((type) => type <= 2),
  );
  if (kinds.size < 2) return;
  options.report(
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
  );
}

function checkValueOption(option: Field, type: Option): void {
  const hasChoices = checkChoices(option.child('choices'), type);
  if (option.child('autocomplete').boolean() === true && hasChoices) {
    option
      .child('autocomplete')
      .report(
        'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_EXCLUSIVE',
        'Choices cannot be set when autocomplete is enabled',
      );
  }
  if (type === Option.String) {
    const min = option.child('min_length').integer({ min: 0, max: 6_000 });
    option.child('max_length').integer({ min: Math.max(1, min ?? 1), max: 6_000 });
  }
  if (type === Option.Integer || type === Option.Number) {
    const read = (key: string, lowest?: number): number | undefined => {
      const limits = lowest === undefined ? {} : { min: lowest };
      return type === Option.Integer
        ? option.child(key).integer(limits)
        : option.child(key).number(limits);
    };
    read('max_value', read('min_value'));
  }
  if (type === Option.Channel) {
    for (const one of option.child('channel_types').set()) one.choice(CHANNEL_TYPES, true);
  }
}

/** At most 25 choices with a name of 1 to 100 characters and a value of the option's type. */
function checkChoices(choices: Field, type: Option): boolean {
  const entries = choices.list({ max: 25 });
  const names = new Set<unknown>();
  for (const choice of entries) {
    if (!choice.object(true)) continue;
    const name = choice.child('name').text({ min: 1, max: 100, required: true });
    checkLocalizations(choice.child('name_localizations'), (text) => {
      text.text({ min: 1, max: 100, required: true });
    });
    if (type === Option.String) choice.child('value').text({ max: 100, required: true });
    else if (type === Option.Integer) choice.child('value').integer({ required: true });
    else if (type === Option.Number) choice.child('value').number({ required: true });
    if (name !== undefined && names.has(name)) {
      choice.report(
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE',
        'Option choice names must be unique',
      );
    }
    names.add(name);
  }
  return entries.length > 0;
}

/**
 * What a command's texts count towards the 8,000 characters: name, description and values, of the
 * command, its options, subcommands and choices; of localized texts the longest instead.
 */
export function commandSize(command: Field): number {
  let size = longest(command, 'name') + longest(command, 'description');
  const { value } = command.child('value');
  if (typeof value === 'string') size += characters(value);
  for (const key of ['options', 'choices']) {
    const list = command.child(key);
    if (!Array.isArray(list.value)) continue;
    for (let index = 0; index < list.value.length; index += 1)
      size += commandSize(list.child(index));
  }
  return size;
}

function longest(command: Field, key: 'name' | 'description'): number {
  const localizations = command.child(`${key}_localizations`);
  const texts = [
    command.child(key).value,
    ...localizations.keys().map((locale) => localizations.child(locale).value),
  ];
  return Math.max(0, ...texts.map((text) => (typeof text === 'string' ? characters(text) : 0)));
}
