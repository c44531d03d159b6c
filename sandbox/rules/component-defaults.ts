import { ComponentType } from 'discord-api-types/v10';

const ONE_VALUE = { min_values: 1, max_values: 1 };

const DEFAULTS: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
  [ComponentType.StringSelect]: ONE_VALUE,
  [ComponentType.UserSelect]: ONE_VALUE,
  [ComponentType.RoleSelect]: ONE_VALUE,
  [ComponentType.MentionableSelect]: ONE_VALUE,
  [ComponentType.ChannelSelect]: ONE_VALUE,
  [ComponentType.Separator]: { spacing: 1, divider: true },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};

/**
 * What Discord adds to a component of a message that leaves it out, as its answers show.
 * @param type the component's type
 * @returns the fields with their values, to be laid under those that were given
 */
export function componentDefaults(type: number): Readonly<Record<string, unknown>> {
  return DEFAULTS[type] ?? {};
}
