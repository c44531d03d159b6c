import {
  ApplicationCommandOptionType,
  type APIApplicationCommandInteractionDataOption,
  type InteractionType,
} from 'discord-api-types/v10';

type AnyOption =
  | APIApplicationCommandInteractionDataOption<InteractionType.ApplicationCommand>
  | APIApplicationCommandInteractionDataOption<InteractionType.ApplicationCommandAutocomplete>;

/** What somebody typed into a slash command. */
export interface CommandInput {
  /** Such as `open` of `/ticket open`; empty without a subcommand. */
  readonly subcommand: string;
  /** @returns the option's text, or a user's, channel's or role's id; `null` if it was not given */
  text(name: string): string | null;
  /** @returns the option's number; `null` if it was not given */
  number(name: string): number | null;
  /** @returns the option's yes or no; `null` if it was not given */
  flag(name: string): boolean | null;
  /** The option that is being typed, while Discord asks for completions. */
  readonly focused: { readonly name: string; readonly value: string } | null;
}

/** Reads a slash command's options, down to those of its subcommand. */
export function readOptions(options: readonly AnyOption[] | undefined): CommandInput {
  const { path, leaves } = descend(options ?? []);
  const valueOf = (name: string): string | number | boolean | null => {
    const option = leaves.find((leaf) => leaf.name === name);
    return option !== undefined && 'value' in option ? option.value : null;
  };
  return {
    subcommand: path.join(' '),
    text(name) {
      const value = valueOf(name);
      return typeof value === 'string' ? value : null;
    },
    number(name) {
      const value = valueOf(name);
      return typeof value === 'number' ? value : null;
    },
    flag(name) {
      const value = valueOf(name);
      return typeof value === 'boolean' ? value : null;
    },
    focused: focusOf(leaves),
  };
}

function descend(options: readonly AnyOption[]): { path: string[]; leaves: readonly AnyOption[] } {
  const [first] = options;
  if (
    first?.type === ApplicationCommandOptionType.Subcommand ||
    first?.type === ApplicationCommandOptionType.SubcommandGroup
  ) {
    const inner = descend(first.options ?? []);
    return { path: [first.name, ...inner.path], leaves: inner.leaves };
  }
  return { path: [], leaves: options };
}

function focusOf(leaves: readonly AnyOption[]): CommandInput['focused'] {
  for (const leaf of leaves) {
    if ('focused' in leaf && leaf.focused && 'value' in leaf) {
      return { name: leaf.name, value: String(leaf.value) };
    }
  }
  return null;
}
