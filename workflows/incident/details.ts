import type {
  AffectedServer,
  IncidentDeadline,
  IncidentEvent,
  IncidentState,
} from '../../src/domain/watching/incident';
import { nextIncidentDeadline } from '../../src/domain/watching/incident-deadline';

/** What the Web UI shows of a running incident: markdown that says what is down, who is on it, what is waited for. */
export function currentDetails(state: IncidentState): string {
  const down = state.servers.filter(({ until }) => until === null);
  return [
    `**Outage since ${instant(state.openedAt)}**: ${standing(state, down.length)}`,
    '',
    waiting(state),
    '',
    ...state.servers.map(serverLine),
    '',
    `- Acknowledged: ${state.acknowledged === null ? 'nobody yet' : `${instant(state.acknowledged.at)} by \`${state.acknowledged.by}\``}`,
    ...(state.raisedAt === null ? [] : [`- Raised: ${instant(state.raisedAt)}`]),
    ...(state.reminders === 0 ? [] : [`- Reminders: ${state.reminders}`]),
    ...(state.flapping ? ['- It keeps going up and down.'] : []),
  ].join('\n');
}

function standing(state: IncidentState, down: number): string {
  if (state.status === 'recovered') return 'over.';
  const acknowledged = state.status === 'acknowledged' ? ', acknowledged' : '';
  return `${down === 1 ? '1 server is' : `${down} servers are`} down${acknowledged}.`;
}

function waiting(state: IncidentState): string {
  if (state.status === 'recovered') return 'Tells of the recovery; then this workflow ends.';
  const deadline = nextIncidentDeadline(state);
  if (deadline === undefined) return 'Waits for the servers to come back.';
  return `Waits for the servers to come back. ${DEADLINES[deadline.kind](instant(deadline.at))}`;
}

const DEADLINES: Record<IncidentDeadline['kind'], (at: string) => string> = {
  raise: (at) => `If nobody acknowledges until ${at}, the senior team is called.`,
  remind: (at) => `If nobody acknowledges until ${at}, the administration is reminded.`,
};

function serverLine({ serverKey, cause, since, until }: AffectedServer): string {
  const end = until === null ? 'still down' : `back ${instant(until)}`;
  return `- Server \`${serverKey}\`: ${cause}, since ${instant(since)}, ${end}`;
}

/** The deadline's name on its timer in the Web UI. */
export function timerSummary(kind: IncidentDeadline['kind']): string {
  return kind === 'raise'
    ? 'Call the senior team, unless somebody acknowledges before'
    : 'Remind the administration, unless somebody acknowledges before';
}

/** An activity's name in the Web UI: what happened that it records and shows. */
export function changeSummary(events: readonly IncidentEvent[]): string {
  return `Record and show: ${events.map(deed).join(', ')}`;
}

function deed(event: IncidentEvent): string {
  switch (event.type) {
    case 'server-down':
      return `server ${event.server.serverKey} is down (${event.server.cause})`;
    case 'cause-changed':
      return `server ${event.serverKey} now fails otherwise (${event.cause})`;
    case 'server-up':
      return `server ${event.serverKey} is ${event.removed === true ? 'watched no longer' : 'back'}`;
    case 'flapping':
      return `server ${event.serverKey} ${event.flapping ? 'goes up and down' : 'is steady again'}`;
    case 'acknowledged':
      return `acknowledged by ${event.by}`;
    case 'noted':
      return `a note by ${event.by}`;
    case 'reminded':
    case 'raised':
    case 'recovered':
      return event.type;
  }
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
