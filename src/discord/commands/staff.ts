import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { CASE_STATUSES } from '../../domain/cases/case';
import { isAnyStaff } from '../guilds/actor';
import type { QueueFilter } from '../ids';
import { personOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import { completeCategory } from '../tickets/complete-category';
import { queuePage, queueStatus } from '../tickets/lists';
import { staffCase } from '../tickets/show-case';
import { answer, type Answer } from '../views/answer';
import { STATUS_WORDS } from '../views/status';

/** What somebody reads who is in no team. */
const NOT_STAFF = answer(
  'This is for the teams that handle tickets. `/ticket list` shows your own tickets.',
);

/** What the teams do with everybody's cases. */
export const staff = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'staff',
    description: 'Manage tickets and reports',
    contexts: [InteractionContextType.Guild],
    // Discord knows nothing of teams: this hides the command from players. What counts is checked here.
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'queue',
        description: 'The list of cases, the newest first; pick one to manage it',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'kind',
            description: 'Tickets or reports; both if left out',
            choices: [
              { name: 'tickets', value: 'ticket' },
              { name: 'reports', value: 'report' },
            ],
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'status',
            description: 'Those that are not closed, if left out',
            choices: [
              { name: 'Not closed', value: 'active' },
              { name: 'All', value: 'all' },
              ...CASE_STATUSES.filter((status) => status !== 'refused').map((status) => ({
                name: STATUS_WORDS[status],
                value: status,
              })),
            ],
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'category',
            description: 'Only cases of this category',
            max_length: 32,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.User,
            name: 'assignee',
            description: 'Only cases of this member of the staff',
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'case',
        description: 'One case with its whole history, and everything that can be done with it',
        options: [
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'number',
            description: 'The number of the case, such as 12',
            required: true,
            min_value: 1,
            max_value: 2_147_483_647,
          },
        ],
      },
    ],
  },
  execute: bySubcommand({
    queue: (call, input) => {
      const kind = input.text('kind');
      const filter: QueueFilter = {
        kind: kind === 'ticket' || kind === 'report' ? kind : null,
        status: queueStatus(input.text('status')),
        categoryId: input.text('category')?.slice(0, 32) ?? null,
        assigneeId: input.text('assignee'),
      };
      return forStaff(call, () => queuePage(call, filter, null));
    },
    case: (call, input) => forStaff(call, () => staffCase(call, input.number('number') ?? 0)),
  }),
  autocomplete: completeCategory,
} satisfies Command;

/** Defers, looks at the person's roles, and only then answers. */
export async function forStaff(call: Call, show: () => Promise<Answer>): Promise<void> {
  await call.respond.defer();
  await call.respond.edit(isAnyStaff(await personOf(call)) ? await show() : NOT_STAFF);
}
