import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandOptionChoice,
} from 'discord-api-types/v10';
import { requestAccountChange } from '../accounts/change';
import { accountsMeant, completeAnyAccount, readPrefix } from '../accounts/complete';
import { lookupPage, NO_ACCOUNT } from '../accounts/lists';
import { likelyEdition } from '../accounts/register';
import { mayHandleAccounts, NOT_STAFF } from '../accounts/rights';
import { checkName } from '../../domain/registration/name';
import { configurationOf, type Call } from '../interactions/call';
import { bySubcommand, type Command, type Subcommand } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { REASON_MAX } from '../views/account-card';
import { answer, type Answer } from '../views/answer';
import { accountWords, nameProblemText } from '../views/registration-words';
import { EDITION_OPTION, NAME_MAX, readEdition } from './register';

const REASON = {
  type: ApplicationCommandOptionType.String,
  name: 'reason',
  description: 'Why; the team reads it in the history',
  required: true,
  min_length: 3,
  max_length: REASON_MAX,
} as const;

/** What the teams do with other people's accounts. */
export const account = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'account',
    description: "Look at, link and unlink members' Minecraft accounts",
    contexts: [InteractionContextType.Guild],
    // Discord knows nothing of teams: this hides the command from players. What counts is checked here.
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'lookup',
        description: "A member's accounts, or whose a name is; all accounts if you say neither",
        options: [
          {
            type: ApplicationCommandOptionType.User,
            name: 'user',
            description: 'Whose accounts',
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'name',
            description: 'How the name in the game begins',
            min_length: 1,
            max_length: NAME_MAX,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'link',
        description: 'Give an account to a member without a code',
        options: [
          {
            type: ApplicationCommandOptionType.User,
            name: 'user',
            description: 'Who gets it',
            required: true,
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'name',
            description: 'The name as the game shows it',
            required: true,
            min_length: 1,
            max_length: NAME_MAX,
          },
          REASON,
          EDITION_OPTION,
          {
            type: ApplicationCommandOptionType.String,
            name: 'uuid',
            description: "The player's UUID, if you know it; else the game tells it later",
            min_length: 32,
            max_length: 36,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'unlink',
        description: 'Take an account from a member, and off every whitelist',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'name',
            description: 'Which account',
            required: true,
            min_length: 1,
            max_length: NAME_MAX,
            autocomplete: true,
          },
          REASON,
        ],
      },
    ],
  },
  execute: bySubcommand({
    lookup: forStaff((call, input) => {
      const filter = { userId: input.text('user'), prefix: readPrefix(input.text('name')) };
      return lookupPage(call, filter, null);
    }),
    link: forStaff(link),
    unlink: forStaff(unlink),
  }),
  async autocomplete(call, input): Promise<APIApplicationCommandOptionChoice[]> {
    // Names of members' accounts are nobody else's business, however the command came through.
    return (await mayHandleAccounts(call)) ? completeAnyAccount(call, input) : [];
  },
} satisfies Command;

/**
 * Defers, looks at the person's rights, and only then does something.
 *
 * @param act returns what to answer, or `null` when the worker answers
 */
function forStaff(act: (call: Call, input: CommandInput) => Promise<Answer | null>): Subcommand {
  return async (call, input) => {
    await call.respond.defer();
    const words = (await mayHandleAccounts(call)) ? await act(call, input) : NOT_STAFF;
    if (words !== null) await call.respond.edit(words);
  };
}

async function link(call: Call, input: CommandInput): Promise<Answer | null> {
  const registration = (await configurationOf(call))?.registration ?? null;
  if (registration === null) {
    return answer(
      'Accounts are not set up on this server: the configuration has no `registration`.',
    );
  }
  const reason = reasonOf(input);
  if (reason === null) return NO_REASON;
  const typed = input.text('name') ?? '';
  const edition = readEdition(input) ?? likelyEdition(registration, typed);
  const checked = checkName(edition, typed, registration.bedrockPrefix);
  if (!checked.valid) return answer(`⚠️ ${nameProblemText(edition, checked)}`);
  const written = input.text('uuid');
  const uuid = written === null ? null : readUuid(written);
  if (uuid === undefined) return NO_UUID;
  await requestAccountChange(call, {
    type: 'link',
    userId: input.text('user') ?? '',
    edition,
    name: checked.name,
    uuid,
    sealedReason: call.parts.seal.seal(reason),
  });
  return null;
}

async function unlink(call: Call, input: CommandInput): Promise<Answer | null> {
  const reason = reasonOf(input);
  if (reason === null) return NO_REASON;
  const meant = await accountsMeant(call, input.text('name') ?? '');
  const [only, ...others] = meant;
  if (only === undefined) return NO_ACCOUNT;
  if (others.length > 0) {
    const list = meant
      .slice(0, 10)
      .map((one) => `- ${accountWords(one)} of <@${one.userId}>`)
      .join('\n');
    return answer(
      `Several accounts have this name, so nothing was changed. Pick the one you mean from the suggestions, or with \`/account lookup\`:\n${list}`,
    );
  }
  await requestAccountChange(call, {
    type: 'unlink',
    accountKey: only.key,
    sealedReason: call.parts.seal.seal(reason),
  });
  return null;
}

const NO_REASON = answer('A reason is needed, which the team reads later. Nothing was changed.');
const NO_UUID = answer(
  'That is no UUID: it has 32 hexadecimal digits, such as `069a79f4-44e9-4726-a5be-fca90e38aaf5`. Leave it out if you do not know it. Nothing was changed.',
);

function reasonOf(input: CommandInput): string | null {
  const reason = input.text('reason')?.trim() ?? '';
  return reason === '' ? null : reason;
}

/** In: with or without hyphens, in any case. Out: lower case with hyphens (RFC 9562); `undefined`: it is none. */
export function readUuid(text: string): string | undefined {
  const [, a, b, c, d, e] =
    /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/.exec(
      text.trim().toLowerCase(),
    ) ?? [];
  return e === undefined ? undefined : [a, b, c, d, e].join('-');
}
