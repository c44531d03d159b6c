import { ChannelType, RESTJSONErrorCodes, ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import { label } from '../../src/domain/text';
import { discordCode } from '../discord/codes';
import type { Scene } from './scene';
import { Blocked } from './troubles';

/** Where a stream's copies stand: in the target, or in the thread of it that belongs to the original's thread. */
export async function placeOf(scene: Scene): Promise<string> {
  const { stream, deps } = scene;
  if (!stream.isThread) return stream.targetChannelId;
  if (stream.threadId !== null) return stream.threadId;
  const threadId = await makeThread(scene).catch((error: unknown) => {
    const code = discordCode(error);
    if (code === RESTJSONErrorCodes.MissingPermissions || code === RESTJSONErrorCodes.MissingAccess)
      throw new Blocked('cannot-write');
    throw error;
  });
  await deps.records.setThread(stream.key, threadId);
  return threadId;
}

async function makeThread(scene: Scene): Promise<string> {
  const { deps, stream, mirror, attempt } = scene;
  const { channels } = deps.discord;
  const { settings, guildId } = mirror;
  const from = await channels.get(stream.fromChannelId, attempt);
  const given = 'name' in from ? (from.name ?? '') : '';
  const name = label(given, { max: 100, empty: 'Thread' });
  // A thread that was begun at a message has that message's id, and is begun at its copy.
  const begun = await deps.records.copyOf(guildId, settings.id, stream.fromChannelId);
  const shape = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek } as const;
  if (begun !== null && begun.shownIn === stream.targetChannelId) {
    try {
      return (await channels.createThread(stream.targetChannelId, shape, begun.copyId, attempt)).id;
    } catch (error) {
      const code = discordCode(error);
      // An earlier try has begun it: such a thread has its message's id.
      if (code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return begun.copyId;
      if (code !== RESTJSONErrorCodes.UnknownMessage) throw error;
    }
  }
  const botId = await deps.botId();
  const active = await deps.discord.guilds.getActiveThreads(settings.to.guildId, attempt);
  const earlier = active.threads.find(
    (thread) =>
      'owner_id' in thread &&
      thread.owner_id === botId &&
      'parent_id' in thread &&
      thread.parent_id === stream.targetChannelId &&
      thread.name === name &&
      BigInt(thread.id) > BigInt(stream.fromChannelId),
  );
  if (earlier !== undefined) return earlier.id;
  const target = await channels.get(stream.targetChannelId, attempt);
  // A channel of announcements has a kind of its own; where a thread is begun at a message, Discord knows.
  const type =
    target.type === ChannelType.GuildAnnouncement
      ? ChannelType.AnnouncementThread
      : ChannelType.PublicThread;
  const body = { ...shape, type } as const;
  return (await channels.createThread(stream.targetChannelId, body, undefined, attempt)).id;
}
