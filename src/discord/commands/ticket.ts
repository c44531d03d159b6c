import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { configurationOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import { NOT_SET_UP, openCategory, categoryGone, categoryOf } from '../tickets/choose';
import { giveCommand } from '../tickets/command';
import { completeCategory } from '../tickets/complete-category';
import { ownPage } from '../tickets/lists';
import { noCase, ownCase } from '../tickets/show-case';
import { answer } from '../views/answer';
import { NOTE_MAX } from '../views/forms';
import { categoryMenu } from '../views/panel';

const NUMBER = {
  type: ApplicationCommandOptionType.Integer,
  name: 'number',
  description: 'The number of your ticket, such as 12',
  required: true,
  min_value: 1,
  max_value: 2_147_483_647,
} as const;

/** What everybody does with their own tickets. */
export const ticket = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'ticket',
    description: 'Ask the team for help, and look after your tickets',
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'open',
        description: 'Open a ticket',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'category',
            description: 'What it is about; leave it out to choose from a menu',
            max_length: 100,
            autocomplete: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'list',
        description: 'Your tickets, the newest first',
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'view',
        description: 'One of your tickets',
        options: [NUMBER],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'close',
        description: 'Close one of your tickets',
        options: [
          NUMBER,
          {
            type: ApplicationCommandOptionType.String,
            name: 'reason',
            description: 'Why, if you like to say it',
            max_length: NOTE_MAX,
          },
        ],
      },
    ],
  },
  execute: bySubcommand({
    open: (call, input) => open(call, input.text('category')),
    async list(call) {
      await call.respond.defer();
      await call.respond.edit(await ownPage(call, null));
    },
    async view(call, input) {
      await call.respond.defer();
      await call.respond.edit(await ownCase(call, input.number('number') ?? 0));
    },
    async close(call, input) {
      await call.respond.defer();
      const number = input.number('number') ?? 0;
      const row = await call.parts.cases.byNumber(call.guildId, number);
      if (row?.openerId !== call.member.user.id) {
        await call.respond.edit(noCase(number));
        return;
      }
      const note = input.text('reason');
      const outcome = await giveCommand(call, { command: 'close', caseId: row.caseId, note });
      await call.respond.edit(answer(outcome));
    },
  }),
  autocomplete: completeCategory,
} satisfies Command;

async function open(call: Call, wanted: string | null): Promise<void> {
  const configuration = await configurationOf(call);
  if (configuration === null) {
    await call.respond.answer(NOT_SET_UP);
    return;
  }
  if (wanted === null) {
    await call.respond.answer(
      answer('What is it about?', { components: [categoryMenu(configuration.categories)] }),
    );
    return;
  }
  const category = categoryOf(configuration, wanted);
  if (category === null) {
    await call.respond.answer(categoryGone(call));
    return;
  }
  await openCategory(call, category.id);
}
