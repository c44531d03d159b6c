import {
  ApplicationCommandOptionType,
  ChannelType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
} from 'discord-api-types/v10';
import { KIND_WORDS } from '../views/server-setup-answer';

/** What an administrator can give with `/server …`, with Discord's and our limits. */

const SERVER: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'server',
  description: 'Which server',
  required: true,
  max_length: 80,
  autocomplete: true,
};

/** RCON needs a command and a password, which belong into the configuration file. */
const KINDS = ['java', 'bedrock', 'query', 'tcp', 'http'] as const;

const INTERVALS = [
  ['15 seconds', '15s'],
  ['30 seconds', '30s'],
  ['1 minute', '1m'],
  ['2 minutes', '2m'],
  ['5 minutes', '5m'],
  ['10 minutes', '10m'],
  ['30 minutes', '30m'],
  ['1 hour', '1h'],
] as const;

const address = (required: boolean): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name: 'address',
  description: 'Such as play.example.com or play.example.com:25566; a web address for a web page',
  min_length: 1,
  max_length: 500,
  required,
});

const SETTINGS: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'name',
    description: 'How people call it',
    min_length: 1,
    max_length: 80,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'probe',
    description: 'How it is asked; Java Edition if never said otherwise',
    choices: KINDS.map((kind) => ({ name: KIND_WORDS[kind], value: kind })),
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'interval',
    description: 'How often it is checked; every 30 seconds if never said otherwise',
    choices: INTERVALS.map(([name, value]) => ({ name, value })),
  },
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'A channel whose name shows how it is',
    channel_types: [
      ChannelType.GuildVoice,
      ChannelType.GuildText,
      ChannelType.GuildCategory,
      ChannelType.GuildAnnouncement,
      ChannelType.GuildStageVoice,
    ],
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'template',
    description: "The channel's name, with {emoji} {name} {players} {max} {status}",
    min_length: 1,
    max_length: 100,
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'public',
    description: 'Whether users see it; yes if never said otherwise',
  },
];

export const SUBCOMMANDS: APIApplicationCommandSubcommandOption[] = [
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'add',
    description: 'Watch a server; it is asked at once, and you see what was found',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'id',
        description:
          'Your short word for it: lower-case letters, digits, - and _, such as survival',
        required: true,
        min_length: 1,
        max_length: 32,
      },
      address(true),
      ...SETTINGS,
    ],
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'edit',
    description: 'Change how a server is watched; what you leave out stays',
    options: [SERVER, address(false), ...SETTINGS],
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'remove',
    description: 'Watch a server no longer; its history is kept',
    options: [SERVER],
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'maintenance',
    description: 'Plan maintenance; without a duration it lists what is planned and can end it',
    options: [
      SERVER,
      {
        type: ApplicationCommandOptionType.String,
        name: 'duration',
        description: 'How long, such as 90m or 2h',
        min_length: 2,
        max_length: 10,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'start',
        description: 'now (if left out), in 2h, 22:00, or 2026-01-06 04:00',
        max_length: 32,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'title',
        description: 'What is done, as users read it',
        min_length: 1,
        max_length: 100,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'repeat',
        description: 'Such as weekly on Tuesday, or a rule (RFC 5545); once if left out',
        max_length: 200,
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'time_zone',
        description: 'Whose clocks you mean, such as Europe/Berlin; UTC if left out',
        max_length: 60,
        autocomplete: true,
      },
    ],
  },
  {
    type: ApplicationCommandOptionType.Subcommand,
    name: 'incidents',
    description: 'The outages, the newest first; pick one to see its history',
    options: [
      { ...SERVER, description: 'Only those of this server', required: false },
      {
        type: ApplicationCommandOptionType.String,
        name: 'status',
        description: 'All if left out',
        choices: [
          { name: 'All', value: 'all' },
          { name: 'Going on', value: 'open' },
        ],
      },
    ],
  },
];
