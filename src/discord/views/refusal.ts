import type { Refusal } from '../../domain/cases/commands';

/** Why a command was not carried out, and what the person can do instead. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.refused) {
    case 'not-ready':
      return 'This ticket is still being opened. Try again in a few seconds.';
    case 'not-staff':
      return 'Only the team that handles this ticket can do that. If you need something, write it in the ticket.';
    case 'not-yours':
      return 'Only the person who opened this ticket and the team that handles it can do that.';
    case 'already-claimed':
      return `<@${refusal.by}> is on this ticket. Ask them to release it; somebody of the senior team can take it over.`;
    case 'already-yours':
      return 'This ticket is already yours. Answer in its channel.';
    case 'not-claimed':
      return 'Nobody has claimed this ticket, so there is nothing to release.';
    case 'no-senior-team':
      return 'There is no team above the one that handles this ticket, so it cannot be raised further.';
    case 'already-resolved':
      return 'This ticket is already resolved. Reopen it first if there is more to do.';
    case 'already-open':
      return 'This ticket is open, so there is nothing to reopen. Write in its channel.';
    case 'closing':
      return 'This ticket is being closed right now. If there is more to do, reopen it in a minute, or open a new one with `/ticket open`.';
    case 'closed':
      return 'This ticket is closed. If there is more to do, reopen it (`/ticket view` has the button), or open a new one with `/ticket open`.';
    case 'reopen-window-over':
      return 'This ticket was closed too long ago to be reopened. Open a new one with `/ticket open`.';
  }
}
