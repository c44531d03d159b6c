import {
  ApplicationCommandOptionType,
  type APIApplicationCommandSubcommandGroupOption,
} from 'discord-api-types/v10';
import { completeWhitelisted } from '../accounts/complete';
import { checkWhitelist } from '../accounts/whitelist';
import type { Command } from '../interactions/command';
import { isAdmin, NOT_ADMIN } from '../servers/rights';
import { server } from './server';

const CHECK = 'whitelist check';

const WHITELIST: APIApplicationCommandSubcommandGroupOption = {
  type: ApplicationCommandOptionType.SubcommandGroup,
  name: 'whitelist',
  description: 'The whitelists that registered accounts are on',
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'check',
      description: "Compare a server's whitelist with the accounts; you see the difference first",
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'server',
          description: 'Which server',
          required: true,
          max_length: 80,
          autocomplete: true,
        },
      ],
    },
  ],
};

/** `/server` with all that it does, and `/server whitelist check`. */
export const serverWithWhitelist = {
  data: { ...server.data, options: [...server.data.options, WHITELIST] },
  async execute(call, input) {
    if (input.subcommand !== CHECK) {
      await server.execute(call, input);
      return;
    }
    await call.respond.defer();
    const words = (await isAdmin(call))
      ? await checkWhitelist(call, input.text('server') ?? '', false)
      : NOT_ADMIN;
    if (words !== null) await call.respond.edit(words);
  },
  autocomplete: (call, input) =>
    input.subcommand === CHECK
      ? completeWhitelisted(call, input)
      : server.autocomplete(call, input),
} satisfies Command;
