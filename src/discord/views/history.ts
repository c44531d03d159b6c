import { z } from 'zod';
import type { CaseHistoryEntry } from '../../db/cases';
import { inline } from '../../domain/text';
import { failureForStaff } from './failure';
import { counted, dateTime } from './time';

const raisedBy = z.object({ by: z.unknown(), team: z.string() });
const taken = z.object({ from: z.string().nullable() });
const numbered = z.object({ number: z.number() });
const channel = z.object({ channelId: z.string() });
const answered = z.object({ answeredAt: z.number() });
const failed = z.object({ code: z.string() });
const ended = z.object({ messages: z.number().nullable() });
const caused = z.object({ cause: z.string() });
const reopened = z.object({ newChannel: z.boolean() });

/**
 * A line of a case's history as staff read it: when, who, what, with which words.
 *
 * @param teamName finds a team's name by its id
 * @returns at most about 420 characters
 */
export function historyLine(entry: CaseHistoryEntry, teamName: (id: string) => string): string {
  const note = entry.note === null ? '' : `\n> ${inline(entry.note, { max: 200, empty: '…' })}`;
  return `${dateTime(entry.at)} ${deed(entry, teamName)}${note}`;
}

function deed(entry: CaseHistoryEntry, teamName: (id: string) => string): string {
  const who = entry.actorId === null ? 'somebody' : `<@${entry.actorId}>`;
  const { data } = entry;
  switch (entry.type) {
    case 'accepted':
      return `accepted as #${numbered.safeParse(data).data?.number ?? '?'}`;
    case 'channel-created': {
      const id = channel.safeParse(data).data?.channelId;
      return id === undefined ? 'channel created' : `channel created: <#${id}>`;
    }
    case 'opening-failed':
      return `its channel could not be made. ${failureForStaff(failed.safeParse(data).data?.code ?? '')}`;
    case 'claimed': {
      const from = taken.safeParse(data).data?.from;
      return from === null || from === undefined
        ? `${who} claimed it`
        : `${who} took it over from <@${from}>`;
    }
    case 'released': {
      const from = taken.safeParse(data).data?.from;
      return from === entry.actorId || from === null || from === undefined
        ? `${who} released it`
        : `${who} released it from <@${from}>`;
    }
    case 'raised': {
      const team = raisedBy.safeParse(data).data?.team;
      const to = team === undefined ? 'the senior team' : teamName(team);
      return entry.actorId === null
        ? `raised to ${to} by the service level`
        : `${who} raised it to ${to}`;
    }
    case 'resolved':
      return `${who} resolved it`;
    case 'first-answered': {
      const at = answered.safeParse(data).data?.answeredAt;
      return `${who} first answered${at === undefined ? '' : ` ${dateTime(at)}`}`;
    }
    case 'inactivity-warned':
      return 'the opener was warned that it will close';
    case 'closing':
      return closing(entry, who);
    case 'closing-delayed':
      return `closing is delayed. ${failureForStaff(failed.safeParse(data).data?.code ?? '')}`;
    case 'closed': {
      const messages = ended.safeParse(data).data?.messages;
      return messages === null || messages === undefined
        ? 'closed; the channel was gone before it could be read'
        : `closed; ${counted(messages, 'message')} stored`;
    }
    case 'reopened':
      return `${who} reopened it${reopened.safeParse(data).data?.newChannel === true ? ' in a new channel' : ''}`;
    case 'ended':
      return 'it can no longer be reopened';
    default:
      return inline(entry.type, { max: 60 });
  }
}

function closing(entry: CaseHistoryEntry, who: string): string {
  switch (caused.safeParse(entry.data).data?.cause) {
    case 'inactivity':
      return 'closing, because nobody wrote any more';
    case 'channel-gone':
      return 'closing, because its channel was deleted';
    case 'opener':
      return `${who}, who opened it, closed it`;
    default:
      return `${who} closed it`;
  }
}
