import { ChannelKind } from '../../world/kinds';
import type { ChannelRow, JsonObject, Message, MessageRow, ReactionRow } from '../../world/model';
import { theApplication, type Discord } from '../discord';
import { memberWithoutUser } from './guild-view';

/** API: Message, as this user sees it: own reactions marked, attachments freshly signed. */
export function messageView(discord: Discord, row: MessageRow, viewerId: string): JsonObject {
  const { message } = row;
  const view: JsonObject = { ...message };
  if (message.attachments.length > 0) {
    view['attachments'] = message.attachments.map((one) => discord.files.signed(one));
  }
  if (row.reactions.length > 0) {
    view['reactions'] = row.reactions.map((one) => reactionView(one, viewerId));
  }
  const reference = message.message_reference;
  if (message.type === 19 && reference?.message_id !== undefined) {
    const replied = discord.world.message(reference.message_id);
    view['referenced_message'] =
      replied === undefined ? null : withoutReference(messageView(discord, replied, viewerId));
  }
  return view;
}

/** A replied message does not show what it itself replied to. */
function withoutReference(view: JsonObject): JsonObject {
  delete view['referenced_message'];
  return view;
}

function reactionView(row: ReactionRow, viewerId: string): JsonObject {
  return {
    emoji: row.emoji,
    count: row.users.length,
    count_details: { burst: 0, normal: row.users.length },
    burst_colors: [],
    me_burst: false,
    burst_me: false,
    me: row.users.includes(viewerId),
    burst_count: 0,
  };
}

/** The message as MESSAGE_CREATE and MESSAGE_UPDATE carry it: with guild and membership. */
export function messageEvent(
  discord: Discord,
  row: MessageRow,
  channel: ChannelRow,
  viewerId: string,
): JsonObject {
  const view = messageView(discord, row, viewerId);
  view['channel_type'] = channel.type;
  if (channel.guildId === null) return view;
  const guildId = channel.guildId;
  view['guild_id'] = guildId;
  const author =
    row.message.webhook_id === undefined || row.interactionId !== null
      ? discord.world.member(guildId, row.authorId)
      : undefined;
  if (author !== undefined) view['member'] = memberWithoutUser(author);
  if (row.message.mentions.length > 0) {
    view['mentions'] = row.message.mentions.map((user) => {
      const member = discord.world.member(guildId, user.id);
      return member === undefined ? user : { ...user, member: memberWithoutUser(member) };
    });
  }
  return view;
}

/** What remains of a message for an application that may not read message content. */
export function withoutContent(view: JsonObject): JsonObject {
  const bare: JsonObject = {
    ...view,
    content: '',
    embeds: [],
    attachments: [],
    components: [],
  };
  delete bare['poll'];
  return bare;
}

/**
 * Whether the bot reads the message's content without the privileged intent: its own messages,
 * those that mention it and direct messages.
 * Source: https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export function contentIsOpen(
  message: Message,
  channel: ChannelRow,
  authorId: string,
  botId: string,
): boolean {
  return (
    authorId === botId ||
    channel.type === ChannelKind.DM ||
    message.mentions.some((user) => user.id === botId)
  );
}

/** The message as the bot reads it over REST: without the privilege, foreign content is hidden. */
export function messageViewForBot(discord: Discord, row: MessageRow): JsonObject {
  const { botId, privilegedIntents } = theApplication(discord.world);
  const view = messageView(discord, row, botId);
  if (privilegedIntents.messageContent) return view;
  const channel = discord.world.channel(row.message.channel_id);
  if (channel === undefined || contentIsOpen(row.message, channel, row.authorId, botId))
    return view;
  return withoutContent(view);
}
