import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import { has } from '../../rules/permissions';
import { checkForumPost } from '../../rules/validation/channels';
import { checkMessageCreate } from '../../rules/validation/messages';
import { ChannelKind, MessageKind } from '../../world/kinds';
import type { ChannelRow, MessageRow } from '../../world/model';
import { requireChannel } from '../access';
import { announceThread } from '../announce';
import type { Actor, Discord } from '../discord';
import { Fields } from '../fields';
import type { UploadedFile } from '../http/request-body';
import { readMessageForm } from '../messages/message-form';
import { storeMessage, userOf } from '../messages/store-message';
import { channelView } from '../views/channel-view';
import { newThread, requireThreadRoom } from './threads';

/** A forum's post: the thread, and its first message, which has the thread's id. */
export interface ForumPost {
  thread: ChannelRow;
  message: MessageRow;
}

/** Begins a post in a forum. API: Start Thread in Forum or Media Channel. */
export function createForumPost(
  discord: Discord,
  actor: Actor,
  channelId: string,
  body: unknown,
  files: UploadedFile[],
): ForumPost {
  const { world } = discord;
  const { channel: forum, permissions } = requireChannel(world, actor, channelId);
  if (forum.guildId === null) throw discordError('cannotExecuteOnChannelType');
  // In forums this right is called Create Posts.
  if (!has(permissions, P.SendMessages)) throw discordError('missingPermissions');
  checkForumPost(body, new Set(forum.availableTags.map(({ id }) => id)));
  const fields = Fields.of(body);
  const tags = fields.strings('applied_tags') ?? [];
  const reserved = forum.availableTags.some(({ id, moderated }) => moderated && tags.includes(id));
  if (reserved && !has(permissions, P.ManageThreads)) throw discordError('missingPermissions');
  const first = fields.all['message'];
  checkMessageCreate(first, { uploads: files.length });
  const form = readMessageForm(first, files, channelId);
  if ((form.embeds?.length ?? 0) > 0 && !has(permissions, P.EmbedLinks)) {
    throw discordError('missingPermissions');
  }
  requireThreadRoom(discord, forum.guildId);
  const thread = newThread(discord, actor, forum, fields, {
    id: undefined,
    type: ChannelKind.PublicThread,
    appliedTags: tags,
  });
  world.addChannel(thread);
  announceThread(discord, 'THREAD_CREATE', thread, { ...channelView(thread), newly_created: true });
  const message = storeMessage(discord, {
    id: thread.id,
    channel: thread,
    author: userOf(discord, actor.userId),
    authorId: actor.userId,
    permissions,
    form,
    type: MessageKind.Default,
    flags: form.flags ?? 0,
  });
  forum.lastMessageId = thread.id;
  world.touchChannel(forum.id);
  return { thread, message };
}
