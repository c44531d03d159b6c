import {
  ApplicationCommandOptionType,
  ChannelType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
} from 'discord-api-types/v10';
import { AUTHENTICATION_WORDS, LANGUAGE_WORDS, PROVIDER_WORDS } from '../views/source-words';

/** What an administrator can give with `/announce …`, with Discord's and our limits. */

const { String: Text, Boolean: YesNo, Channel, Role, Subcommand } = ApplicationCommandOptionType;

const SOURCE: APIApplicationCommandBasicOption = {
  type: Text,
  name: 'source',
  description: 'Which source',
  required: true,
  max_length: 32,
  autocomplete: true,
};

const named = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, name]) => ({ name, value }));

const times = (...values: readonly string[]) => values.map((value) => ({ name: value, value }));

/** Words for what a time of nothing means. */
export const AT_ONCE = '0s';
export const NEVER = 'never';

const channel = (required: boolean): APIApplicationCommandBasicOption => ({
  type: Channel,
  name: 'channel',
  description: 'Where its news are posted',
  channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
  required,
});

const line = (name: string, description: string, most = 200): APIApplicationCommandBasicOption => ({
  type: Text,
  name,
  description,
  max_length: most,
});

const SETTINGS: APIApplicationCommandBasicOption[] = [
  line('youtube_channel', 'YouTube: the id of the channel, which begins with UC', 100),
  line('feed', 'Feed: its address', 1_000),
  {
    type: Text,
    name: 'interval',
    description: 'Feed: how often it is looked at',
    choices: times('5m', '10m', '15m', '30m', '1h', '6h', '24h'),
  },
  {
    type: Text,
    name: 'zapier_fields',
    description: 'Zapier: which fields the Zap sends',
    choices: named({
      plain: 'Our own: title, text, url …',
      youtube: 'Those of its YouTube triggers',
      twitter: 'Those of its Twitter triggers',
    }),
  },
  {
    type: Text,
    name: 'authentication',
    description: 'JSON: how it shows that it is genuine',
    choices: named(AUTHENTICATION_WORDS),
  },
  line('title', 'JSON: where the title is, such as $.title'),
  line('text', 'JSON: where the text is, such as $.text'),
  line('url', 'JSON: where the address is, such as $.url'),
  line('events', 'Only these, such as push, release.*; all: no filter'),
  line('branches', 'Only these, such as main, release/*; all: no filter'),
  {
    type: Text,
    name: 'language',
    description: 'Of the words around the news',
    choices: named(Object.fromEntries(LANGUAGE_WORDS)),
  },
  {
    type: Text,
    name: 'digest',
    description: 'Gather the news of so long a time in one post',
    choices: [{ name: 'no', value: AT_ONCE }, ...times('1m', '5m', '15m', '1h', '6h', '24h')],
  },
  { type: Role, name: 'ping', description: 'A role to ping' },
  {
    type: Text,
    name: 'ping_every',
    description: 'Ping at most once in so long a time',
    choices: [...times('10m', '1h', '6h', '24h'), { name: 'nobody is pinged', value: NEVER }],
  },
  { type: YesNo, name: 'publish', description: 'In an announcement channel: publish the posts' },
  { type: YesNo, name: 'thread', description: 'Begin a thread at each post' },
  {
    type: Channel,
    name: 'staff_channel',
    description: 'Where administrators are told that something is wrong with it',
    channel_types: [ChannelType.GuildText],
  },
];

export const SUBCOMMANDS: APIApplicationCommandSubcommandOption[] = [
  {
    type: Subcommand,
    name: 'add',
    description: 'Announce the news of a service; you get the address and the secret for it',
    options: [
      {
        type: Text,
        name: 'provider',
        description: 'Whose news',
        required: true,
        choices: named(PROVIDER_WORDS),
      },
      {
        type: Text,
        name: 'id',
        description: 'Your short word for it: lower-case letters, digits, - and _',
        required: true,
        min_length: 1,
        max_length: 32,
      },
      channel(true),
      ...SETTINGS,
    ],
  },
  {
    type: Subcommand,
    name: 'edit',
    description: 'Change a source; what you leave out stays',
    options: [SOURCE, channel(false), ...SETTINGS],
  },
  {
    type: Subcommand,
    name: 'list',
    description: 'The sources and how they are; pick one to see more',
  },
  {
    type: Subcommand,
    name: 'deliveries',
    description: 'What a source delivered last, and what became of it; deliver something again',
    options: [SOURCE],
  },
  {
    type: Subcommand,
    name: 'rotate',
    description: 'Make a new secret for a source; the one before it stays valid for a day',
    options: [SOURCE],
  },
  {
    type: Subcommand,
    name: 'remove',
    description: 'Announce the news of a source no longer',
    options: [SOURCE],
  },
  {
    type: Subcommand,
    name: 'test',
    description: 'See what the posts of a source would look like; nothing is posted',
    options: [SOURCE],
  },
];
