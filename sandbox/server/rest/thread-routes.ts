import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { ChannelKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import type { ChannelRow } from '../../world/model';
import { canView, requireChannel } from '../access';
import { createForumPost } from '../channels/forum-posts';
import { addThreadMember, createThread, removeThreadMember } from '../channels/threads';
import type { Discord } from '../discord';
import { messageViewForBot } from '../views/message-view';
import { channelView, threadMemberView } from '../views/channel-view';
import { bot, created, noContent, ok, type Answer, type Call, type Route } from './call';

function archived(discord: Discord, call: Call, type: 'public' | 'private'): Answer {
  const { channel } = requireChannel(
    discord.world,
    call.actor,
    call.id('channelId'),
    P.ReadMessageHistory,
  );
  const limit = call.number('limit', 50, 2, 100);
  const before = call.query.get('before');
  const isWanted = (thread: ChannelRow): boolean =>
    thread.parentId === channel.id &&
    thread.thread?.metadata.archived === true &&
    (thread.type === ChannelKind.PrivateThread) === (type === 'private') &&
    canView(discord.world, thread, call.actor.userId) &&
    (before === null || Date.parse(thread.thread.metadata.archive_timestamp) < Date.parse(before));
  const threads = [...discord.world.channelsOf(channel.guildId ?? '').values()]
    .filter(isWanted)
    .sort((a, b) => archivedAt(b) - archivedAt(a));
  const shown = threads.slice(0, limit);
  return ok({
    threads: shown.map(channelView),
    members: shown
      .map((thread) => threadMemberView(thread, call.actor.userId))
      .filter((member) => member !== undefined),
    has_more: threads.length > limit,
  });
}

function archivedAt(channel: ChannelRow): number {
  return Date.parse(channel.thread?.metadata.archive_timestamp ?? '');
}

/** The user that a route of thread members names. */
function named(call: Call): string {
  return call.text('userId') === '@me' ? call.actor.userId : call.id('userId');
}

export const threadRoutes: Route[] = [
  bot('POST', '/channels/:channelId/threads', (discord, call) => {
    const parent = discord.world.channel(call.id('channelId'));
    if (parent?.type === ChannelKind.GuildForum || parent?.type === ChannelKind.GuildMedia) {
      const { files } = call;
      const post = createForumPost(discord, call.actor, parent.id, call.body, files);
      const message = messageViewForBot(discord, post.message);
      return created({ ...channelView(post.thread), message }, post.thread.id);
    }
    const thread = createThread(discord, call.actor, call.id('channelId'), undefined, call.body);
    return created(channelView(thread), thread.id);
  }),
  bot('POST', '/channels/:channelId/messages/:messageId/threads', (discord, call) => {
    const [channelId, messageId] = [call.id('channelId'), call.id('messageId')];
    const thread = createThread(discord, call.actor, channelId, messageId, call.body);
    return created(channelView(thread), thread.id);
  }),
  bot('GET', '/channels/:channelId/threads/archived/public', (discord, call) =>
    archived(discord, call, 'public'),
  ),
  bot('GET', '/channels/:channelId/threads/archived/private', (discord, call) =>
    archived(discord, call, 'private'),
  ),
  bot('GET', '/channels/:channelId/thread-members', (discord, call) => {
    const { channel } = requireChannel(discord.world, call.actor, call.id('channelId'));
    const ids = Object.keys(channel.thread?.members ?? {});
    return ok(ids.map((id) => threadMemberView(channel, id)));
  }),
  bot('GET', '/channels/:channelId/thread-members/:userId', (discord, call) => {
    const { channel } = requireChannel(discord.world, call.actor, call.id('channelId'));
    const member = threadMemberView(channel, named(call));
    if (member === undefined) throw discordError('unknownMember');
    return ok(member);
  }),
  bot('PUT', '/channels/:channelId/thread-members/:userId', (discord, call) => {
    addThreadMember(discord, call.actor, call.id('channelId'), named(call));
    return noContent(named(call));
  }),
  bot('DELETE', '/channels/:channelId/thread-members/:userId', (discord, call) => {
    removeThreadMember(discord, call.actor, call.id('channelId'), named(call));
    return noContent(named(call));
  }),
];
