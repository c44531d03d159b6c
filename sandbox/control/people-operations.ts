import { z } from 'zod';
import type { ChannelRow, GuildRow, MessageRow } from '../world/model';
import { plantUser } from '../world/seed';
import { requireChannel } from '../server/access';
import { announceMember, announceMemberGone } from '../server/announce';
import { deleteChannel } from '../server/channels/channels';
import { createThread, publicThreadIn } from '../server/channels/threads';
import { ban } from '../server/guilds/members';
import { theApplication, type Actor, type Discord } from '../server/discord';
import { interactionState, seen, type SeenMessage } from '../server/interactions/state';
import {
  createMessage,
  deleteMessage,
  editMessage,
  listMessages,
} from '../server/messages/messages';
import { react, unreact } from '../server/messages/reactions';
import { isoTime } from '../server/messages/store-message';
import { findUser, usualChannel, visibleChannels, seenChannel } from '../server/people/find';
import { submitModal, typeCommand, useComponent, useMenu } from '../server/people/interact';
import { ClientRefusal } from '../server/people/refusal';
import { openDirectMessages } from '../server/rest/user-routes';
import { operation } from './operation';
import { channelSnapshot } from './snapshots';

const file = z.object({
  filename: z.string(),
  content: z.string(),
  encoding: z.enum(['utf8', 'base64']).optional(),
  contentType: z.string().optional(),
});
const where = {
  userId: z.string(),
  guildId: z.string().optional(),
  channelId: z.string().optional(),
};
const optionValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), file]));
const fieldValues = z.record(
  z.string(),
  z.union([z.string(), z.boolean(), z.array(z.string()), z.array(file)]),
);

function person(userId: string): Actor {
  return { kind: 'person', userId };
}

function guildOf(discord: Discord, guildId: string | undefined): GuildRow {
  const guild =
    guildId === undefined
      ? [...discord.world.guilds.values()][0]
      : discord.world.guilds.get(guildId);
  if (guild === undefined) {
    throw new ClientRefusal('unknown-channel', `There is no guild ${guildId ?? 'at all'}.`);
  }
  return guild;
}

function channelFor(
  discord: Discord,
  input: { userId: string; guildId?: string | undefined; channelId?: string | undefined },
): ChannelRow {
  if (input.channelId !== undefined) return seenChannel(discord, input.userId, input.channelId);
  return usualChannel(discord, guildOf(discord, input.guildId), input.userId);
}

function act(
  discord: Discord,
  userId: string,
  what: string,
  channelId: string | null,
  targetId: string | null,
): void {
  discord.journal.add({ kind: 'act', userId, what, channelId, targetId });
}

/** The message as the writer sees it. */
function shown(discord: Discord, row: MessageRow, userId: string): SeenMessage {
  const message = seen(discord, row.message.id, userId);
  if (message === null) throw new ClientRefusal('unknown-message', 'The message is gone.');
  return message;
}

