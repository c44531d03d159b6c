import { ChannelType, ComponentType } from 'discord-api-types/v10';
import type { Field } from './form';

/** The kinds of menu that Discord fills itself. */
export type AutoSelect =
  | ComponentType.UserSelect
  | ComponentType.RoleSelect
  | ComponentType.MentionableSelect
  | ComponentType.ChannelSelect;

const CHANNEL_TYPES = Object.values(ChannelType).filter((type) => typeof type === 'number');

/** Reads custom ids, 1 to 100 characters each, and reports one that occurs twice. */
export class CustomIds {
  private readonly seen = new Set<string>();

  check(field: Field): void {
    const id = field.text({ min: 1, max: 100, required: true });
    if (id === undefined) return;
    if (this.seen.has(id)) {
      field.report('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    }
    this.seen.add(id);
  }
}

/** An emoji of a button or an option: a Unicode one by name, a custom one by id. */
export function checkEmoji(emoji: Field): void {
  if (!emoji.object()) return;
  const id = emoji.child('id').snowflake();
  const name = emoji.child('name').text();
  if (id !== undefined || (name !== undefined && !/^[\w\s]*$/.test(name))) return;
  emoji
    .child(name === undefined ? 'id' : 'name')
    .report('BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji');
}

/** A menu with options of its own, in a message or in a modal. */
export function checkStringSelect(select: Field, ids: CustomIds): void {
  ids.check(select.child('custom_id'));
  select.child('placeholder').text({ max: 150 });
  select.child('disabled').boolean();
  const options = checkOptions(select.child('options'), 1, 25);
  checkBounds(select, 25, options.length);
  checkDefaults(select, options);
}

/** A menu that Discord fills: users, roles, both, or channels. */
export function checkAutoSelect(select: Field, ids: CustomIds, type: AutoSelect): void {
  ids.check(select.child('custom_id'));
  select.child('placeholder').text({ max: 150 });
  select.child('disabled').boolean();
  checkBounds(select, 25, 25);
  if (type === ComponentType.ChannelSelect) {
    for (const one of select.child('channel_types').set()) one.choice(CHANNEL_TYPES, true);
  }
  const kinds = defaultKinds(type);
  for (const one of select.child('default_values').list({ max: 25 })) {
    if (!one.object(true)) continue;
    one.child('id').snowflake(true);
    one.child('type').choice(kinds, true);
  }
}

/** The options of a select, a radio group or a checkbox group: labels, values, no value twice. */
export function checkOptions(options: Field, min: number, max: number): Field[] {
  const entries = options.list({ min, max, required: true });
  const values = new Set<string>();
  for (const option of entries) {
    if (!option.object(true)) continue;
    option.child('label').text({ min: 1, max: 100, required: true });
    option.child('description').text({ max: 100 });
    option.child('default').boolean();
    checkEmoji(option.child('emoji'));
    const value = option.child('value').text({ min: 1, max: 100, required: true });
    if (value === undefined) continue;
    if (values.has(value)) {
      option.report(
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    values.add(value);
  }
  return entries;
}

/** min_values and max_values: within Discord's range, the one not above the other. */
export function checkBounds(field: Field, most: number, available: number): void {
  const min = field.child('min_values').integer({ min: 0, max: most });
  const max = field.child('max_values').integer({ min: 1, max: most });
  if (min !== undefined && max !== undefined && min > max) {
    field
      .child('min_values')
      .report('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  }
  if (max !== undefined && available > 0 && max > available) {
    field
      .child('max_values')
      .report('NUMBER_TYPE_MAX', `int value should be less than or equal to ${available}.`);
  }
}

function checkDefaults(select: Field, options: readonly Field[]): void {
  const chosen = options.filter((option) => option.child('default').value === true).length;
  const max = select.child('max_values').value;
  if (chosen > (typeof max === 'number' ? max : 1)) {
    select
      .child('options')
      .report(
        'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
        'The number of default options exceeds the maximum number of values',
      );
  }
}

function defaultKinds(type: AutoSelect): readonly ('user' | 'role' | 'channel')[] {
  switch (type) {
    case ComponentType.UserSelect:
      return ['user'];
    case ComponentType.RoleSelect:
      return ['role'];
    case ComponentType.ChannelSelect:
      return ['channel'];
    case ComponentType.MentionableSelect:
      return ['user', 'role'];
  }
}
