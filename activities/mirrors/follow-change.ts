import { DiscordAPIError } from '@discordjs/rest';
import { mirrorCopy } from '../../src/discord/views/mirror-copy';
import { shownOf } from './copy-messages';
import { contextOf, isWanted, original } from './originals';
import { change, remove } from './post';
import { sameReactions } from './reactions';
import type { Scene } from './scene';

/** Makes a copy like its original is now, or takes it away with it. */
export async function followChange(
  scene: Scene,
  messageId: string,
  version: number,
): Promise<void> {
  const { deps, stream, mirror } = scene;
  const { key } = stream;
  const known = await deps.records.knownCopy(key, messageId);
  if (known === null) {
    await deps.records.followed(key, messageId, version, null);
    return;
  }
  await scene.keep();
  const message = await original(scene, messageId);
  if (message === null || !(await isWanted(scene, message))) {
    await remove(scene, known);
    await deps.records.followed(key, messageId, version, null);
    return;
  }
  const shown = shownOf(message);
  const unknown = known.shown.editedAt === '?';
  const withFiles = !unknown && shown.attachments.join() !== known.shown.attachments.join();
  if (unknown || withFiles || shown.editedAt !== known.shown.editedAt) {
    const copy = mirrorCopy(message, await contextOf(scene, message));
    try {
      await change(scene, known, copy, withFiles);
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.status !== 400) throw error;
      deps.log.warn({ message: messageId, code: error.code }, 'an edited copy was refused');
    }
  }
  const reactions = mirror.settings.reactions
    ? await sameReactions(scene, known, message)
    : known.shown.reactions;
  await deps.records.followed(key, messageId, version, { ...shown, reactions });
}
