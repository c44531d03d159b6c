import { newerOf, type Scene } from './scene';
import { messagesAfter } from './originals';

const PAGE = 100;

/** Compares the next copies of a stream with their originals, and notes those that changed. */
export async function compareCopies(scene: Scene): Promise<void> {
  const { deps, stream } = scene;
  const { key, cursor } = stream;
  const after = stream.reviewAfter ?? cursor;
  await scene.keep();
  const page = await messagesAfter(scene, stream.fromChannelId, after, PAGE);
  // With its channel gone nobody took the messages back one by one: their copies stay.
  if (page === null) {
    await deps.records.reviewed(key, null);
    return;
  }
  const isLast = page.length < PAGE;
  const last = page.at(-1)?.id ?? after;
  const upTo = isLast ? newerOf(last, cursor) : last;
  const originals = new Map(page.map((message) => [message.id, message]));
  const copies = await deps.records.knownCopies(key, after, upTo);
  const changed = copies.filter(({ messageId, shown }) => {
    const message = originals.get(messageId);
    return message === undefined || message.edited_timestamp !== shown.editedAt;
  });
  await deps.records.noteChanges(
    key,
    changed.map(({ messageId }) => messageId),
  );
  await deps.records.reviewed(key, isLast || BigInt(upTo) >= BigInt(cursor) ? null : upTo);
}
