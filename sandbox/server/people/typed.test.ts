import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { API, APIInteraction } from '@discordjs/core';
import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ChannelType,
  InteractionType,
  PermissionFlagsBits as P,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { DEMO, startLocalDiscord, type LocalDiscord, type Person } from '../../index';
import { coreBot, type CoreBot } from '../../testing/core-bot';
import { field } from '../../testing/raw-rest';

const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  { name: 'ping', description: 'Ping' },
  {
    name: 'staff',
    description: 'Staff',
    default_member_permissions: P.ManageMessages.toString(),
    options: [
      {
        type: Option.SubcommandGroup,
        name: 'case',
        description: 'Cases',
        options: [
          {
            type: Option.Subcommand,
            name: 'note',
            description: 'Note',
            options: [
              {
                type: Option.Integer,
                name: 'number',
                description: 'n',
                required: true,
                min_value: 1,
              },
              { type: Option.String, name: 'text', description: 't', autocomplete: true },
              { type: Option.User, name: 'user', description: 'u' },
              { type: Option.Role, name: 'role', description: 'r' },
              {
                type: Option.Channel,
                name: 'channel',
                description: 'c',
                channel_types: [ChannelType.GuildText],
              },
              { type: Option.Mentionable, name: 'who', description: 'w' },
              { type: Option.Boolean, name: 'quiet', description: 'q' },
              { type: Option.Number, name: 'weight', description: 'w', max_value: 2 },
              { type: Option.Attachment, name: 'file', description: 'f' },
              {
                type: Option.String,
                name: 'kind',
                description: 'k',
                choices: [{ name: 'Good', value: 'good' }],
              },
            ],
          },
        ],
      },
    ],
  },
  { type: ApplicationCommandType.User, name: 'Report user' },
  { type: ApplicationCommandType.Message, name: 'Report message' },
];

type Handler = (interaction: APIInteraction, api: API) => Promise<unknown>;

describe('what people type', () => {
  let discord: LocalDiscord;
  let bot: CoreBot;
  let pip: Person;
  let mira: Person;
  let handle: Handler;
  let heard: APIInteraction[];
  beforeEach(async () => {
    discord = await startLocalDiscord();
    heard = [];
    handle = ({ id, token }, api) => api.interactions.reply(id, token, { content: 'pong' });
    bot = await coreBot(discord, {
      commands: COMMANDS,
      onInteraction: (interaction, api) => {
        heard.push(interaction);
        return handle(interaction, api);
      },
    });
    pip = discord.driver.person('pip');
    mira = discord.driver.person('mira');
  });
  afterEach(async () => {
    await bot.stop();
    await discord.stop();
  });

  it('types options of every kind, within their limits', async () => {
    const note = 'staff case note';
    const full = {
      number: 3,
      text: 'hi',
      user: pip,
      role: 'Admin',
      channel: 'general',
      who: 'tom',
      quiet: true,
      weight: 1.5,
      file: { filename: 'a.txt', content: 'aloha' },
      kind: 'Good',
    };
    await (await mira.runCommand(note, full)).reply();
    const options = field(heard.at(-1), 'data', 'options', 0, 'options', 0, 'options');
    const given = Array.isArray(options) ? options : [];
    const value = (name: string): unknown =>
      field(
        given.find((option) => field(option, 'name') === name),
        'value',
      );
    expect([value('number'), value('user'), value('role'), value('kind'), value('quiet')]).toEqual([
      3,
      pip.id,
      DEMO.roles.admin,
      'good',
      true,
    ]);
    const file = String(value('file'));
    const url = field(heard.at(-1), 'data', 'resolved', 'attachments', file, 'url');
    expect(await (await fetch(String(url))).text()).toBe('aloha');

    const refused = async (options: object, why: string): Promise<void> => {
      await expect(mira.runCommand(note, { number: 1, ...options })).rejects.toThrow(why);
    };
    await refused({ number: 0 }, 'at least 1');
    await refused({ number: 1.5 }, 'is a number');
    await refused({ weight: 3 }, 'at most 2');
    await refused({ kind: 'bad' }, 'one of good');
    await refused({ channel: 'Tickets' }, 'other channels');
    await refused({ more: 1 }, 'no option more');
    await expect(mira.runCommand(note, {})).rejects.toMatchObject({ code: 'missing-option' });
    await expect(mira.runCommand('staff case')).rejects.toThrow('needs one of: note');
    await expect(mira.runCommand('nothing')).rejects.toMatchObject({ code: 'unknown-command' });
  });

  it('suggests', async () => {
    handle = ({ id, token }, api) =>
      api.interactions.createAutocompleteResponse(id, token, {
        choices: [{ name: 'Yes', value: 'yes' }],
      });
    const choices = await mira.autocomplete('staff case note', 'text', { text: 'y' });
    expect(choices).toEqual([{ name: 'Yes', value: 'yes' }]);
    expect(heard[0]?.type).toBe(InteractionType.ApplicationCommandAutocomplete);
    const options = field(heard[0], 'data', 'options', 0, 'options', 0, 'options');
    expect(options).toEqual([{ type: 3, name: 'text', value: 'y', focused: true }]);
  });

  it('has menus of users and messages', async () => {
    const written = await mira.write(DEMO.channels.general, 'rude');
    await (await pip.contextMenu('Report message', written)).reply();
    expect(heard.at(-1)).toMatchObject({
      channel_id: DEMO.channels.general,
      data: {
        type: 3,
        target_id: written.id,
        resolved: { messages: { [written.id]: { content: 'rude' } } },
      },
    });
    const reported = await pip.contextMenu('Report user', mira);
    expect((await reported.reply()).type).toBe(23);
    expect(heard.at(-1)).toMatchObject({
      data: {
        type: 2,
        target_id: mira.id,
        resolved: { users: { [mira.id]: { username: 'mira' } } },
      },
    });
  });

  it('hides commands from those who may not use them', async () => {
    const options = { number: 1 };
    await expect(pip.runCommand('staff case note', options)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await (await pip.runCommand('staff case note', options, { evenIfHidden: true })).reply();
    await (await discord.driver.person('ada').runCommand('staff case note', options)).reply();
    const { commands } = await discord.driver.world();
    const staff = commands.find((command) => command.name === 'staff');
    await discord.driver.setCommandPermissions(DEMO.guild, staff?.id ?? '', [
      { id: DEMO.roles.player, type: 1, permission: true },
      { id: DEMO.roles.moderator, type: 1, permission: false },
    ]);
    await (await pip.runCommand('staff case note', options)).reply();
    await expect(mira.runCommand('staff case note', options)).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});
