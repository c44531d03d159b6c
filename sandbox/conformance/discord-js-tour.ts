import {
  AttachmentBuilder,
  ChannelType,
  EmbedBuilder,
  MessageFlags,
  PermissionFlagsBits,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import type { Client, Guild, TextChannel } from 'discord.js';
import { DEMO } from '../index';
import type { Driver } from '../index';
import { BOT_COMMANDS } from './discord-js-bot';

/**
 * Lets people use every kind of interaction against the bot of `answerInteractions`.
 * @returns what the people read, by what they did
 */
export async function tourInteractions(
  client: Client<true>,
  driver: Driver,
): Promise<Record<string, string>> {
  await client.application.commands.set(BOT_COMMANDS);
  const pip = driver.person('pip');
  const where = { channelId: DEMO.channels.general };
  const said: Record<string, string> = {};

  const now = await pip.runCommand('answer now', {}, where);
  const shown = await now.reply();
  said['answer now'] = shown.content;
  const form = await (await pip.click(shown, 'form')).modal();
  const filled = await pip.submitModal(form, { where: 'Overworld', severity: ['worse'] });
  said['form from a button'] = (await filled.settled((reply) => reply.content !== '')).content;

  const again = await (await pip.runCommand('answer now', {}, where)).reply();
  said.update = (await (await pip.click(again, 'update')).reply()).content;
  const deferred = await pip.click(again, 'defer');
  said.defer = (await deferred.settled((reply) => reply.content === 'Updated later.')).content;

  const later = await pip.runCommand('answer later', {}, where);
  said.later = (await later.settled((reply) => reply.content === 'All gone.')).content;

  const asked = await (await pip.runCommand('answer form', {}, where)).modal();
  const sent = await pip.submitModal(asked, {
    where: 'Nether',
    severity: ['bad'],
    shots: [{ filename: 'shot.txt', content: 'pixels' }],
  });
  said['form from a command'] = (await sent.reply()).content;

  const menus = await (await pip.runCommand('answer menus', {}, where)).reply();
  const choices: [string, string][] = [
    ['string', 'bug'],
    ['user', 'mira'],
    ['role', 'Moderator'],
    ['mentionable', 'sol'],
    ['channel', 'general'],
  ];
  for (const [menu, value] of choices) {
    said[menu] = (await (await pip.select(menus, menu, value)).reply()).content;
  }

  const suggested = await pip.autocomplete('pick', 'word', { word: 'pick' }, where);
  said.autocomplete = suggested.map((one) => one.name).join();
  const picked = await pip.runCommand(
    'pick',
    {
      word: 'axe',
      count: 3,
      weight: 0.5,
      sure: true,
      who: driver.person('mira'),
      role: 'Moderator',
      where: 'general',
      whom: driver.person('sol'),
      file: { filename: 'a.txt', content: 'a' },
    },
    where,
  );
  said.pick = (await picked.reply()).content;

  const written = await pip.write(DEMO.channels.general, 'This is spam');
  const mira = driver.person('mira');
  said['message menu'] = (
    await (await mira.contextMenu('Report message', written, where)).reply()
  ).content;
  said['user menu'] = (await (await mira.contextMenu('Report user', pip, where)).reply()).content;
  return said;
}

/** Lets the client do what a bot of a community does beside its interactions. */
export async function tourClient(client: Client<true>, driver: Driver): Promise<void> {
  const guild = await client.guilds.fetch({ guild: DEMO.guild, force: true });
  await client.application.fetch();
  await guild.commands.set(BOT_COMMANDS);
  const command = (await guild.commands.fetch()).first();
  if (command === undefined) throw new Error('The guild has none of the commands that were set.');
  await driver.setCommandPermissions(guild.id, command.id, [
    { id: DEMO.roles.moderator, type: 1, permission: true },
  ]);
  await guild.commands.permissions.fetch({ command });
  await guild.commands.permissions.fetch({});
  await guild.commands.set([]);
  await guild.members.fetch();
  const channel = await tourChannels(guild);
  await tourMessages(channel, driver);
  await tourRest(guild, channel, driver);
  await channel.delete('the tour is over');
}

async function tourChannels(guild: Guild): Promise<TextChannel> {
  const category = await guild.channels.create({ name: 'Tour', type: ChannelType.GuildCategory });
  const channel = await guild.channels.create({
    name: 'Ticket 1',
    type: ChannelType.GuildText,
    parent: category,
    topic: 'A ticket',
    reason: 'the tour — größer',
    permissionOverwrites: [
      { id: guild.id, deny: [PermissionFlagsBits.ViewChannel] },
      {
        id: DEMO.people.pip,
        allow: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages],
      },
      { id: DEMO.bot, allow: [PermissionFlagsBits.ViewChannel] },
    ],
  });
  await channel.permissionOverwrites.edit(DEMO.people.pip, { AttachFiles: true });
  await channel.permissionOverwrites.create(DEMO.people.mira, { ViewChannel: true });
  await channel.permissionOverwrites.delete(DEMO.people.mira);
  await channel.setName('ticket-one');
  await channel.setTopic('Another topic');
  await channel.setRateLimitPerUser(5);
  await guild.channels.fetch();
  return channel;
}

