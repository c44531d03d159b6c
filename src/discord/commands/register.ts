import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
} from 'discord-api-types/v10';
import { EDITIONS, type Edition } from '../../domain/registration/account';
import { register as begin } from '../accounts/register';
import type { Command } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { EDITION_WORDS } from '../views/registration-words';

/** Names have at most 16 characters; people also type the prefix and the suffix of gamertags. */
export const NAME_MAX = 32;

export const EDITION_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'edition',
  description: 'Which edition of Minecraft the account is for',
  choices: EDITIONS.map((edition) => ({ name: EDITION_WORDS[edition], value: edition })),
};

/** The edition that was chosen; `null`: none was. */
export function readEdition(input: CommandInput): Edition | null {
  const chosen = input.text('edition');
  return EDITIONS.find((edition) => edition === chosen) ?? null;
}

/** Proves an account by a code that is typed in the game. */
export const register = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'register',
    description: 'Prove that a Minecraft account is yours, with a code that you type in the game',
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'Your name as the game shows it',
        required: true,
        min_length: 1,
        max_length: NAME_MAX,
      },
      EDITION_OPTION,
    ],
  },
  async execute(call, input) {
    await call.respond.defer();
    const words = await begin(call, input.text('name') ?? '', readEdition(input));
    if (words !== null) await call.respond.edit(words);
  },
} satisfies Command;
