import { ApplicationCommandType, InteractionContextType } from 'discord-api-types/v10';
import { ownAccountsPage } from '../accounts/lists';
import type { Command } from '../interactions/command';

/** One's own accounts. */
export const accounts = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'accounts',
    description: 'Your Minecraft accounts here; choose the primary one',
    contexts: [InteractionContextType.Guild],
  },
  async execute(call) {
    await call.respond.defer();
    await call.respond.edit(await ownAccountsPage(call, 0));
  },
} satisfies Command;
