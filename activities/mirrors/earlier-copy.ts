import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import type { BegunCopy } from '../../src/db/mirrors';
import { messagesAfter } from './originals';
import { newerOf, type Scene } from './scene';
import { Blocked } from './troubles';

const PAGE = 100;

/**
 * The copy that an earlier try posted before it died. Executing a webhook knows no nonce that Discord would
 * enforce, so it is found by what is known: while a target is held, one copy is posted at a time and recorded
 * before the next one; so whatever our webhook wrote behind the newest recorded copy is that try's. Messages of
 * the bot itself must have the same words, too. Ids are Discord's own clock: a copy is newer than its original.
 */
export async function earlierCopy(
  scene: Scene,
  { messageId, shownIn: place, words }: BegunCopy,
): Promise<string | null> {
  const { deps, mirror } = scene;
  const newest = (await deps.records.newestCopy(place)) ?? '0';
  let after = newerOf(newest, messageId);
  const botId = await deps.botId();
  const webhooks = await deps.records.mirrorWebhooks();
  const isOurs = ({ webhook_id: webhook, author, content }: APIMessage): boolean =>
    mirror.settings.style === 'plain'
      ? webhook === undefined && author.id === botId && digest(content) === words
      : webhook !== undefined && webhooks.includes(webhook);
  for (;;) {
    const page = await messagesAfter(scene, place, after, PAGE);
    if (page === null) throw new Blocked('cannot-write');
    const ours = page.filter(isOurs).map(({ id }) => id);
    const known = ours.length === 0 ? [] : await deps.records.copiesAmong(place, ours);
    const found = ours.find((id) => !known.includes(id));
    const last = page.at(-1);
    if (found !== undefined) return found;
    if (last === undefined || page.length < PAGE) return null;
    after = last.id;
  }
}

/** By what the words of a copy are known again; they themselves are not kept. */
export function digest(content: string): string {
  return createHash('sha256').update(content).digest('base64url');
}
