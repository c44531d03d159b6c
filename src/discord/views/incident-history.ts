import { z } from 'zod';
import type { IncidentHistoryEntry } from '../../db/watching';
import { FAILURE_CAUSES } from '../../domain/watching/check';
import { inline } from '../../domain/text';
import { CAUSE_WORDS } from './server-status';
import { dateTime } from './time';

const down = z.object({
  server: z.object({ serverKey: z.number(), name: z.string(), cause: z.enum(FAILURE_CAUSES) }),
});
const causeChanged = z.object({ serverKey: z.number(), cause: z.enum(FAILURE_CAUSES) });
const up = z.object({
  serverKey: z.number(),
  until: z.number().optional(),
  removed: z.literal(true).optional(),
});
const flapping = z.object({ serverKey: z.number(), flapping: z.boolean() });

/**
 * A line of an incident's history: when, who, what, with which words.
 *
 * @param serverName finds a server's name by its key
 * @returns at most about 420 characters
 */
export function incidentHistoryLine(
  entry: IncidentHistoryEntry,
  serverName: (key: number) => string,
): string {
  const note = entry.note === null ? '' : `\n> ${inline(entry.note, { max: 200, empty: '…' })}`;
  return `${dateTime(entry.at)} ${deed(entry, serverName)}${note}`;
}

/** When servers were watched no longer, by their keys: then an outage of them ended without an answer. */
export function removedServers(
  history: readonly IncidentHistoryEntry[],
): ReadonlyMap<number, number> {
  const removed = new Map<number, number>();
  for (const { type, data } of history) {
    const event = type === 'server-up' ? up.safeParse(data).data : undefined;
    if (event?.removed === true && event.until !== undefined) {
      removed.set(event.serverKey, event.until);
    }
  }
  return removed;
}

function deed(entry: IncidentHistoryEntry, serverName: (key: number) => string): string {
  const { data } = entry;
  const who = entry.actorId === null ? 'Somebody' : `<@${entry.actorId}>`;
  const server = (key: number) => `**${inline(serverName(key), { max: 60, empty: 'a server' })}**`;
  switch (entry.type) {
    case 'server-down': {
      const event = down.safeParse(data).data?.server;
      return event === undefined
        ? '🔴 a server went down'
        : `🔴 **${inline(event.name, { max: 60, empty: 'a server' })}** went down: ${CAUSE_WORDS[event.cause]}`;
    }
    case 'cause-changed': {
      const event = causeChanged.safeParse(data).data;
      return event === undefined
        ? 'the cause changed'
        : `${server(event.serverKey)}: now ${CAUSE_WORDS[event.cause]}`;
    }
    case 'server-up': {
      const event = up.safeParse(data).data;
      if (event === undefined) return '🟢 a server came back';
      return event.removed === true
        ? `${server(event.serverKey)} is watched no longer`
        : `🟢 ${server(event.serverKey)} came back`;
    }
    case 'flapping': {
      const event = flapping.safeParse(data).data;
      if (event === undefined) return '🟠 it goes up and down';
      return event.flapping
        ? `🟠 ${server(event.serverKey)} began to go up and down`
        : `${server(event.serverKey)} is steady again`;
    }
    case 'acknowledged':
      return `${who} acknowledged it`;
    case 'noted':
      return `${who} noted`;
    case 'reminded':
      return '⏰ reminded that nobody had acknowledged it';
    case 'raised':
      return '🔺 raised to the senior team';
    case 'recovered':
      return '✅ over';
    default:
      return inline(entry.type, { max: 60, empty: 'something happened' });
  }
}
