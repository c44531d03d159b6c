import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { CaseEvent } from '../../domain/cases/events';
import { noMentions, plain } from '../../domain/text';
import { relative } from './time';

/** What a notice in the ticket's channel needs beside the event. */
export interface NoticeContext {
  readonly number: number;
  readonly openerId: string;
  /** The roles of the team that now handles a raised case. */
  readonly seniorRoleIds: readonly string[];
  /** When the case closes by itself if nobody acts (milliseconds since the epoch); `null`: it does not. */
  readonly closesAt: number | null;
  /** The opened note of the event: the resolution, or the reason for closing. */
  readonly resolution?: string;
}

/**
 * What is posted in the ticket's channel when something happened to it.
 *
 * @returns the message, or `null` when the event is not worth one
 */
export function ticketNotice(
  event: CaseEvent,
  context: NoticeContext,
): RESTPostAPIChannelMessageJSONBody | null {
  switch (event.type) {
    case 'claimed':
      return quiet(
        event.from === null
          ? `<@${event.by}> has taken this ticket and will answer here.`
          : `<@${event.by}> has taken this ticket over from <@${event.from}>.`,
      );
    case 'released':
      return quiet(
        event.by === event.from
          ? `<@${event.by}> has released this ticket. It waits for somebody else of the team.`
          : `<@${event.by}> has released this ticket from <@${event.from}>. It waits for somebody else of the team.`,
      );
    case 'raised':
      return raised(event, context);
    case 'resolved':
      return resolved(event.by, context);
    case 'inactivity-warned':
      return {
        content: `<@${context.openerId}>, nobody has written here for a while. ${
          context.closesAt === null
            ? 'Write a message if you still need help.'
            : `This ticket closes ${relative(context.closesAt)}. Write a message if you still need help: that keeps it open.`
        }`,
        allowed_mentions: { users: [context.openerId] },
      };
    case 'closing':
      return closing(event, context);
    case 'reopened':
      return quiet(
        event.newChannel
          ? `<@${event.by}> has reopened this ticket. The conversation goes on here; what was written before is kept with the ticket.`
          : `<@${event.by}> has reopened this ticket. Please write what is still missing.`,
      );
    case 'accepted':
    case 'refused':
    case 'opening-failed':
    case 'channel-created':
    case 'first-answered':
    case 'messages-seen':
    case 'closing-delayed':
    case 'closed':
    case 'ended':
      return null;
  }
}

function raised(
  event: Extract<CaseEvent, { type: 'raised' }>,
  context: NoticeContext,
): RESTPostAPIChannelMessageJSONBody {
  const roles = context.seniorRoleIds.map((id) => `<@&${id}>`).join(' ');
  const why =
    'userId' in event.by
      ? `<@${event.by.userId}> has raised this ticket to the senior team.`
      : 'This ticket waited too long and was raised to the senior team.';
  return {
    content: roles === '' ? why : `${roles} ${why}`,
    // Discord takes at most 100 roles here; a team has far fewer.
    allowed_mentions: { roles: context.seniorRoleIds.slice(0, 100) },
  };
}

function resolved(by: string, context: NoticeContext): RESTPostAPIChannelMessageJSONBody {
  const next =
    context.closesAt === null
      ? 'If something is still missing, press **Reopen** above and write it here.'
      : `If something is still missing, press **Reopen** above and write it here. Otherwise there is nothing to do: the ticket closes ${relative(context.closesAt)}.`;
  return {
    content: `<@${context.openerId}>, <@${by}> has marked this ticket as resolved. ${next}${note('', context)}`,
    allowed_mentions: { users: [context.openerId] },
  };
}

function closing(
  event: Extract<CaseEvent, { type: 'closing' }>,
  context: NoticeContext,
): RESTPostAPIChannelMessageJSONBody | null {
  const after = 'The conversation is stored now, then this channel goes away.';
  switch (event.cause) {
    case 'channel-gone':
      return null;
    case 'inactivity':
      return quiet(`Nobody has written here for a long time, so this ticket closes. ${after}`);
    case 'opener':
    case 'staff':
      return quiet(
        `${event.by === null ? 'This ticket is being closed.' : `<@${event.by}> closes this ticket.`} ${after}${note('Reason:', context)}`,
      );
  }
}

/**
 * The note as a quotation, or nothing. It takes the rest of the message: a mark before each line
 * would make a text of many lines grow past what a message holds.
 */
function note(title: string, { resolution }: NoticeContext): string {
  const quoted = resolution === undefined ? '' : plain(resolution, { max: 1_400 });
  if (quoted === '') return '';
  return `${title === '' ? '' : `\n${title}`}\n>>> ${quoted}`;
}

function quiet(content: string): RESTPostAPIChannelMessageJSONBody {
  return { content, allowed_mentions: noMentions };
}

export { deskNotice, type DeskContext } from './desk-notice';
