import { DiscordAPIError } from '@discordjs/rest';
import type { APIMessage } from 'discord-api-types/v10';
import type { BegunCopy, Shown } from '../../src/db/mirrors';
import { mirrorCopy, uncopiable, type MirrorCopy } from '../../src/discord/views/mirror-copy';
import { digest, earlierCopy } from './earlier-copy';
import { contextOf, isWanted, messagesAfter, original } from './originals';
import { post } from './post';
import type { Scene } from './scene';
import { placeOf } from './threads';

/** Few enough that the last of a page is still as it was read when its turn comes. */
const PAGE = 10;

/** Copies the next messages of a stream, in order. */
export async function copyMessages(scene: Scene): Promise<void> {
  const { deps, stream, attempt } = scene;
  const begun = await deps.records.begunCopies(stream.key);
  if (begun.length > 0) {
    for (const one of begun) await takeUp(scene, one);
    return;
  }
  const page = (await messagesAfter(scene, stream.fromChannelId, stream.cursor, PAGE)) ?? [];
  for (const message of page) {
    attempt.signal.throwIfAborted();
    await copyOne(scene, message);
  }
  // Nothing is there any more of what somebody asked for: it was deleted before its turn came.
  if (page.length === 0) await deps.records.passedBy(stream, stream.wanted);
}

/** Records what an earlier try has posted, to be compared with its original: which may be gone by now. */
async function takeUp(scene: Scene, begun: BegunCopy): Promise<void> {
  const { deps, stream } = scene;
  const { messageId, shownIn } = begun;
  await scene.keep();
  const copyId = await earlierCopy(scene, begun);
  if (copyId === null) {
    await deps.records.notPosted(stream.key, messageId);
    return;
  }
  const shown = { editedAt: '?', attachments: [], reactions: [] };
  await deps.records.noteChanges(stream.key, [messageId]);
  await deps.records.copied(stream, { messageId, copyId, shownIn, shown });
}

async function copyOne(scene: Scene, read: APIMessage): Promise<void> {
  const { deps, stream, mirror } = scene;
  await scene.keep();
  if (!(await isWanted(scene, read))) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const shownIn = await placeOf(scene);
  // What changed since the page was read is read again.
  const changed = await deps.records.isChanged(stream.key, read.id);
  const message = changed ? await original(scene, read.id) : read;
  if (message === null || (changed && !(await isWanted(scene, message)))) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const context = await contextOf(scene, message);
  const copyId = await postSome(scene, shownIn, message.id, [
    mirrorCopy(message, context),
    uncopiable(message, context),
  ]);
  if (copyId === null) {
    await deps.records.passedBy(stream, read.id);
    return;
  }
  const shown = shownOf(message);
  await deps.records.copied(stream, { messageId: message.id, copyId, shownIn, shown });
  if (mirror.settings.reactions && (message.reactions ?? []).length > 0) {
    await deps.records.noteChanges(stream.key, [message.id]);
  }
  if (mirror.told.length > 0) await deps.records.over(mirror.guildId, mirror.settings.id);
}

/** Posts the first of these that Discord takes; `null`: none of them. */
async function postSome(
  scene: Scene,
  shownIn: string,
  messageId: string,
  copies: readonly MirrorCopy[],
): Promise<string | null> {
  const { deps, mirror, stream } = scene;
  for (const copy of copies) {
    const words = mirror.settings.style === 'plain' ? digest(copy.body.content) : null;
    await deps.records.beginCopy(stream.key, { messageId, shownIn, words });
    try {
      return await post(scene, shownIn, copy, messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status !== 400) throw error;
      deps.log.warn({ message: messageId, code: error.code }, 'a copy was refused');
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
