import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { storedMessages, type StoredMessage } from '../../../activities/tickets/stored-message';
import type { ConversationRow, Evidence } from './evidence';
import type { Finding } from './finding';
import { ticketChannels, type TicketChannel } from './ticket-channels';

/**
 * Nothing was deleted before what it held was stored: every deleted channel's conversation lies in
 * the storage as recorded, since before the deletion, with every message that was written there.
 */
export function checkConversations(evidence: Evidence): Finding {
  const defects: string[] = [];
  let conversations = 0;
  let messages = 0;
  let ofPeople = 0;
  for (const channel of ticketChannels(evidence)) {
    if (channel.deletedAt === null || channel.stray) continue;
    const name = `${channel.caseId}.${channel.generation}`;
    const row = evidence.conversations.find(
      ({ caseId, generation }) => caseId === channel.caseId && generation === channel.generation,
    );
    if (row === undefined) {
      defects.push(`${name} was deleted, and no conversation is recorded`);
      continue;
    }
    const stored = read(evidence.storageDir, row, channel);
    defects.push(...stored.defects.map((defect) => `${name}: ${defect}`));
    conversations += 1;
    messages += stored.messages.length;
    const written = evidence.people.written.filter(
      ({ channelId }) => channelId === channel.channelId,
    );
    ofPeople += written.length;
    const kept = new Map(stored.messages.map((message) => [message.id, message]));
    for (const { messageId, content } of written) {
      const message = kept.get(messageId);
      if (message === undefined) defects.push(`${name}: "${content}" is lost`);
      else if (message.content !== content) defects.push(`${name}: "${content}" was changed`);
    }
    for (const messageId of postedIn(evidence, channel.channelId)) {
      if (!kept.has(messageId)) defects.push(`${name}: the bot's message ${messageId} is lost`);
    }
  }
  return {
    figures: [
      ['channels deleted, conversation stored before', conversations],
      ['messages in them', messages],
      ['of them written by people', ofPeople],
    ],
    defects,
  };
}

function read(
  storageDir: string,
  row: ConversationRow,
  { deletedAt, byHand }: TicketChannel,
): { messages: StoredMessage[]; defects: string[] } {
  const defects: string[] = [];
  const file = path.join(storageDir, row.storageKey);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return { messages: [], defects: [`${row.storageKey} is not there`] };
  const bytes = readFileSync(file);
  if (createHash('sha256').update(bytes).digest('hex') !== row.sha256) {
    defects.push('what is stored is not what was recorded');
  }
  if (!row.complete && !byHand) defects.push('its conversation is not complete');
  // The clock of the file system ticks in steps of a few milliseconds, and never ahead.
  if (deletedAt !== null && stat.mtimeMs > deletedAt) {
    defects.push(
      `stored ${Math.round(stat.mtimeMs - deletedAt)} ms after its deletion was asked for`,
    );
  }
  const messages = storedMessages.parse(JSON.parse(bytes.toString('utf8')));
  if (messages.length !== row.messages) {
    defects.push(`${messages.length} messages are stored, ${row.messages} are recorded`);
  }
  if (new Set(messages.map(({ id }) => id)).size !== messages.length) {
    defects.push('a message is stored twice');
  }
  return { messages, defects };
}

function postedIn({ journal }: Evidence, channelId: string): Set<string> {
  const route = `/channels/${channelId}/messages`;
  const ids = new Set<string>();
  for (const entry of journal) {
    if (entry.kind !== 'rest' || entry.method !== 'POST' || entry.path !== route) continue;
    if (entry.committed && entry.resultId !== null) ids.add(entry.resultId);
  }
  return ids;
}
