import type { OpeningRefusal } from '../../domain/cases/limits';
import { answer, type Answer } from './answer';
import { failureForPerson } from './failure';
import { counted, moment } from './time';

/** What became of somebody's wish to open a ticket. */
export type OpeningAnswer =
  | { readonly outcome: 'opened'; readonly number: number; readonly channelId: string }
  | { readonly outcome: 'refused'; readonly refusal: OpeningRefusal }
  /** `code` is Discord's error code or ours; `reference` is what staff can look up. */
  | { readonly outcome: 'failed'; readonly code: string; readonly reference: string }
  /** The request is kept and goes on by itself when everything is back. */
  | { readonly outcome: 'waiting'; readonly reference: string };

/** The answer that the opener alone sees. */
export function openingAnswer(outcome: OpeningAnswer): Answer {
  switch (outcome.outcome) {
    case 'opened':
      return answer(
        `Your ticket **#${outcome.number}** is open: <#${outcome.channelId}>. Write there; the team answers there too.`,
      );
    case 'refused':
      return answer(refused(outcome.refusal));
    case 'failed':
      return answer(
        `Your ticket could not be opened: ${failureForPerson(outcome.code)}\nReference: \`${outcome.reference}\``,
      );
    case 'waiting':
      return answer(
        `Your request is kept, but something that I need does not answer right now. Your ticket opens by itself as soon as it is back; you need not ask again.\nReference: \`${outcome.reference}\``,
      );
  }
}

function refused(refusal: OpeningRefusal): string {
  switch (refusal.limit) {
    case 'most-open':
      return `You already have ${counted(refusal.most, 'open ticket')}, and that is the most one person may have at a time. Close one with \`/ticket close\` first, or write in it; \`/ticket list\` shows where it is.`;
    case 'cooldown':
      return `You have just opened a ticket. You can open the next one ${moment(refusal.retryAt)}.`;
    case 'per-day':
      return `You have opened ${counted(refusal.most, 'ticket')} in the last 24 hours, and that is the most one person may open in a day. You can open the next one ${moment(refusal.retryAt)}.`;
  }
}
