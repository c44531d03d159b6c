import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { CaseEvent } from '../../domain/cases/events';
import { inline, label, noMentions } from '../../domain/text';
import { failureForStaff } from './failure';
import { counted, duration } from './time';

/** What a line of the staff's log needs beside the event. */
export interface DeskContext {
  readonly number: number;
  readonly categoryTitle: string;
  readonly openerId: string;
  /** The ticket's channel; `null` when there is none, or not any more. */
  readonly channelId: string | null;
  /** 1 for the first channel of the ticket, more after a reopening. */
  readonly generation: number;
  /** When the ticket was opened, and when the event happened (milliseconds since the epoch). */
  readonly openedAt: number;
  readonly at: number;
  /** The name of the team that handles the ticket now. */
  readonly teamName: string;
}

/**
 * The line that an event adds to the staff's log channel. It pings nobody.
 *
 * @returns the message, or `null` when the event is not worth one
 */
export function deskNotice(
  event: CaseEvent,
  context: DeskContext,
): RESTPostAPIChannelMessageJSONBody | null {
  const content = line(event, context);
  return content === null ? null : { content, allowed_mentions: noMentions };
}

function line(event: CaseEvent, context: DeskContext): string | null {
  const name = `**#${context.number}** · ${inline(context.categoryTitle, { max: 100, empty: 'Ticket' })}`;
  const where = context.channelId === null ? '' : ` <#${context.channelId}>`;
  switch (event.type) {
    case 'channel-created':
      return context.generation === 1
        ? `🆕 ${name}: opened by <@${context.openerId}> in <#${event.channelId}>.`
        : `↩️ ${name}: reopened, now in <#${event.channelId}>.`;
    case 'raised':
      return `🔺 ${name}: raised to ${inline(context.teamName, { max: 100, empty: 'the senior team' })} by ${
        'userId' in event.by ? `<@${event.by.userId}>` : 'the service level'
      }.${where}`;
    case 'opening-failed':
      return `⚠️ ${name}: its channel could not be made for <@${context.openerId}> (${code(event.code)}). ${failureForStaff(event.code)}`;
    case 'closing-delayed':
      return `⚠️ ${name}: closing is delayed (${code(event.code)}); nothing is lost, I keep trying. ${failureForStaff(event.code)}${where}`;
    case 'closed':
      return `✅ ${name}: closed after ${duration(context.at - context.openedAt)}, ${
        event.messages === null
          ? 'its channel was gone before the conversation could be read'
          : `${counted(event.messages, 'message')} stored`
      }.`;
    case 'accepted':
    case 'refused':
    case 'claimed':
    case 'released':
    case 'resolved':
    case 'first-answered':
    case 'messages-seen':
    case 'inactivity-warned':
    case 'closing':
    case 'reopened':
    case 'ended':
      return null;
  }
}

function code(text: string): string {
  return inline(label(text, { max: 60, empty: 'unknown' }), { max: 80 });
}
