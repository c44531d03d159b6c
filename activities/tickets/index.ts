import type { TicketActivities } from '../../workflows/ticket/activities';
import { attempt } from '../attempt';
import { closeTicket } from './close';
import type { TicketDependencies } from './dependencies';
import { openTicket } from './open';
import { reopenTicket } from './reopen';
import { noteMessages, showTicket } from './show';

/** The ticket's activities over real parts. */
export function createTicketActivities(deps: TicketDependencies): TicketActivities {
  const { log } = deps;
  return {
    openTicket: (input) => attempt(log, (run) => openTicket(deps, input, run)),
    showTicket: (change) => attempt(log, (run) => showTicket(deps, change, run)),
    noteMessages: (change) => attempt(log, (run) => noteMessages(deps, change, run)),
    closeTicket: (change) => attempt(log, (run) => closeTicket(deps, change, run)),
    reopenTicket: (change) => attempt(log, (run) => reopenTicket(deps, change, run)),
  };
}
