import { OptionKind } from '../../world/kinds';
import type { ChannelRow, Command, CommandOption, JsonObject } from '../../world/model';
import type { Discord } from '../discord';
import { keepFile } from '../messages/store-message';
import { findChannel, findUser } from './find';
import { ClientRefusal } from './refusal';
import { Resolved } from './resolved';

/** A file that a person chooses from their disk. */
export interface ChosenFile {
  filename: string;
  /** Text, or base64 with `encoding: 'base64'`. */
  content: string;
  encoding?: 'utf8' | 'base64' | undefined;
  contentType?: string | undefined;
}

/** What a person types into one option. */
export type OptionValue = string | number | boolean | ChosenFile;

/** A command that a person types. */
export interface TypedCommand {
  command: Command;
  /** Subcommand group and subcommand. */
  path: string[];
  options: Record<string, OptionValue>;
  /** The option that is being typed: this is an autocomplete, so nothing has to be complete. */
  focused?: string | undefined;
}

/**
 * Turns what was typed into the interaction's data, as Discord's client does.
 * @throws ClientRefusal for what the client would not let through
 */
export function commandData(
  discord: Discord,
  userId: string,
  channel: ChannelRow,
  typed: TypedCommand,
): JsonObject {
  const { command } = typed;
  const resolved = new Resolved(discord, channel, userId);
  let definitions = command.options ?? [];
  const steps: CommandOption[] = [];
  for (const name of typed.path) {
    const step = definitions.find((option) => option.name === name && isStep(option));
    if (step === undefined) {
      throw new ClientRefusal('unknown-command', `/${command.name} has no ${name}.`);
    }
    steps.push(step);
    definitions = step.options ?? [];
  }
  if (definitions.some(isStep)) {
    const names = definitions.map((option) => option.name).join(', ');
    throw new ClientRefusal('unknown-command', `/${command.name} needs one of: ${names}.`);
  }
  let options = values(discord, channel, typed, definitions, resolved);
  for (const step of steps.reverse()) {
    options = [{ type: step.type, name: step.name, options }];
  }
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...(options.length === 0 ? {} : { options }),
    ...resolved.asField(),
  };
}

function isStep(option: CommandOption): boolean {
  return option.type === OptionKind.Subcommand || option.type === OptionKind.SubcommandGroup;
}

function values(
  discord: Discord,
  channel: ChannelRow,
  typed: TypedCommand,
  definitions: readonly CommandOption[],
  resolved: Resolved,
): JsonObject[] {
  for (const name of Object.keys(typed.options)) {
    if (!definitions.some((definition) => definition.name === name)) {
      const names = definitions.map((definition) => definition.name).join(', ') || 'none';
      throw new ClientRefusal('unknown-option', `There is no option ${name}; there are: ${names}.`);
    }
  }
  const entries: JsonObject[] = [];
  for (const definition of definitions) {
    const given = typed.options[definition.name];
    const focused = typed.focused === definition.name;
    if (given === undefined) {
      if (definition.required === true && typed.focused === undefined) {
        throw new ClientRefusal('missing-option', `The option ${definition.name} is required.`);
      }
      if (!focused) continue;
    }
    const value = focused
      ? (given ?? '')
      : readValue(discord, channel, definition, given ?? '', resolved);
    entries.push({
      type: definition.type,
      name: definition.name,
      value,
      ...(focused ? { focused: true } : {}),
    });
  }
  return entries;
}

function readValue(
  discord: Discord,
  channel: ChannelRow,
  definition: CommandOption,
  given: OptionValue,
  resolved: Resolved,
): string | number | boolean {
  const refuse = (why: string): never => {
    throw new ClientRefusal('invalid-option', `The option ${definition.name} ${why}.`);
  };
  if (typeof given === 'object') {
    if (definition.type !== OptionKind.Attachment) return refuse('takes no file');
    const attachment = attach(discord, channel, given);
    resolved.put('attachments', attachment.id, attachment);
    return attachment.id;
  }
  switch (definition.type) {
    case OptionKind.String:
      return readString(definition, String(given), refuse);
    case OptionKind.Integer:
    case OptionKind.Number:
      return readNumber(definition, Number(given), refuse);
    case OptionKind.Boolean:
      return typeof given === 'boolean' ? given : refuse('is true or false');
    case OptionKind.User: {
      const { id } = findUser(discord, String(given));
      resolved.user(id);
      return id;
    }
    case OptionKind.Channel: {
      const found = findChannel(discord, channel.guildId ?? '', String(given));
      const kinds = definition.channel_types ?? [];
      if (kinds.length > 0 && !kinds.includes(found.type)) return refuse('takes other channels');
      resolved.channelOf(found.id);
      return found.id;
    }
    case OptionKind.Role:
      return readRole(discord, channel, String(given), resolved) ?? refuse('is no role');
    case OptionKind.Mentionable: {
      const role = readRole(discord, channel, String(given), resolved);
      if (role !== undefined) return role;
      const { id } = findUser(discord, String(given));
      resolved.user(id);
      return id;
    }
    default:
      return refuse('cannot be typed');
  }
}

/** Uploads a chosen file, as the client does before it sends the interaction. */
export function attach(
  discord: Discord,
  channel: ChannelRow,
  file: ChosenFile,
): { id: string; filename: string; size: number; url: string } {
  return keepFile(discord, channel.id, {
    index: 0,
    filename: file.filename,
    contentType: file.contentType ?? 'application/octet-stream',
    data: Buffer.from(file.content, file.encoding ?? 'utf8'),
  });
}

function readRole(
  discord: Discord,
  channel: ChannelRow,
  given: string,
  resolved: Resolved,
): string | undefined {
  const guild = channel.guildId === null ? undefined : discord.world.guilds.get(channel.guildId);
  const role = guild?.roles.find((one) => one.id === given || one.name === given);
  if (role !== undefined) resolved.role(role.id);
  return role?.id;
}

type Refuse = (why: string) => never;

function readString(definition: CommandOption, given: string, refuse: Refuse): string {
  const { choices, min_length: min, max_length: max } = definition;
  if (choices !== undefined && choices.length > 0) {
    const choice = choices.find((one) => one.value === given || one.name === given);
    if (choice !== undefined) return String(choice.value);
    return refuse(`is one of ${choices.map((one) => one.value).join(', ')}`);
  }
  if (min !== undefined && given.length < min) return refuse(`has at least ${min} characters`);
  if (given.length > (max ?? 6000)) return refuse(`has at most ${max ?? 6000} characters`);
  return given;
}

function readNumber(definition: CommandOption, given: number, refuse: Refuse): number {
  const { choices, min_value: min, max_value: max } = definition;
  const whole = definition.type === OptionKind.Integer;
  if (!Number.isFinite(given) || (whole && !Number.isInteger(given))) return refuse('is a number');
  if (min !== undefined && given < min) return refuse(`is at least ${min}`);
  if (max !== undefined && given > max) return refuse(`is at most ${max}`);
  if (choices !== undefined && choices.length > 0 && !choices.some((one) => one.value === given)) {
    return refuse('is none of the choices');
  }
  return given;
}
