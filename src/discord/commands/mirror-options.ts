import {
  ApplicationCommandOptionType,
  ChannelType,
  type APIApplicationCommandSubcommandOption,
} from 'discord-api-types/v10';

/** What an administrator can give with `/mirror …`, with Discord's and our limits. */

const CHANNELS: [ChannelType.GuildText, ChannelType.GuildAnnouncement] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
];

const WINDOWS = [
  ['10 minutes', '10m'],
  ['1 hour', '1h'],
  ['1 day', '1d'],
  ['7 days', '7d'],
  ['30 days', '30d'],
] as const;

/** Messages that one command may copy from the time before. */
export const MOST_BACKFILL = 1_000;

export const SUBCOMMANDS: APIApplicationCommandSubcommandOption[] = [
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'add',
    description: 'Copy what is written in one channel into another, edits and deletions included',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'id',
        description: 'Your short word for it: lower-case letters, digits, - and _, such as news',
        required: true,
        min_length: 1,
        max_length: 32,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'from',
        description: 'The channel to copy',
        required: true,
        channel_types: CHANNELS,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'to',
        description: 'The channel of this server to copy into',
        channel_types: CHANNELS,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'elsewhere',
        description:
          'Instead: the id of a channel of another server, whose administrators must agree',
        min_length: 16,
        max_length: 20,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'style',
        description: 'With the name and avatar of the author, if never said otherwise',
        choices: [
          { name: 'As their authors (by a webhook)', value: 'webhook' },
          { name: 'As plain posts of mine', value: 'plain' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'backfill',
        description: 'How many earlier messages are copied first; none if left out',
        min_value: 1,
        max_value: MOST_BACKFILL,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'edit_window',
        description: 'For how long edits are followed; 1 day if left out. Deletions always are',
        choices: WINDOWS.map(([name, value]) => ({ name, value })),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'bots',
        description: 'Whether messages of bots and webhooks are copied as well; no if left out',
      },
      {
        type: ApplicationCommandOptionType.User,
        name: 'author',
        description: 'Only messages of this one',
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'contains',
        description: 'Only messages with one of these words, between commas',
        max_length: 400,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'lacks',
        description: 'No messages with one of these words, between commas',
        max_length: 400,
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'reactions',
        description: 'Whether copies get the reactions, each once; no if left out',
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'threads',
        description: 'Whether threads are copied into threads; no if left out',
      },
    ],
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'list',
    description: 'The mirrors from and into this server; agree to those of other servers here',
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'remove',
    description: 'Copy no longer; what was copied stays',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'mirror',
        description: 'Which mirror',
        required: true,
        max_length: 40,
        autocomplete: true,
      },
    ],
  },
];
