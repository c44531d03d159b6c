import {
  MessageReferenceType,
  MessageType,
  RESTJSONErrorCodes,
  type APIMessage,
} from 'discord-api-types/v10';
import { passes } from '../../src/domain/mirrors/filter';
import { nameOf, wordsOf, type CopyContext } from '../../src/discord/views/mirror-copy';
import { discordCode } from '../discord/codes';
import type { Scene } from './scene';
import { Blocked } from './troubles';

/** What people write; the rest is Discord's own notices. */
const WRITTEN: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

/** The oldest messages behind one, oldest first. @throws Blocked; `null`: the channel is gone */
export async function messagesAfter(
  { deps, attempt }: Scene,
  channelId: string,
  after: string,
  limit: number,
): Promise<APIMessage[] | null> {
  try {
    const page = await deps.discord.channels.getMessages(channelId, { after, limit }, attempt);
    return page.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  } catch (error) {
    return goneOrBlocked(error);
  }
}

/** One message; `null`: it is gone. @throws Blocked */
export async function original(
  { deps, stream, attempt }: Scene,
  messageId: string,
): Promise<APIMessage | null> {
  try {
    return await deps.discord.channels.getMessage(stream.fromChannelId, messageId, attempt);
  } catch (error) {
    if (discordCode(error) === RESTJSONErrorCodes.UnknownMessage) return null;
    return goneOrBlocked(error);
  }
}

function goneOrBlocked(error: unknown): null {
  switch (discordCode(error)) {
    case RESTJSONErrorCodes.UnknownChannel:
      return null;
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions:
      throw new Blocked('cannot-read');
    default:
      throw error;
  }
}

/**
 * Whether a message is to be copied. What mirrors made never is, whatever the settings say: by webhooks, which are
 * known before they write for the first time, or by the bot in a channel that a plain mirror writes into.
 *
 * @throws Blocked when Discord withholds what is written
 */
export async function isWanted(scene: Scene, message: APIMessage): Promise<boolean> {
  const { deps, mirror, stream } = scene;
  if (!WRITTEN.includes(message.type)) return false;
  if (message.webhook_id !== undefined) {
    if ((await deps.records.mirrorWebhooks()).includes(message.webhook_id)) return false;
  } else if (message.author.id === (await deps.botId())) {
    const into = (await deps.records.mirrors()).some(
      ({ settings }) =>
        settings.style === 'plain' && settings.to.channelId === mirror.settings.fromChannelId,
    );
    const copies = await deps.records.copiesAmong(stream.fromChannelId, [message.id]);
    if (into || copies.length > 0) return false;
  }
  if (isWithheld(message)) throw new Blocked('no-content');
  return passes(mirror.settings.filter, {
    authorId: message.author.id,
    bot: message.author.bot === true || message.webhook_id !== undefined,
    text: wordsOf(message),
  });
}

/** Nobody can write nothing: without the privileged intent this is how messages look. */
function isWithheld(message: APIMessage): boolean {
  return (
    message.content === '' &&
    message.type !== MessageType.ChatInputCommand &&
    message.type !== MessageType.ContextMenuCommand &&
    message.attachments.length === 0 &&
    message.embeds.length === 0 &&
    (message.components ?? []).length === 0 &&
    (message.sticker_items ?? []).length === 0 &&
    (message.message_snapshots ?? []).length === 0 &&
    message.poll === undefined
  );
}

/** What surrounds a message where its copy stands. */
export async function contextOf(scene: Scene, message: APIMessage): Promise<CopyContext> {
  const { mirror, stream } = scene;
  const { guildId, settings } = mirror;
  const abroad = settings.to.guildId !== guildId;
  const link = linkTo(guildId, stream.fromChannelId, message.id);
  return {
    style: settings.style,
    repliedTo: await repliedTo(scene, message, abroad),
    abroad,
    link,
  };
}

async function repliedTo({ deps, mirror }: Scene, message: APIMessage, abroad: boolean) {
  const { message_reference: reference, referenced_message: answered } = message;
  if (reference?.message_id === undefined) return null;
  if (reference.type === MessageReferenceType.Forward) return null;
  const { guildId, settings } = mirror;
  const copy = await deps.records.copyOf(guildId, settings.id, reference.message_id);
  const there = answered !== null && answered !== undefined;
  const own = abroad || !there ? null : linkTo(guildId, reference.channel_id, reference.message_id);
  return {
    authorName: there ? nameOf(answered.author) : '',
    text: there ? answered.content : '',
    link: copy === null ? own : linkTo(settings.to.guildId, copy.shownIn, copy.copyId),
  };
}

function linkTo(guildId: string, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}
