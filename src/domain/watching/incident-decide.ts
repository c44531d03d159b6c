import type {
  AffectedServer,
  IncidentCommand,
  IncidentEvent,
  IncidentNews,
  IncidentRefusal,
  IncidentState,
} from './incident';
import { nextIncidentDeadline } from './incident-deadline';

type Decision = readonly IncidentEvent[] | IncidentRefusal;

/**
 * Whether a command may be carried out now, and what then happened. News that is already known, or that comes
 * after the incident is over, changes nothing.
 *
 * @param now milliseconds since the epoch
 * @returns the events to apply in order (none: nothing changes), or the reason of the refusal
 */
export function decideIncident(
  state: IncidentState,
  command: IncidentCommand,
  now: number,
): Decision {
  switch (command.type) {
    case 'acknowledge':
      if (state.status === 'recovered') return { refused: 'over' };
      if (state.acknowledged !== null) {
        return { refused: 'already-acknowledged', by: state.acknowledged.by };
      }
      return [{ type: 'acknowledged', by: command.userId }];
    case 'note':
      return [{ type: 'noted', by: command.userId, note: command.note }];
    case 'deadline':
      return passTime(state, now);
    case 'server-down':
    case 'cause-changed':
    case 'server-up':
    case 'flapping':
      return state.status === 'recovered' ? [] : hear(state, command);
  }
}

export function isIncidentRefusal(decision: Decision): decision is IncidentRefusal {
  return 'refused' in decision;
}

function hear(state: IncidentState, news: IncidentNews): readonly IncidentEvent[] {
  const fallen = (serverKey: number) =>
    state.servers.find((server) => server.serverKey === serverKey && server.until === null);
  switch (news.type) {
    case 'server-down': {
      const { serverKey, since } = news.server;
      const known = state.servers.some(
        (server) =>
          server.serverKey === serverKey && (server.until === null || server.since >= since),
      );
      return known ? [] : [{ type: 'server-down', server: { ...news.server, until: null } }];
    }
    case 'cause-changed': {
      const server = fallen(news.serverKey);
      return server === undefined || server.cause === news.cause ? [] : [news];
    }
    case 'server-up': {
      const server = fallen(news.serverKey);
      // News of an earlier outage's end that comes again does not end this one.
      return server === undefined || news.until < server.since ? [] : standUp(state, server, news);
    }
    case 'flapping':
      return state.flappingKeys.includes(news.serverKey) === news.flapping ? [] : [news];
  }
}

/** The last server that comes back ends the incident. */
function standUp(
  state: IncidentState,
  fallen: AffectedServer,
  news: Extract<IncidentNews, { type: 'server-up' }>,
): readonly IncidentEvent[] {
  const others = state.servers.filter((server) => server !== fallen);
  const ends = others.map((server) => server.until);
  if (ends.includes(null)) return [news];
  const at = ends.reduce<number>((latest, end) => Math.max(latest, end ?? latest), news.until);
  return [news, { type: 'recovered', at }];
}

function passTime(state: IncidentState, now: number): readonly IncidentEvent[] {
  const deadline = nextIncidentDeadline(state);
  if (deadline === undefined || now < deadline.at) return [];
  return [{ type: deadline.kind === 'raise' ? 'raised' : 'reminded' }];
}