async function tourMessages(channel: TextChannel, driver: Driver): Promise<void> {
  await channel.sendTyping();
  const embed = new EmbedBuilder()
    .setTitle('Ticket 1')
    .setDescription('The farm is broken')
    .addFields({ name: 'Priority', value: 'high' })
    .setFooter({ text: 'Castellan' })
    .setTimestamp(0);
  const message = await channel.send({
    content: `Hello <@${DEMO.people.pip}>`,
    embeds: [embed],
    nonce: 'tour-message',
    enforceNonce: true,
    allowedMentions: { users: [DEMO.people.pip] },
  });
  const heard = await driver.person('pip').write(channel.id, 'I am here');
  const theirs = await channel.messages.fetch(heard.id);
  await theirs.reply({ content: 'Welcome', allowedMentions: { repliedUser: false } });
  await theirs.react('👍');
  await theirs.reactions.cache.get('👍')?.users.fetch();
  await theirs.reactions.removeAll();
  await message.edit({ content: 'Edited', embeds: [], flags: MessageFlags.SuppressEmbeds });
  await message.pin();
  await channel.messages.fetchPins();
  await message.unpin();
  const file = new AttachmentBuilder(Buffer.from('text'), { name: 'a.txt', description: 'Text' });
  await channel.send({ files: [file] });
  await channel.messages.fetch({ limit: 10 });
  await channel.messages.fetch({ before: heard.id, limit: 2 });
  const doomed = await Promise.all([channel.send('one'), channel.send('two')]);
  await channel.bulkDelete(doomed);
  await theirs.delete();

  const pip = await channel.client.users.fetch(DEMO.people.pip);
  const direct = await pip.send('Your ticket is open.');
  await direct.edit('Your ticket is closed.');
  await direct.channel.messages.fetch();
}

async function tourRest(guild: Guild, channel: TextChannel, driver: Driver): Promise<void> {
  const start = await channel.send('A thread starts here');
  const thread = await start.startThread({
    name: 'Talk',
    autoArchiveDuration: ThreadAutoArchiveDuration.OneHour,
  });
  await thread.members.add(DEMO.people.pip);
  await thread.members.fetch();
  await driver.person('pip').write(thread.id, 'In the thread');
  await thread.setArchived(true);
  await channel.threads.fetchArchived();
  await channel.threads.fetchActive();
  await thread.delete();

  const webhook = await channel.createWebhook({ name: 'Herald' });
  const post = await webhook.send({ content: 'Hear ye', username: 'Crier' });
  await webhook.editMessage(post, 'Hear ye all');
  await webhook.fetchMessage(post.id);
  await webhook.deleteMessage(post);
  await channel.fetchWebhooks();
  await webhook.delete();

  const role = await guild.roles.create({ name: 'Guest', colors: { primaryColor: 0x4f9d69 } });
  const member = await guild.members.fetch({ user: DEMO.people.wren, force: true });
  await member.roles.add(role);
  await member.roles.remove(role);
  await role.edit({ name: 'Visitor' });
  await role.delete();
  await member.setNickname('Bird');
  await member.timeout(60_000, 'calm down');
  await member.timeout(null);
  await guild.members.search({ query: 'wren' });
  await guild.channels.fetchActiveThreads();
}
