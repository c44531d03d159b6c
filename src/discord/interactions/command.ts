import type {
  APIApplicationCommandAutocompleteInteraction,
  APIApplicationCommandOptionChoice,
  APIChatInputApplicationCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Call } from './call';
import type { CommandInput } from './options';

/** A slash command: how Discord offers it, and what it does. */
export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(
    call: Call<APIChatInputApplicationCommandInteraction>,
    input: CommandInput,
  ): Promise<void>;
  /** Completions of the option that is being typed; within 3 seconds, or none. */
  autocomplete?(
    call: Call<APIApplicationCommandAutocompleteInteraction>,
    input: CommandInput,
  ): Promise<APIApplicationCommandOptionChoice[]>;
}

/** What a subcommand does. */
export type Subcommand = Command['execute'];

/** A command's `execute` that leaves the work to its subcommands. */
export function bySubcommand(subcommands: Readonly<Record<string, Subcommand>>): Subcommand {
  return async (call, input) => {
    const subcommand = subcommands[input.subcommand];
    if (subcommand === undefined) {
      throw new Error(`There is no subcommand "${input.subcommand}".`);
    }
    await subcommand(call, input);
  };
}
