import { createHash } from 'node:crypto';
import type { RawFile } from '@discordjs/rest';
import { RESTJSONErrorCodes, type APIAttachment } from 'discord-api-types/v10';
import type { CopyRecord } from '../../src/db/mirrors';
import type { MirrorCopy } from '../../src/discord/views/mirror-copy';
import { discordCode } from '../discord/codes';
import type { Scene } from './scene';
import { Blocked } from './troubles';
import { forgetWebhook, webhookOf, type OpenWebhook } from './webhook';

/** Posts a copy, changes it, takes it away: by the channel's webhook, or as the bot. */

/** @returns the copy's id. @throws Blocked */
export async function post(
  scene: Scene,
  place: string,
  copy: MirrorCopy,
  messageId: string,
): Promise<string> {
  const { deps, mirror, stream, attempt } = scene;
  const files = await filesOf(scene, copy.uploads);
  const body = { ...copy.body, files };
  await scene.keep();
  if (mirror.settings.style === 'plain') {
    const made = await writing(() =>
      deps.discord.channels.createMessage(
        place,
        { ...body, nonce: nonce(stream.key, messageId), enforce_nonce: true },
        attempt,
      ),
    );
    return made.id;
  }
  const { username, avatarUrl: avatar_url } = copy;
  return throughWebhook(scene, async ({ id, token }) => {
    const made = await deps.discord.webhooks.execute(
      id,
      token,
      { ...body, username, avatar_url, wait: true, ...threadOf(scene, place) },
      attempt,
    );
    return made.id;
  });
}

/** Makes a copy like this; its files only where `files` says so. @returns whether there is still one */
export async function change(
  scene: Scene,
  { copyId, shownIn }: CopyRecord,
  copy: MirrorCopy,
  withFiles: boolean,
): Promise<boolean> {
  const { deps, mirror, attempt } = scene;
  const { content, embeds, allowed_mentions } = copy.body;
  const files = withFiles ? await filesOf(scene, copy.uploads) : [];
  const body = {
    ...{ content, embeds, allowed_mentions },
    ...(withFiles && {
      files,
      attachments: files.map(({ name }, id) => ({ id: String(id), filename: name })),
    }),
  };
  await scene.keep();
  return unlessMissing(async () => {
    if (mirror.settings.style === 'plain') {
      await writing(() => deps.discord.channels.editMessage(shownIn, copyId, body, attempt));
      return;
    }
    const { id, token } = await webhookOf(scene);
    const thread = threadOf(scene, shownIn);
    await deps.discord.webhooks.editMessage(id, token, copyId, { ...body, ...thread }, attempt);
  });
}

/** Takes a copy away; one that is gone already is as good. */
export async function remove(scene: Scene, { copyId, shownIn }: CopyRecord): Promise<void> {
  const { deps, mirror, attempt } = scene;
  await scene.keep();
  const asBot = (): Promise<boolean> =>
    unlessMissing(() => deps.discord.channels.deleteMessage(shownIn, copyId, attempt));
  if (mirror.settings.style === 'plain') {
    await asBot();
    return;
  }
  const { id, token } = await webhookOf(scene);
  const thread = threadOf(scene, shownIn);
  const done = await unlessMissing(() =>
    deps.discord.webhooks.deleteMessage(id, token, copyId, thread, attempt),
  );
  if (done) return;
  // An earlier webhook may have written it, that somebody removed since.
  try {
    await asBot();
  } catch (error) {
    if (discordCode(error) !== RESTJSONErrorCodes.MissingPermissions) throw error;
    deps.log.warn({ channel: shownIn, message: copyId }, 'a copy of an earlier webhook stays');
  }
}

/** A webhook that somebody removed is made anew, once. */
async function throughWebhook<T>(
  scene: Scene,
  use: (webhook: OpenWebhook) => Promise<T>,
): Promise<T> {
  const webhook = await webhookOf(scene);
  try {
    return await use(webhook);
  } catch (error) {
    const code = discordCode(error);
    if (code === RESTJSONErrorCodes.UnknownChannel) throw new Blocked('cannot-write');
    const gone =
      code === RESTJSONErrorCodes.UnknownWebhook || code === RESTJSONErrorCodes.InvalidWebhookToken;
    if (!gone) throw error;
  }
  await forgetWebhook(scene);
  return use(await webhookOf(scene));
}

async function writing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const refused: readonly (number | undefined)[] = [
      RESTJSONErrorCodes.MissingPermissions,
      RESTJSONErrorCodes.MissingAccess,
      RESTJSONErrorCodes.UnknownChannel,
    ];
    if (refused.includes(discordCode(error))) throw new Blocked('cannot-write');
    throw error;
  }
}

/** @returns whether it is there; a message of a webhook that is not the channel's any more cannot be changed */
async function unlessMissing(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    const gone: readonly (number | undefined)[] = [
      RESTJSONErrorCodes.UnknownMessage,
      RESTJSONErrorCodes.UnknownWebhook,
      RESTJSONErrorCodes.InvalidWebhookToken,
    ];
    if (gone.includes(discordCode(error))) return false;
    throw error;
  }
}

function threadOf({ stream }: Scene, place: string): { thread_id?: string } {
  return place === stream.targetChannelId ? {} : { thread_id: place };
}

async function filesOf(
  { deps, attempt }: Scene,
  uploads: readonly APIAttachment[],
): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const { url, filename, content_type: contentType } of uploads) {
    const data = await deps.download(url, attempt.signal);
    // It was taken away in between; the change that follows tells so.
    if (data === null) continue;
    files.push({ name: filename, data, ...(contentType !== undefined && { contentType }) });
  }
  return files;
}

/** 22 characters; Discord allows 25. */
function nonce(streamKey: string, messageId: string): string {
  return createHash('sha256')
    .update(`mirror ${streamKey} ${messageId}`)
    .digest('base64url')
    .slice(0, 22);
}
