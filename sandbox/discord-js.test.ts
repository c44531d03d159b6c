import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  MessageFlags,
  LabelBuilder,
  ModalBuilder,
  OverwriteType,
  PermissionFlagsBits,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  type Client,
  type Interaction,
} from 'discord.js';
import { DEMO, startLocalDiscord, type LocalDiscord } from './index';
import { discordJsClient } from './testing/djs-client';

/** The usual life of a ticket, played by people against a real discord.js client. */
describe('the local Discord with discord.js', () => {
  let discord: LocalDiscord;
  let client: Client<true>;
  beforeEach(async () => {
    discord = await startLocalDiscord();
    client = await discordJsClient(discord);
  });
  afterEach(async () => {
    await client.destroy();
    await discord.stop();
  });

  const onInteraction = (handle: (interaction: Interaction) => Promise<unknown>): void => {
    client.on('interactionCreate', (interaction) => {
      void handle(interaction);
    });
  };

  it('logs in and shows the guild', () => {
    const guild = client.guilds.cache.get(DEMO.guild);
    expect(guild?.name).toBe('Kestrel Keep');
    expect(guild?.channels.cache.get(DEMO.channels.support)?.name).toBe('support');
    expect(guild?.roles.cache.get(DEMO.roles.senior)?.name).toBe('Senior');
    expect(guild?.members.me?.permissions.has(PermissionFlagsBits.ManageChannels)).toBe(true);
    expect(guild?.members.me?.permissions.has(PermissionFlagsBits.Administrator)).toBe(false);
  });

  it('opens a ticket: command, menu, form, channel, ephemeral answer', async () => {
    await client.application.commands.set([
      {
        name: 'ticket',
        description: 'Tickets',
        options: [
          {
            type: ApplicationCommandOptionType.Subcommand,
            name: 'open',
            description: 'Open a ticket',
          },
        ],
      },
    ]);
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const menu = new StringSelectMenuBuilder()
          .setCustomId('category')
          .addOptions({ label: 'Support', value: 'support' });
        await interaction.reply({
          content: 'What is it about?',
          components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
          flags: MessageFlags.Ephemeral,
        });
      } else if (interaction.isStringSelectMenu()) {
        const input = new TextInputBuilder().setCustomId('what').setStyle(TextInputStyle.Paragraph);
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId(`form:${interaction.values[0] ?? ''}`)
            .setTitle('Support')
            .addLabelComponents(
              new LabelBuilder().setLabel('What happened?').setTextInputComponent(input),
            ),
        );
      } else if (interaction.isModalSubmit()) {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        const channel = await interaction.guild?.channels.create({
          name: 'ticket-1',
          parent: DEMO.channels.tickets,
          permissionOverwrites: [
            { id: DEMO.guild, deny: [PermissionFlagsBits.ViewChannel] },
            {
              id: interaction.user.id,
              allow: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages],
            },
            { id: DEMO.bot, allow: [PermissionFlagsBits.ViewChannel] },
          ],
        });
        await channel?.send({
          content: interaction.fields.getTextInputValue('what'),
          components: [
            new ActionRowBuilder<ButtonBuilder>().addComponents(
              new ButtonBuilder().setCustomId('x').setLabel('Close').setStyle(ButtonStyle.Danger),
            ),
          ],
        });
        await interaction.editReply(`Your ticket: <#${channel?.id ?? ''}>`);
      } else if (interaction.isButton()) {
        await interaction.update({ content: 'Closed.', components: [] });
      }
    });

    const pip = discord.driver.person('pip');
    const opened = await pip.runCommand('ticket open');
    const menu = await opened.reply();
    expect(menu.flags & MessageFlags.Ephemeral).toBeTruthy();
    const chosen = await pip.select(menu, 'category', 'Support');
    const modal = await chosen.modal();
    expect(modal.customId).toBe('form:support');
    const submitted = await pip.submitModal(modal, { what: 'My base is gone' });
    expect((await submitted.acknowledged).kind).toBe('deferred');
    const answer = await submitted.reply();
    expect(answer.content).toMatch(/^Your ticket: <#\d+>$/);

    const ticket = (await pip.visibleChannels()).find((one) => one.name === 'ticket-1');
    expect(ticket?.parentId).toBe(DEMO.channels.tickets);
    const rue = await discord.driver.person('rue').visibleChannels();
    expect(rue.some((one) => one.name === 'ticket-1')).toBe(false);
    const [first] = await pip.see(ticket?.id ?? '');
    expect(first?.content).toBe('My base is gone');
    const closed = await pip.click({ id: first?.id ?? '' }, 'Close');
    expect((await closed.reply()).content).toBe('Closed.');
    expect((await closed.acknowledged).kind).toBe('update');
  });

  it('tells of messages and lets the bot answer', async () => {
    client.on('messageCreate', (message) => {
      if (!message.author.bot) void message.reply(`You said: ${message.content}`);
    });
    const pip = discord.driver.person('pip');
    const written = await pip.write(DEMO.channels.general, 'hello');
    await discord.driver.waitFor(async () => (await pip.see(DEMO.channels.general)).length === 2);
    const [, reply] = await pip.see(DEMO.channels.general);
    expect(reply?.content).toBe('You said: hello');
    expect(reply?.message_reference?.message_id).toBe(written.id);
    expect(reply?.mentions.map((user) => user.id)).toEqual([pip.id]);
  });

  it('resumes with what was missed after the connection is cut', async () => {
    const heard: string[] = [];
    client.on('messageCreate', (message) => heard.push(message.content));
    await discord.driver.gateway.dropAll();
    await discord.driver.person('pip').write(DEMO.channels.general, 'while you were away');
    await discord.driver.waitForEntry(
      (entry) => entry.kind === 'gateway' && entry.what === 'resumed',
    );
    await discord.driver.person('pip').write(DEMO.channels.general, 'and now');
    await new Promise<void>((resolve) => {
      client.on('messageCreate', () => {
        if (heard.length >= 2) resolve();
      });
      if (heard.length >= 2) resolve();
    });
    expect(heard).toEqual(['while you were away', 'and now']);
  });

  it('resumes after an outage of the gateway in which connections are cut', async () => {
    const heard = new Promise<string>((resolve) => {
      client.on('messageCreate', (message) => {
        resolve(message.content);
      });
    });
    await discord.driver.gateway.pause(60_000, { drop: true, how: 'cut' });
    await discord.driver.person('pip').write(DEMO.channels.general, 'in the outage');
    await discord.driver.waitForEntry((one) => one.kind === 'gateway' && one.what === 'refused');
    await discord.driver.gateway.pause(0);
    expect(await heard).toBe('in the outage');
    const lost = await discord.driver.journal({ kind: 'gateway' });
    expect(lost.filter((one) => one.kind === 'gateway' && one.what === 'identified').length).toBe(
      1,
    );
  });

  it('creates channels of every kind that a desk needs', async () => {
    const guild = await client.guilds.fetch(DEMO.guild);
    const category = await guild.channels.create({ name: 'New', type: ChannelType.GuildCategory });
    const text = await guild.channels.create({ name: 'A B', parent: category.id });
    expect(text.name).toBe('a-b');
    await text.setTopic('about');
    const updated = new Promise<void>((resolve) => {
      client.on('channelUpdate', (_, now) => {
        if (now.id !== text.id || now.isDMBased()) return;
        if (now.permissionOverwrites.cache.has(DEMO.people.pip)) resolve();
      });
    });
    await text.permissionOverwrites.edit(
      DEMO.people.pip,
      { ViewChannel: true },
      { type: OverwriteType.Member },
    );
    await updated;
    expect(text.permissionOverwrites.cache.get(DEMO.people.pip)?.allow.has('ViewChannel')).toBe(
      true,
    );
    await text.delete();
    const { channels } = await discord.driver.guild();
    expect(channels.some((one) => one.id === text.id)).toBe(false);
  });
});