export const peopleOperations = {
  'person/find': operation(z.object({ name: z.string() }), ({ discord }, { name }) =>
    findUser(discord, name),
  ),
  'person/command': operation(
    z.object({
      ...where,
      name: z.string(),
      options: optionValues.default({}),
      evenIfHidden: z.boolean().default(false),
      focused: z.string().optional(),
    }),
    ({ discord }, input, link) => {
      const row = typeCommand(discord, { ...input, channel: channelFor(discord, input) }, (id) => {
        link.watchInteraction(id);
      });
      return interactionState(discord, row);
    },
  ),
  'person/menu': operation(
    z.object({
      ...where,
      name: z.string(),
      target: z.object({ kind: z.enum(['user', 'message']), id: z.string() }),
      evenIfHidden: z.boolean().default(false),
    }),
    ({ discord }, input, link) => {
      const source =
        input.target.kind === 'message' ? discord.world.message(input.target.id) : undefined;
      const channelId = input.channelId ?? source?.message.channel_id;
      const channel = channelFor(discord, { ...input, channelId });
      const by = { userId: input.userId, channel, evenIfHidden: input.evenIfHidden };
      const row = useMenu(discord, by, input.name, input.target, (id) => {
        link.watchInteraction(id);
      });
      return interactionState(discord, row);
    },
  ),
  'person/component': operation(
    z.object({
      userId: z.string(),
      messageId: z.string(),
      target: z.string(),
      values: z.array(z.string()).optional(),
    }),
    ({ discord }, { userId, messageId, target, values }, link) => {
      const row = useComponent(discord, userId, messageId, target, values, (id) => {
        link.watchInteraction(id);
      });
      return interactionState(discord, row);
    },
  ),
  'person/submit': operation(
    z.object({ userId: z.string(), interactionId: z.string(), values: fieldValues.default({}) }),
    ({ discord }, { userId, interactionId, values }, link) => {
      const row = submitModal(discord, userId, interactionId, values, (id) => {
        link.watchInteraction(id);
      });
      return interactionState(discord, row);
    },
  ),

  'person/write': operation(
    z.object({
      userId: z.string(),
      channelId: z.string(),
      content: z.string(),
      attachments: z.array(file).default([]),
      replyTo: z.string().optional(),
    }),
    ({ discord }, { userId, channelId, content, attachments, replyTo }) => {
      const files = attachments.map((one, index) => ({
        index,
        filename: one.filename,
        contentType: one.contentType ?? 'application/octet-stream',
        data: Buffer.from(one.content, one.encoding ?? 'utf8'),
      }));
      const reply = replyTo === undefined ? {} : { message_reference: { message_id: replyTo } };
      const row = createMessage(discord, person(userId), channelId, { content, ...reply }, files);
      act(discord, userId, 'write', channelId, row.message.id);
      return shown(discord, row, userId);
    },
  ),
  'person/edit': operation(
    z.object({ userId: z.string(), messageId: z.string(), content: z.string() }),
    ({ discord }, { userId, messageId, content }) => {
      const channelId = discord.world.message(messageId)?.message.channel_id ?? '';
      const row = editMessage(discord, person(userId), channelId, messageId, { content }, []);
      act(discord, userId, 'edit', channelId, messageId);
      return shown(discord, row, userId);
    },
  ),
  'person/delete': operation(
    z.object({ userId: z.string(), messageId: z.string() }),
    ({ discord }, { userId, messageId }) => {
      const channelId = discord.world.message(messageId)?.message.channel_id ?? '';
      deleteMessage(discord, person(userId), channelId, messageId);
      act(discord, userId, 'delete', channelId, messageId);
      return null;
    },
  ),
  'person/react': operation(
    z.object({
      userId: z.string(),
      messageId: z.string(),
      emoji: z.string(),
      remove: z.boolean().default(false),
    }),
    ({ discord }, { userId, messageId, emoji, remove }) => {
      const channelId = discord.world.message(messageId)?.message.channel_id ?? '';
      if (remove) unreact(discord, person(userId), channelId, messageId, emoji, userId);
      else react(discord, person(userId), channelId, messageId, emoji);
      act(discord, userId, remove ? 'unreact' : 'react', channelId, messageId);
      return null;
    },
  ),
  'person/deleteChannel': operation(
    z.object({ userId: z.string(), channelId: z.string() }),
    ({ discord }, { userId, channelId }) => {
      deleteChannel(discord, person(userId), channelId);
      act(discord, userId, 'deleteChannel', channelId, channelId);
      return null;
    },
  ),
  'person/startThread': operation(
    z.object({
      userId: z.string(),
      channelId: z.string(),
      name: z.string(),
      messageId: z.string().optional(),
    }),
    ({ discord }, { userId, channelId, name, messageId }) => {
      const type = publicThreadIn(discord.world.channel(channelId));
      const body = messageId === undefined ? { name, type } : { name };
      const thread = createThread(discord, person(userId), channelId, messageId, body);
      act(discord, userId, 'startThread', channelId, thread.id);
      return channelSnapshot(thread);
    },
  ),
  'person/openDirectMessages': operation(
    z.object({ userId: z.string() }),
    ({ discord }, { userId }) => {
      const { botId } = theApplication(discord.world);
      return { channelId: openDirectMessages(discord, botId, userId).id };
    },
  ),
  'person/see': operation(
    z.object({
      userId: z.string(),
      channelId: z.string(),
      limit: z.number().int().min(1).max(1000).default(100),
      before: z.string().optional(),
    }),
    ({ discord }, { userId, channelId, limit, before }) => {
      const access = requireChannel(discord.world, person(userId), channelId);
      const rows = listMessages(discord, access, { limit, before }, userId);
      return rows.reverse().map((row) => shown(discord, row, userId));
    },
  ),
  'person/channels': operation(
    z.object({ userId: z.string(), guildId: z.string().optional() }),
    ({ discord }, { userId, guildId }) =>
      visibleChannels(discord, guildOf(discord, guildId), userId).map(channelSnapshot),
  ),

  'people/add': operation(
    z.object({
      username: z.string(),
      displayName: z.string().optional(),
      guildId: z.string().optional(),
      roles: z.array(z.string()).default([]),
      dmsOpen: z.boolean().default(true),
    }),
    ({ discord }, { username, displayName, guildId, roles, dmsOpen }) => {
      const guild = guildOf(discord, guildId);
      const id = discord.world.ids.next();
      plantUser(discord.world, {
        id,
        username,
        dmsOpen,
        ...(displayName === undefined ? {} : { displayName }),
      });
      join(discord, guild, id, roles);
      return { id };
    },
  ),
  'people/join': operation(
    z.object({
      userId: z.string(),
      guildId: z.string().optional(),
      roles: z.array(z.string()).default([]),
    }),
    ({ discord }, { userId, guildId, roles }) => {
      join(discord, guildOf(discord, guildId), userId, roles);
      return null;
    },
  ),
  'people/leave': operation(
    z.object({ userId: z.string(), guildId: z.string().optional() }),
    ({ discord }, { userId, guildId }) => {
      const member = discord.world.member(guildOf(discord, guildId).id, userId);
      if (member === undefined) return null;
      discord.world.removeMember(member);
      announceMemberGone(discord, member);
      act(discord, userId, 'leave', null, member.guildId);
      return null;
    },
  ),
  'people/ban': operation(
    z.object({ userId: z.string(), guildId: z.string().optional() }),
    ({ discord }, { userId, guildId }) => {
      const guild = guildOf(discord, guildId);
      ban(discord, guild, userId, null);
      act(discord, userId, 'banned', null, guild.id);
      return null;
    },
  ),
  'people/set': operation(
    z.object({
      userId: z.string(),
      guildId: z.string().optional(),
      dmsOpen: z.boolean().optional(),
      roles: z.array(z.string()).optional(),
      displayName: z.string().optional(),
      nick: z.string().nullable().optional(),
    }),
    ({ discord }, input) => {
      const row = discord.world.users.get(input.userId);
      if (row === undefined) throw new ClientRefusal('unknown-person', 'There is no such user.');
      row.dmsOpen = input.dmsOpen ?? row.dmsOpen;
      row.user.global_name = input.displayName ?? row.user.global_name;
      discord.world.users.touch(input.userId);
      const guild = guildOf(discord, input.guildId);
      const member = discord.world.member(guild.id, input.userId);
      if (member === undefined) return null;
      if (input.roles !== undefined) member.roles = roleIds(guild, input.roles);
      if (input.nick !== undefined) member.nick = input.nick;
      discord.world.touchMember(member);
      announceMember(discord, 'GUILD_MEMBER_UPDATE', member);
      return null;
    },
  ),
};

function roleIds(guild: GuildRow, roles: readonly string[]): string[] {
  return roles.map((wanted) => {
    const role = guild.roles.find((one) => one.id === wanted || one.name === wanted);
    if (role === undefined) {
      throw new ClientRefusal('invalid-choice', `${guild.name} has no role ${wanted}.`);
    }
    return role.id;
  });
}

function join(discord: Discord, guild: GuildRow, userId: string, roles: readonly string[]): void {
  discord.world.addMember({
    guildId: guild.id,
    user: { id: userId },
    nick: null,
    roles: roleIds(guild, roles),
    joinedAt: isoTime(discord.now()),
    communication_disabled_until: null,
    pending: false,
    flags: 0,
  });
  const member = discord.world.member(guild.id, userId);
  if (member !== undefined) announceMember(discord, 'GUILD_MEMBER_ADD', member);
  act(discord, userId, 'join', null, guild.id);
}
