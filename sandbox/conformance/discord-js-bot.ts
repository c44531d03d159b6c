import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  FileUploadBuilder,
  LabelBuilder,
  MentionableSelectMenuBuilder,
  MessageFlags,
  ModalBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import type {
  ApplicationCommandDataResolvable,
  ChatInputCommandInteraction,
  Client,
  Interaction,
} from 'discord.js';

/** The commands of the bot that the interaction tour talks to. */
export const BOT_COMMANDS: ApplicationCommandDataResolvable[] = [
  {
    name: 'answer',
    description: 'Answers in every way',
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'now', description: 'At once' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'later', description: 'Deferred' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'form', description: 'With a form' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'menus', description: 'With menus' },
    ],
  },
  {
    name: 'pick',
    description: 'Takes every kind of option',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'word',
        description: 'Suggested',
        required: true,
        autocomplete: true,
      },
      { type: ApplicationCommandOptionType.Integer, name: 'count', description: 'Whole' },
      { type: ApplicationCommandOptionType.Number, name: 'weight', description: 'Any' },
      { type: ApplicationCommandOptionType.Boolean, name: 'sure', description: 'Yes or no' },
      { type: ApplicationCommandOptionType.User, name: 'who', description: 'Somebody' },
      { type: ApplicationCommandOptionType.Role, name: 'role', description: 'A role' },
      { type: ApplicationCommandOptionType.Channel, name: 'where', description: 'A channel' },
      { type: ApplicationCommandOptionType.Mentionable, name: 'whom', description: 'Either' },
      { type: ApplicationCommandOptionType.Attachment, name: 'file', description: 'A file' },
    ],
  },
  { name: 'Report message', type: ApplicationCommandType.Message },
  { name: 'Report user', type: ApplicationCommandType.User },
];

/**
 * Makes a real discord.js client answer the interactions of the tour, each in its own way.
 * @param onError gets what a handler throws
 */
export function answerInteractions(client: Client<true>, onError: (error: unknown) => void): void {
  client.on('interactionCreate', (interaction) => {
    answer(interaction).catch(onError);
  });
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `${typed}!`, value: typed }]);
  } else if (interaction.isChatInputCommand()) {
    await (interaction.commandName === 'pick' ? picked(interaction) : answerCommand(interaction));
  } else if (interaction.isContextMenuCommand()) {
    await interaction.reply({
      content: `You reported ${interaction.targetId}.`,
      flags: MessageFlags.Ephemeral,
    });
  } else if (interaction.isModalSubmit()) {
    const where = interaction.fields.getTextInputValue('where');
    if (interaction.isFromMessage()) await interaction.update({ content: where, components: [] });
    else await interaction.reply(where);
  } else if (interaction.isButton()) {
    switch (interaction.customId) {
      case 'update':
        await interaction.update({ content: 'Updated.' });
        break;
      case 'defer':
        await interaction.deferUpdate();
        await interaction.editReply({ content: 'Updated later.' });
        break;
      default:
        await interaction.showModal(form());
    }
  } else if (interaction.isAnySelectMenu()) {
    await interaction.reply({
      content: `You chose ${interaction.values.join(', ')}.`,
      flags: MessageFlags.Ephemeral,
    });
  }
}

async function answerCommand(interaction: ChatInputCommandInteraction): Promise<void> {
  switch (interaction.options.getSubcommand()) {
    case 'now': {
      const { resource } = await interaction.reply({
        content: 'Here it is.',
        withResponse: true,
        components: [
          new ActionRowBuilder<ButtonBuilder>().addComponents(
            button('update'),
            button('defer'),
            button('form'),
          ),
        ],
      });
      if (resource?.message == null) throw new Error('The answer was not in the response.');
      await interaction.fetchReply();
      break;
    }
    case 'later': {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const log = new AttachmentBuilder(Buffer.from('all of it'), { name: 'log.txt' });
      await interaction.editReply({ content: 'Here is the log.', files: [log] });
      const more = await interaction.followUp({ content: 'And more.', files: [log] });
      await interaction.fetchReply(more.id);
      await interaction.editReply({ content: 'And even more.', message: more });
      await interaction.deleteReply(more);
      await interaction.deleteReply();
      await interaction.followUp({ content: 'All gone.', flags: MessageFlags.Ephemeral });
      break;
    }
    case 'form':
      await interaction.showModal(form());
      break;
    default:
      await interaction.reply({ content: 'Choose.', components: menus(), withResponse: true });
  }
}

async function picked(interaction: ChatInputCommandInteraction): Promise<void> {
  const { options } = interaction;
  const all = [
    options.getString('word', true),
    options.getInteger('count'),
    options.getNumber('weight'),
    options.getBoolean('sure'),
    options.getUser('who')?.id,
    options.getRole('role')?.id,
    options.getChannel('where')?.id,
    options.getMentionable('whom') === null ? null : 'somebody',
    options.getAttachment('file')?.name,
  ];
  await interaction.reply(all.map(String).join(' '));
}

function button(id: string): ButtonBuilder {
  return new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Secondary);
}

function form(): ModalBuilder {
  return new ModalBuilder()
    .setCustomId('report')
    .setTitle('Report a bug')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Where?')
        .setDescription('World and coordinates')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('where').setStyle(TextInputStyle.Short),
        ),
      new LabelBuilder()
        .setLabel('How bad?')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder()
            .setCustomId('severity')
            .addOptions({ label: 'Bad', value: 'bad' }, { label: 'Very bad', value: 'worse' }),
        ),
      new LabelBuilder()
        .setLabel('Screenshots')
        .setFileUploadComponent(
          new FileUploadBuilder().setCustomId('shots').setRequired(false).setMaxValues(3),
        ),
    );
}

function menus() {
  return [
    new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId('string')
        .addOptions({ label: 'Bug', value: 'bug' }, { label: 'Other', value: 'other' }),
    ),
    new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(
      new UserSelectMenuBuilder().setCustomId('user'),
    ),
    new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(
      new RoleSelectMenuBuilder().setCustomId('role'),
    ),
    new ActionRowBuilder<MentionableSelectMenuBuilder>().addComponents(
      new MentionableSelectMenuBuilder().setCustomId('mentionable'),
    ),
    new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(
      new ChannelSelectMenuBuilder().setCustomId('channel'),
    ),
  ];
}
