import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { CloseCause } from '../../domain/cases/case';
import { inline, noMentions, plain } from '../../domain/text';
import { moment } from './time';

/** A ticket that was closed, as its opener is told of it in a direct message. */
export interface ClosedView {
  readonly number: number;
  readonly guildName: string;
  readonly cause: CloseCause | null;
  /** The end of the reopen window (milliseconds since the epoch); `null`: it cannot be reopened. */
  readonly reopenUntil: number | null;
  /** What staff gave as the reason. */
  readonly reason?: string;
}

/** The direct message to the opener of a ticket that somebody or something else closed. */
export function closedMessage(view: ClosedView): RESTPostAPIChannelMessageJSONBody {
  const guild = inline(view.guildName, { max: 100, empty: 'the server' });
  const reason = plain(view.reason ?? '', { max: 1_200 });
  const lines = [
    `Your ticket **#${view.number}** on ${guild} is closed: ${because(view.cause)}.`,
    ...(reason === '' ? [] : [`Reason:\n${reason.replace(/^/gm, '> ')}`]),
    view.reopenUntil === null
      ? 'If you need more help, open a new ticket there with `/ticket open`.'
      : `If something is still missing, use \`/ticket view ${view.number}\` there and press **Reopen**, until ${moment(view.reopenUntil)}.`,
  ];
  return { content: lines.join('\n'), allowed_mentions: noMentions };
}

function because(cause: CloseCause | null): string {
  switch (cause) {
    case 'inactivity':
      return 'nobody has written in it for a long time';
    case 'channel-gone':
      return 'its channel was deleted';
    case 'opener':
      return 'you closed it';
    case 'staff':
    case null:
      return 'the team closed it';
  }
}
