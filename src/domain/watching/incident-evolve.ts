import type { AffectedServer, IncidentEvent, IncidentPolicy, IncidentState } from './incident';

/** An incident before its first server is told of. `openedAt` in milliseconds since the epoch. */
export function newIncident(input: {
  readonly openedAt: number;
  readonly policy: IncidentPolicy;
}): IncidentState {
  return {
    status: 'open',
    seq: 0,
    openedAt: input.openedAt,
    servers: [],
    policy: input.policy,
    acknowledged: null,
    raisedAt: null,
    reminders: 0,
    remindedAt: null,
    flapping: false,
    flappingKeys: [],
    recoveredAt: null,
  };
}

/**
 * The only way that an incident changes. `at` is the instant of the event in milliseconds since the epoch.
 * An event that was accepted by `decideIncident` always applies.
 */
export function evolveIncident(
  state: IncidentState,
  event: IncidentEvent,
  at: number,
): IncidentState {
  return { ...state, ...changes(state, event, at), seq: state.seq + 1 };
}

function changes(state: IncidentState, event: IncidentEvent, at: number): Partial<IncidentState> {
  switch (event.type) {
    case 'server-down':
      return { servers: [...state.servers, event.server] };
    case 'cause-changed':
      return { servers: withFallen(state, event.serverKey, { cause: event.cause }) };
    case 'server-up':
      return {
        servers: withFallen(state, event.serverKey, {
          until: event.until,
          unknownMs: event.unknownMs,
          ...(event.removed === true && { removed: true }),
        }),
        ...flapping(state, event.serverKey, false),
      };
    case 'flapping':
      return flapping(state, event.serverKey, event.flapping);
    case 'acknowledged':
      return { status: 'acknowledged', acknowledged: { by: event.by, at } };
    case 'noted':
      return {};
    case 'reminded':
      return { reminders: state.reminders + 1, remindedAt: at };
    case 'raised':
      return { raisedAt: at };
    case 'recovered':
      return { status: 'recovered', recoveredAt: event.at };
  }
}

/** The server's part that is not over yet gets the change; earlier parts stay as they ended. */
function withFallen(
  state: IncidentState,
  serverKey: number,
  change: Partial<AffectedServer>,
): readonly AffectedServer[] {
  return state.servers.map((server) =>
    server.serverKey === serverKey && server.until === null ? { ...server, ...change } : server,
  );
}

function flapping(
  state: IncidentState,
  serverKey: number,
  isFlapping: boolean,
): Pick<IncidentState, 'flapping' | 'flappingKeys'> {
  const others = state.flappingKeys.filter((key) => key !== serverKey);
  const flappingKeys = isFlapping ? [...others, serverKey] : others;
  return { flapping: flappingKeys.length > 0, flappingKeys };
}
