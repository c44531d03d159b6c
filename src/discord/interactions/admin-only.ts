import type { APIChatInputApplicationCommandInteraction } from 'discord-api-types/v10';
import { isAdmin } from '../servers/rights';
import type { Answer } from '../views/answer';
import type { Call } from './call';
import type { Subcommand } from './command';
import type { CommandInput } from './options';

/**
 * Defers, looks at the person's rights, and only then does something.
 *
 * @param refusal what others read
 * @param act returns what to answer, or `null` when the worker answers
 */
export function adminOnly(
  refusal: Answer,
  act: (
    call: Call<APIChatInputApplicationCommandInteraction>,
    input: CommandInput,
  ) => Promise<Answer | null>,
): Subcommand {
  return async (call, input) => {
    await call.respond.defer();
    const words = (await isAdmin(call)) ? await act(call, input) : refusal;
    if (words !== null) await call.respond.edit(words);
  };
}
