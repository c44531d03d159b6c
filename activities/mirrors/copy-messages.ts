import { DiscordAPIError } from '@discordjs/rest';
import type { APIMessage } from 'discord-api-types/v10';
import type { Shown } from '../../src/db/mirrors';
import { mirrorCopy, uncopiable, type MirrorCopy } from '../../src/discord/views/mirror-copy';
import { earlierCopy } from './earlier-copy';
import { contextOf, isWanted, messagesAfter, original } from './originals';
import { post } from './post';
import type { Scene } from './scene';
import { placeOf } from './threads';

/** Few enough that the last of a page is still as it was read when its turn comes. */
const PAGE = 10;

/** Copies the next messages of a stream, in order. */
export async function copyMessages(scene: Scene): Promise<void> {
  const { deps, stream, attempt } = scene;
  const page = (await messagesAfter(scene, stream.fromChannelId, stream.cursor, PAGE)) ?? [];
  for (const message of page) {
    attempt.signal.throwIfAborted();
    await copyOne(scene, message);
  }
  // Nothing is there any more of what somebody asked for: it was deleted before its turn came.
  if (page.length === 0) await deps.records.passedBy(stream, stream.wanted);
}

async function copyOne(scene: Scene, read: APIMessage): Promise<void> {
  const { deps, stream, mirror } = scene;
  await scene.keep();
  if (!(await isWanted(scene, read))) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const place = await placeOf(scene);
  const { tried, changed } = await deps.records.beginCopy(stream, read.id, place);
  // What changed since the page was read is read again.
  const message = changed ? await original(scene, read.id) : read;
  if (tried) {
    const copy = mirrorCopy(message ?? read, await contextOf(scene, message ?? read));
    const found = await earlierCopy(scene, place, read.id, copy);
    if (found !== null) {
      const shown = { editedAt: '?', attachments: [], reactions: [] };
      await deps.records.noteChanges(stream.key, [read.id]);
      await deps.records.copied(stream, {
        messageId: read.id,
        copyId: found,
        shownIn: place,
        shown,
      });
      return;
    }
  }
  if (message === null || (changed && !(await isWanted(scene, message)))) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const context = await contextOf(scene, message);
  const copyId = await postSome(scene, place, message.id, [
    mirrorCopy(message, context),
    uncopiable(message, context),
  ]);
  if (copyId === null) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const shown = shownOf(message);
  await deps.records.copied(stream, { messageId: message.id, copyId, shownIn: place, shown });
  if (mirror.settings.reactions && (message.reactions ?? []).length > 0) {
    await deps.records.noteChanges(stream.key, [message.id]);
  }
  if (mirror.told.length > 0) await deps.records.over(mirror.guildId, mirror.settings.id);
}

/** Posts the first of these that Discord takes; `null`: none of them. */
async function postSome(
  scene: Scene,
  place: string,
  messageId: string,
  copies: readonly MirrorCopy[],
): Promise<string | null> {
  for (const copy of copies) {
    try {
      return await post(scene, place, copy, messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status !== 400) throw error;
      scene.deps.log.warn({ message: messageId, code: error.code }, 'a copy was refused');
    }
  }
  return null;
}

/** A message as far as differences to it are looked for. */
export function shownOf(message: APIMessage): Shown {
  return {
    editedAt: message.edited_timestamp,
    attachments: message.attachments.map(({ id }) => id),
    reactions: [],
  };
}
