import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10';
import type { Command } from '../interactions/command';
import { completeServer } from '../servers/find';
import { showServer, showServers } from '../servers/show';

/** How the game servers are, for everybody. */
export const servers = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'servers',
    description: 'How our game servers are: players, uptime and a chart',
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'server',
        description: 'Only this one, with its chart; all if left out',
        max_length: 80,
        autocomplete: true,
      },
    ],
  },
  async execute(call, input) {
    await call.respond.defer();
    const wanted = input.text('server');
    const { words, files } =
      wanted === null ? await showServers(call, 0) : await showServer(call, wanted);
    await call.respond.edit(words, files);
  },
  autocomplete: completeServer,
} satisfies Command;
