import { ApplicationCommandType } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import {
  checkCommandCreate,
  checkCommandEdit,
  checkCommandsReplace,
  MOST_COMMANDS,
} from '../../rules/validation/commands';
import type { Command, CommandOption, CommandPermission, JsonObject } from '../../world/model';
import { theApplication, type Discord } from '../discord';
import { Fields, isObject, required } from '../fields';

/** The commands of one scope: a guild's, or the global ones. */
export function listCommands(discord: Discord, guildId: string | null): Command[] {
  return [...discord.world.commands.values()].filter(
    (command) => (command.guild_id ?? null) === guildId,
  );
}

/** The command of that scope. */
export function requireCommand(discord: Discord, guildId: string | null, id: string): Command {
  const command = discord.world.commands.get(id);
  if (command === undefined || (command.guild_id ?? null) !== guildId) {
    throw discordError('unknownApplicationCommand');
  }
  return command;
}

/** Creates a command, or replaces the one of the same name and type. `fresh`: it is a new one. */
export function createCommand(
  discord: Discord,
  guildId: string | null,
  body: unknown,
): { command: Command; fresh: boolean } {
  requireScope(discord, guildId);
  checkCommandCreate(body);
  const definition = Fields.of(body);
  const type = definition.number('type') ?? ApplicationCommandType.ChatInput;
  const name = required(definition.string('name'), 'name');
  const known = listCommands(discord, guildId);
  const same = known.find((command) => command.type === type && command.name === name);
  const count = known.filter((command) => command.type === type).length;
  if (same === undefined && count >= (MOST_COMMANDS[type] ?? 0)) {
    throw discordError('maximumApplicationCommands');
  }
  const command = makeCommand(discord, guildId, definition, same?.id);
  discord.world.commands.set(command.id, command);
  return { command, fresh: same === undefined };
}

/** Replaces all commands of a scope; those that keep name and type keep their ids. */
export function replaceCommands(
  discord: Discord,
  guildId: string | null,
  body: unknown,
): Command[] {
  requireScope(discord, guildId);
  checkCommandsReplace(body);
  const known = listCommands(discord, guildId);
  const definitions = Array.isArray(body) ? body.map((entry) => Fields.of(entry)) : [];
  const made = definitions.map((definition) => {
    const type = definition.number('type') ?? ApplicationCommandType.ChatInput;
    const name = definition.string('name');
    const same = known.find((command) => command.type === type && command.name === name);
    return makeCommand(discord, guildId, definition, same?.id);
  });
  for (const command of known) discord.world.commands.delete(command.id);
  for (const command of made) discord.world.commands.set(command.id, command);
  return made;
}

/** Changes a command; what is absent stays. */
export function editCommand(
  discord: Discord,
  guildId: string | null,
  id: string,
  body: unknown,
): Command {
  const command = requireCommand(discord, guildId, id);
  checkCommandEdit(body, command.type);
  const merged = Fields.of({ ...command, ...Fields.of(body).all });
  const edited = makeCommand(discord, guildId, merged, id);
  discord.world.commands.set(id, edited);
  return edited;
}

export function deleteCommand(discord: Discord, guildId: string | null, id: string): void {
  requireCommand(discord, guildId, id);
  discord.world.commands.delete(id);
}

function requireScope(discord: Discord, guildId: string | null): void {
  if (guildId === null) return;
  const { botId } = theApplication(discord.world);
  if (discord.world.member(guildId, botId) === undefined) throw discordError('missingAccess');
}

function makeCommand(
  discord: Discord,
  guildId: string | null,
  fields: Fields,
  id: string | undefined,
): Command {
  const options = fields.objects('options')?.map(asOption) ?? [];
  const contexts = fields.list('contexts');
  const version = discord.world.ids.next();
  return {
    id: id ?? discord.world.ids.next(),
    application_id: theApplication(discord.world).id,
    version,
    type: fields.number('type') ?? ApplicationCommandType.ChatInput,
    name: required(fields.string('name'), 'name'),
    name_localizations: fields.object('name_localizations') ?? null,
    description: fields.string('description') ?? '',
    description_localizations: fields.object('description_localizations') ?? null,
    default_member_permissions: fields.string('default_member_permissions') ?? null,
    dm_permission: fields.boolean('dm_permission') ?? true,
    contexts: contexts === undefined ? null : contexts.filter((one) => typeof one === 'number'),
    integration_types: (fields.list('integration_types') ?? [0]).filter(
      (one) => typeof one === 'number',
    ),
    nsfw: fields.boolean('nsfw') ?? false,
    ...(guildId === null ? {} : { guild_id: guildId }),
    ...(options.length === 0 ? {} : { options }),
  };
}

/** An option whose shape the check has approved. */
function asOption(value: JsonObject): CommandOption {
  const fields = Fields.of(value);
  return {
    ...value,
    type: required(fields.number('type'), 'type'),
    name: required(fields.string('name'), 'name'),
    description: required(fields.string('description'), 'description'),
  };
}

/** API: the command, without the localizations unless they are asked for. */
export function commandView(command: Command, withLocalizations: boolean): JsonObject {
  if (withLocalizations) return { ...command };
  const view: JsonObject = { ...command };
  delete view['name_localizations'];
  delete view['description_localizations'];
  return view;
}

/** The permissions that administrators have set for a command in a guild; undefined: none. */
export function commandPermissions(
  discord: Discord,
  guildId: string,
  commandId: string,
): CommandPermission[] | undefined {
  return discord.world.commandPermissions.get(`${guildId}/${commandId}`);
}

/** Sets who may use a command in a guild, as an administrator does in the server's settings. */
export function setCommandPermissions(
  discord: Discord,
  guildId: string,
  commandId: string,
  permissions: unknown,
): CommandPermission[] {
  const list = Array.isArray(permissions) ? permissions.filter(isObject) : [];
  const made = list.map((entry) => {
    const fields = Fields.of(entry);
    return {
      id: required(fields.string('id'), 'id'),
      type: required(fields.number('type'), 'type'),
      permission: required(fields.boolean('permission'), 'permission'),
    };
  });
  discord.world.commandPermissions.set(`${guildId}/${commandId}`, made);
  return made;
}
