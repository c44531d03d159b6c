import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import type { CaseChange } from '../../workflows/ticket/activities';
import type { Attempt } from '../attempt';
import { EffectFailed } from '../failure';
import type { TicketDependencies } from './dependencies';
import type { StoredMessage } from './stored-message';
import { storedMessages, toStored } from './stored-message';

/** Discord gives at most 100 messages a page. */
const PAGE = 100;

/** A conversation as it was stored and read back. */
export interface Kept {
  readonly key: string;
  /** Hex SHA-256 of the stored bytes. */
  readonly sha256: string;
  readonly messages: number;
  readonly lastMessageId: string | null;
}

/**
 * Stores what was written since the last time, so that a channel that somebody deletes by hand loses little.
 * What cannot be stored now is stored with the next messages, or when the ticket closes.
 */
export async function captureNew(
  deps: TicketDependencies,
  { state }: CaseChange,
  attempt: Attempt,
): Promise<void> {
  const caseId = attempt.workflowId;
  if (state.channelId === null) return;
  const row = await deps.cases.get(caseId);
  const messages = await readSince(
    deps,
    state.channelId,
    row?.lastMessageId ?? '0',
    attempt.signal,
  );
  const last = messages.at(-1);
  if (last === undefined) return;
  try {
    await store(
      deps,
      partKey(caseId, state.generation, last.id),
      await keep(deps, caseId, messages, attempt),
    );
  } catch (error) {
    if (!(error instanceof EffectFailed)) throw error;
    deps.log.warn({ case: caseId }, 'messages cannot be stored now; they are stored with the next');
    return;
  }
  await deps.cases.rememberLastMessage(caseId, last.id);
}

/**
 * Stores the whole conversation, with what was seen before and is deleted now, and reads it back.
 *
 * @param channelId `null` or a channel that is gone: then what was seen before is all there is
 * @throws EffectFailed `storage-unavailable`; nothing may be deleted then
 */
export async function captureAll(
  deps: TicketDependencies,
  generation: number,
  read: readonly APIMessage[],
  attempt: Attempt,
): Promise<Kept> {
  const caseId = attempt.workflowId;
  const present = await keep(deps, caseId, read, attempt);
  const ids = new Set(present.map(({ id }) => id));
  const seen = await earlierParts(deps, caseId, generation);
  const vanished = [...seen.values()].filter(({ id }) => !ids.has(id));
  const all = [...present, ...vanished.map((message) => ({ ...message, deleted: true }))].sort(
    (a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
  );
  const key = `conversations/${caseId}/${generation}.json`;
  const sha256 = await store(deps, key, all);
  return { key, sha256, messages: all.length, lastMessageId: all.at(-1)?.id ?? null };
}

/** All messages after one, oldest first. */
export async function readSince(
  deps: TicketDependencies,
  channelId: string,
  after: string,
  signal: AbortSignal,
): Promise<APIMessage[]> {
  const messages: APIMessage[] = [];
  let last = after;
  for (;;) {
    const page = await deps.discord.channels.getMessages(
      channelId,
      { after: last, limit: PAGE },
      { signal },
    );
    page.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    messages.push(...page);
    const newest = page.at(-1);
    if (newest === undefined || page.length < PAGE) return messages;
    last = newest.id;
  }
}

/** Stores the bytes of the messages' attachments, since Discord's links to them expire. */
async function keep(
  deps: TicketDependencies,
  caseId: string,
  messages: readonly APIMessage[],
  { signal }: Attempt,
): Promise<StoredMessage[]> {
  const keys = new Map<string, string | null>();
  const attachments = messages.flatMap((message) => message.attachments);
  const prefix = `conversations/${caseId}/attachments/`;
  const stored = new Set(attachments.length === 0 ? [] : await guarded(deps.storage.list(prefix)));
  for (const { id, url, content_type } of attachments) {
    const key = prefix + id;
    if (stored.has(key)) {
      keys.set(id, key);
      continue;
    }
    const bytes = await deps.download(url, signal);
    if (bytes !== null)
      await putAndReadBack(deps, key, bytes, content_type ?? 'application/octet-stream');
    keys.set(id, bytes === null ? null : key);
  }
  return messages.map((message) => toStored(message, keys));
}

async function earlierParts(
  deps: TicketDependencies,
  caseId: string,
  generation: number,
): Promise<Map<string, StoredMessage>> {
  const seen = new Map<string, StoredMessage>();
  const keys = await guarded(deps.storage.list(`conversations/${caseId}/${generation}/parts/`));
  for (const key of keys.sort()) {
    const bytes = await guarded(deps.storage.get(key));
    if (bytes === null) continue;
    for (const message of storedMessages.parse(JSON.parse(bytes.toString('utf8')))) {
      seen.set(message.id, message);
    }
  }
  return seen;
}

function partKey(caseId: string, generation: number, lastMessageId: string): string {
  return `conversations/${caseId}/${generation}/parts/${lastMessageId.padStart(20, '0')}.json`;
}

async function store(
  deps: TicketDependencies,
  key: string,
  messages: readonly StoredMessage[],
): Promise<string> {
  return putAndReadBack(deps, key, Buffer.from(JSON.stringify(messages)), 'application/json');
}

/** @returns the bytes' hex SHA-256, which the stored copy has too */
async function putAndReadBack(
  deps: TicketDependencies,
  key: string,
  bytes: Buffer,
  contentType: string,
): Promise<string> {
  const wanted = digest(bytes);
  await guarded(deps.storage.put(key, bytes, { contentType }));
  const stored = await guarded(deps.storage.get(key));
  if (stored === null || digest(stored) !== wanted) {
    throw new EffectFailed('storage-unavailable', 'What was stored reads back differently');
  }
  return wanted;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function guarded<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw new EffectFailed('storage-unavailable', 'The storage cannot be used', { cause: error });
  }
}
