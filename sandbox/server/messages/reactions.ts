import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import { has } from '../../rules/permissions';
import type { ChannelRow, Emoji, JsonObject, MessageRow, User } from '../../world/model';
import { requireChannel } from '../access';
import { announceInChannel, REACTIONS } from '../announce';
import type { Actor, Discord } from '../discord';
import { memberView } from '../views/guild-view';
import { requireMessage } from './messages';

/** Different emojis under one message. */
const MOST_REACTIONS = 20;

/** Reads an emoji as a path names it: a character, or `name:id`. */
function emojiOf(text: string): Emoji {
  const custom = /^(?:a:)?(\w{2,32}):(\d{15,20})$/.exec(text);
  if (custom?.[1] !== undefined && custom[2] !== undefined) {
    return { id: custom[2], name: custom[1] };
  }
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\uFE0F?\u20E3/u.test(text)) {
    throw discordError('unknownEmoji');
  }
  return { id: null, name: text };
}

function same(a: Emoji, b: Emoji): boolean {
  return a.id === b.id && (a.id !== null || a.name === b.name);
}

/** Puts the actor's reaction under a message. */
export function react(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
  text: string,
): void {
  const { channel, permissions } = requireChannel(
    discord.world,
    actor,
    channelId,
    P.ReadMessageHistory,
  );
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  const emoji = emojiOf(text);
  let reaction = row.reactions.find((one) => same(one.emoji, emoji));
  if (reaction === undefined) {
    if (!has(permissions, P.AddReactions)) throw discordError('missingPermissions');
    if (row.reactions.length >= MOST_REACTIONS) throw discordError('maximumReactions');
    reaction = { emoji, users: [] };
    row.reactions.push(reaction);
  }
  if (reaction.users.includes(actor.userId)) return;
  reaction.users.push(actor.userId);
  discord.world.touchMessage(messageId);
  const member = memberIn(discord, channel, actor.userId);
  tell(discord, channel, row, 'MESSAGE_REACTION_ADD', {
    user_id: actor.userId,
    emoji: reaction.emoji,
    message_author_id: row.authorId,
    burst: false,
    type: 0,
    ...(member === undefined ? {} : { member }),
  });
}

/** Takes one user's reaction away; another's only with MANAGE_MESSAGES. */
export function unreact(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
  text: string,
  userId: string,
): void {
  const needed = userId === actor.userId ? 0n : P.ManageMessages;
  const { channel } = requireChannel(discord.world, actor, channelId, needed);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  const emoji = emojiOf(text);
  const reaction = row.reactions.find((one) => same(one.emoji, emoji));
  if (reaction?.users.includes(userId) !== true) return;
  reaction.users = reaction.users.filter((id) => id !== userId);
  row.reactions = row.reactions.filter((one) => one.users.length > 0);
  discord.world.touchMessage(messageId);
  tell(discord, channel, row, 'MESSAGE_REACTION_REMOVE', {
    user_id: userId,
    emoji: reaction.emoji,
    burst: false,
    type: 0,
  });
}

/** Takes all reactions away, or all of one emoji. */
export function unreactAll(
  discord: Discord,
  actor: Actor,
  channelId: string,
  messageId: string,
  text: string | undefined,
): void {
  const { channel } = requireChannel(discord.world, actor, channelId, P.ManageMessages);
  const row = requireMessage(discord, channelId, messageId, actor.userId);
  if (text === undefined) {
    row.reactions = [];
    tell(discord, channel, row, 'MESSAGE_REACTION_REMOVE_ALL', {});
  } else {
    const emoji = emojiOf(text);
    row.reactions = row.reactions.filter((one) => !same(one.emoji, emoji));
    tell(discord, channel, row, 'MESSAGE_REACTION_REMOVE_EMOJI', { emoji });
  }
  discord.world.touchMessage(messageId);
}

/** Who reacted with this emoji, in the order of their ids. */
export function reactionUsers(discord: Discord, row: MessageRow, text: string): User[] {
  const emoji = emojiOf(text);
  const ids = row.reactions.find((one) => same(one.emoji, emoji))?.users ?? [];
  const users = ids.map((id) => discord.world.users.get(id)?.user);
  return users
    .filter((user) => user !== undefined)
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

function memberIn(discord: Discord, channel: ChannelRow, userId: string): JsonObject | undefined {
  if (channel.guildId === null) return undefined;
  const member = discord.world.member(channel.guildId, userId);
  return member === undefined ? undefined : memberView(discord.world, member);
}

function tell(
  discord: Discord,
  channel: ChannelRow,
  row: MessageRow,
  name: string,
  data: JsonObject,
): void {
  announceInChannel(
    discord,
    name,
    { message_id: row.message.id, channel_id: channel.id, ...data },
    channel,
    REACTIONS,
  );
}
