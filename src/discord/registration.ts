import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { API } from '@discordjs/core';
import { DiscordAPIError } from '@discordjs/rest';
import {
  ApplicationCommandType,
  type APIApplicationCommandOption,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Logger } from '../observability/logger';

interface RegistrationOptions {
  readonly token: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

type CommandData = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * Brings the application's commands to what this version offers. They are global: one request serves
 * every guild, also those that the bot joins later, and Discord shows global commands at once. When
 * Discord has them already, nothing is sent, because registering is limited to 200 a day.
 *
 * Tries on until Discord takes them or the signal is aborted; a refusal is logged, and the commands
 * that Discord has stay as they are.
 */
export async function registerCommands(
  api: API,
  applicationId: string,
  wanted: readonly CommandData[],
  { token, log, signal }: RegistrationOptions,
): Promise<void> {
  for (let wait = 1_000; !signal.aborted; wait = Math.min(wait * 2, 60_000)) {
    try {
      // A 401, were it but a proxy's, makes the library forget the token.
      api.rest.setToken(token);
      const known = await api.applicationCommands.getGlobalCommands(applicationId, {}, { signal });
      const present = known.map((command) => plainCommand(command));
      if (same(present, wanted.map(plainCommand))) return;
      await api.applicationCommands.bulkOverwriteGlobalCommands(applicationId, [...wanted], {
        signal,
      });
      log.info({ commands: wanted.map(({ name }) => name) }, 'registered the commands');
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status >= 400 && error.status < 500) {
        log.error({ err: error }, 'Discord refuses the commands; the earlier ones stay');
        return;
      }
      log.warn({ err: error }, 'the commands could not be registered; trying again');
    }
    await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

function same(left: readonly { name: string }[], right: readonly { name: string }[]): boolean {
  const byName = (commands: readonly { name: string }[]) =>
    [...commands].sort((a, b) => (a.name < b.name ? -1 : 1));
  return isDeepStrictEqual(byName(left), byName(right));
}

interface AnyCommand {
  readonly name: string;
  readonly type?: ApplicationCommandType | undefined;
  readonly description?: string | undefined;
  readonly default_member_permissions?: unknown;
  readonly contexts?: readonly number[] | null | undefined;
  readonly nsfw?: boolean | undefined;
  readonly options?: readonly APIApplicationCommandOption[] | undefined;
}

/** What makes a command what it is, with Discord's defaults filled in; what Discord adds is left out. */
function plainCommand(command: AnyCommand) {
  return {
    name: command.name,
    type: command.type ?? ApplicationCommandType.ChatInput,
    description: command.description ?? '',
    permissions: command.default_member_permissions ?? null,
    contexts: [...(command.contexts ?? [])].sort(),
    nsfw: command.nsfw ?? false,
    options: (command.options ?? []).map(plainOption),
  };
}

function plainOption(option: APIApplicationCommandOption): unknown {
  const value = (name: string): unknown =>
    Object.entries(option).find(([key]) => key === name)?.[1] ?? null;
  return {
    type: option.type,
    name: option.name,
    description: option.description,
    required: option.required ?? false,
    autocomplete: value('autocomplete') ?? false,
    min: value('min_value') ?? value('min_length'),
    max: value('max_value') ?? value('max_length'),
    channels: value('channel_types') ?? [],
    choices: ('choices' in option ? (option.choices ?? []) : []).map(({ name, value: chosen }) => ({
      name,
      value: chosen,
    })),
    options: ('options' in option ? (option.options ?? []) : []).map(plainOption),
  };
}
