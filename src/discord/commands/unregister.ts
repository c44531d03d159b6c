import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { requestAccountChange } from '../accounts/change';
import { completeOwnAccount, readTypedAccount } from '../accounts/complete';
import type { Command } from '../interactions/command';

/** An edition, a colon and a name, as completions have it. */
const TYPED_MAX = 64;

/** Gives up one of one's own accounts. */
export const unregister = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'unregister',
    description: 'Give up one of your accounts; it also comes off the whitelists',
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'Which account',
        required: true,
        min_length: 1,
        max_length: TYPED_MAX,
        autocomplete: true,
      },
    ],
  },
  async execute(call, input) {
    await call.respond.defer();
    const account = readTypedAccount(input.text('name') ?? '');
    await requestAccountChange(call, { type: 'unregister', ...account });
  },
  autocomplete: completeOwnAccount,
} satisfies Command;
