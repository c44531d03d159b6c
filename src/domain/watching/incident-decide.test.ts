import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideIncident, isIncidentRefusal } from './incident-decide';
import { nextIncidentDeadline } from './incident-deadline';
import { evolveIncident, newIncident } from './incident-evolve';
import type {
  AffectedServer,
  IncidentCommand,
  IncidentEvent,
  IncidentPolicy,
  IncidentState,
} from './incident';

const MIN = 60_000;
const OPENED = 1_000 * MIN;

const POLICY: IncidentPolicy = {
  alertChannelId: '700',
  pingRoleIds: ['300'],
  seniorRoleIds: ['301'],
  raiseAfterMs: 20 * MIN,
  remindAfterMs: [10 * MIN, 30 * MIN, 60 * MIN],
  publicChannelId: null,
};

const fallen = (serverKey: number, since = OPENED): AffectedServer => ({
  serverKey,
  name: `Server ${serverKey}`,
  since,
  cause: 'timed-out',
  until: null,
  unknownMs: 0,
});
const fell = (serverKey: number, since?: number): IncidentCommand => ({
  type: 'server-down',
  server: fallen(serverKey, since),
});
const back = (serverKey: number, until: number, unknownMs = 0): IncidentCommand => ({
  type: 'server-up',
  serverKey,
  until,
  unknownMs,
});
const acknowledge: IncidentCommand = { type: 'acknowledge', userId: '1' };

interface Step {
  readonly events: readonly IncidentEvent[];
  readonly refused: string | null;
}

function give(state: IncidentState, command: IncidentCommand, now: number) {
  const decision = decideIncident(state, command, now);
  if (isIncidentRefusal(decision)) {
    return { state, step: { events: [], refused: decision.refused } satisfies Step };
  }
  const after = decision.reduce((next, event) => evolveIncident(next, event, now), state);
  return { state: after, step: { events: decision, refused: null } satisfies Step };
}

function live(
  commands: readonly (readonly [IncidentCommand, number])[],
  policy: Partial<IncidentPolicy> = {},
) {
  let state = newIncident({ openedAt: OPENED, policy: { ...POLICY, ...policy } });
  const steps: Step[] = [];
  for (const [command, now] of commands) {
    const next = give(state, command, now);
    state = next.state;
    steps.push(next.step);
  }
  return { state, steps, last: steps.at(-1) };
}

/** What happens by itself from now on, as `kind` and minutes after the opening. */
function deadlinesFrom(state: IncidentState, most: number) {
  const rung: [string, number][] = [];
  let now = state;
  for (let next = nextIncidentDeadline(now); next !== undefined && rung.length < most;) {
    rung.push([next.kind, (next.at - OPENED) / MIN]);
    now = give(now, { type: 'deadline' }, next.at).state;
    next = nextIncidentDeadline(now);
  }
  return rung;
}

describe('news', () => {
  it('of one server opens and ends an incident', () => {
    const { state, steps } = live([
      [fell(1), OPENED],
      [back(1, OPENED + MIN, 5), OPENED + 2 * MIN],
    ]);
    expect(steps.flatMap(({ events }) => events.map(({ type }) => type))).toEqual([
      'server-down',
      'server-up',
      'recovered',
    ]);
    expect(state).toMatchObject({
      status: 'recovered',
      recoveredAt: OPENED + MIN,
      seq: 3,
      servers: [{ serverKey: 1, until: OPENED + MIN, unknownMs: 5 }],
    });
  });

  it('is nothing when it comes twice', () => {
    const { steps } = live([
      [fell(1), OPENED],
      [fell(2), OPENED],
      [fell(1), OPENED],
      [back(1, OPENED + MIN), OPENED + MIN],
      [back(1, OPENED + MIN), OPENED + MIN],
      [fell(1), OPENED + MIN],
    ]);
    expect(steps.map(({ events }) => events.length)).toEqual([1, 1, 0, 1, 0, 0]);
  });

  it('of one server’s return leaves the others', () => {
    const { state } = live([
      [fell(1), OPENED],
      [fell(2), OPENED],
      [back(1, OPENED + MIN), OPENED + MIN],
    ]);
    expect(state).toMatchObject({ status: 'open', recoveredAt: null });
  });

  it('ends the incident when the last one was back, whatever was heard last', () => {
    const { state } = live([
      [fell(1), OPENED],
      [fell(2), OPENED],
      [back(1, OPENED + 5 * MIN), OPENED + 6 * MIN],
      [back(2, OPENED + MIN), OPENED + 7 * MIN],
    ]);
    expect(state.recoveredAt).toBe(OPENED + 5 * MIN);
  });

  it('counts a server that falls again while others are down', () => {
    const { state, steps } = live([
      [fell(1), OPENED],
      [fell(2), OPENED],
      [back(1, OPENED + MIN), OPENED + MIN],
      [fell(1, OPENED + 2 * MIN), OPENED + 3 * MIN],
      [back(1, OPENED + MIN), OPENED + 3 * MIN],
      [back(2, OPENED + 4 * MIN), OPENED + 5 * MIN],
    ]);
    expect(state.servers.map(({ serverKey, until }) => [serverKey, until])).toEqual([
      [1, OPENED + MIN],
      [2, OPENED + 4 * MIN],
      [1, null],
    ]);
    expect(steps[4]?.events).toEqual([]);
    expect(state.status).toBe('open');
  });

  it('of another cause is told once', () => {
    const changed: IncidentCommand = { type: 'cause-changed', serverKey: 1, cause: 'refused' };
    const { state, steps } = live([
      [changed, OPENED],
      [fell(1), OPENED],
      [changed, OPENED],
      [changed, OPENED],
    ]);
    expect(steps.map(({ events }) => events.length)).toEqual([0, 1, 1, 0]);
    expect(state.servers[0]?.cause).toBe('refused');
  });

  it('of flapping lasts as long as one of the servers flaps', () => {
    const flaps = (serverKey: number, flapping: boolean): IncidentCommand => ({
      type: 'flapping',
      serverKey,
      flapping,
    });
    const before: [IncidentCommand, number][] = [
      [fell(1), OPENED],
      [fell(2), OPENED],
      [flaps(1, true), OPENED],
      [flaps(2, true), OPENED],
      [flaps(1, false), OPENED],
    ];
    expect(live(before).state.flapping).toBe(true);
    expect(live([...before, [flaps(1, false), OPENED]]).last?.events).toEqual([]);
    expect(live([...before, [flaps(2, false), OPENED]]).state.flapping).toBe(false);
    expect(live([...before, [back(2, OPENED), OPENED]]).state.flapping).toBe(false);
  });

  it('after the end is nothing, and a late acknowledgement is refused', () => {
    const over: [IncidentCommand, number][] = [
      [fell(1), OPENED],
      [back(1, OPENED + MIN), OPENED + MIN],
    ];
    expect(live([...over, [fell(2), OPENED + 2 * MIN]]).last?.events).toEqual([]);
    expect(live([...over, [acknowledge, OPENED + 2 * MIN]]).last?.refused).toBe('over');
    const note: IncidentCommand = { type: 'note', userId: '1', note: 'sealed' };
    expect(live([...over, [note, OPENED + 2 * MIN]]).last?.events).toEqual([
      { type: 'noted', by: '1', note: 'sealed' },
    ]);
  });
});

describe('acknowledging', () => {
  it('counts once', () => {
    const { state, steps } = live([
      [fell(1), OPENED],
      [acknowledge, OPENED + MIN],
      [{ type: 'acknowledge', userId: '2' }, OPENED + 2 * MIN],
    ]);
    expect(state).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: '1', at: OPENED + MIN },
    });
    expect(steps[2]?.refused).toBe('already-acknowledged');
  });

  it('stops reminders and raising', () => {
    const { state } = live([
      [fell(1), OPENED],
      [acknowledge, OPENED + MIN],
    ]);
    expect(nextIncidentDeadline(state)).toBeUndefined();
    expect(give(state, { type: 'deadline' }, OPENED + 1e9).step.events).toEqual([]);
  });
});

describe('what happens by itself', () => {
  it('is reminders with the policy’s gaps, the last of which repeats, and one raising', () => {
    expect(deadlinesFrom(live([[fell(1), OPENED]]).state, 6)).toEqual([
      ['remind', 10],
      ['raise', 20],
      ['remind', 40],
      ['remind', 100],
      ['remind', 160],
      ['remind', 220],
    ]);
  });

  it('is raising first when both are due', () => {
    const { state } = live([[fell(1), OPENED]], { raiseAfterMs: 10 * MIN });
    expect(deadlinesFrom(state, 2)).toEqual([
      ['raise', 10],
      ['remind', 10],
    ]);
  });

  it('is no raising where nobody is above', () => {
    const { state } = live([[fell(1), OPENED]], { seniorRoleIds: [], remindAfterMs: [] });
    expect(nextIncidentDeadline(state)).toBeUndefined();
  });

  it('is nothing where the administration is told nowhere, and after the end', () => {
    expect(
      nextIncidentDeadline(live([[fell(1), OPENED]], { alertChannelId: null }).state),
    ).toBeUndefined();
    const { state } = live([
      [fell(1), OPENED],
      [back(1, OPENED), OPENED],
    ]);
    expect(nextIncidentDeadline(state)).toBeUndefined();
  });

  it('never comes as a flood', () => {
    const { state } = live([[fell(1), OPENED]], { remindAfterMs: [0], raiseAfterMs: null });
    expect(deadlinesFrom(state, 3)).toEqual([
      ['remind', 1],
      ['remind', 2],
      ['remind', 3],
    ]);
  });

  it('happens at its time and not before', () => {
    const { state } = live([[fell(1), OPENED]]);
    const at = nextIncidentDeadline(state)?.at ?? NaN;
    expect(give(state, { type: 'deadline' }, at - 1).step.events).toEqual([]);
    expect(give(state, { type: 'deadline' }, at).step.events).toEqual([{ type: 'reminded' }]);
  });
});

describe('whatever is told', () => {
  const anyKey = fc.integer({ min: 1, max: 3 });
  const anyAt = fc.integer({ min: 0, max: 50 }).map((minutes) => OPENED + minutes * MIN);
  const anyCommand: fc.Arbitrary<IncidentCommand> = fc.oneof(
    fc.tuple(anyKey, anyAt).map(([key, at]) => fell(key, at)),
    fc.tuple(anyKey, anyAt).map(([key, at]) => back(key, at)),
    fc.constant(acknowledge),
    fc.constant<IncidentCommand>({ type: 'deadline' }),
    fc
      .tuple(anyKey, fc.boolean())
      .map(([serverKey, flapping]): IncidentCommand => ({ type: 'flapping', serverKey, flapping })),
  );
  const anyLife = fc.array(fc.tuple(anyCommand, anyAt), { maxLength: 40 });

  it('an incident is over exactly when all of its servers are back, and nothing follows', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        let state = newIncident({ openedAt: OPENED, policy: POLICY });
        for (const [command, now] of commands) {
          const { state: after, step } = give(state, command, now);
          const allBack =
            after.servers.length > 0 && after.servers.every(({ until }) => until !== null);
          expect(after.status === 'recovered').toBe(allBack);
          expect(state.status === 'recovered' && step.events.length > 0).toBe(false);
          state = after;
        }
      }),
    );
  });

  it('the same a second time changes nothing', () => {
    fc.assert(
      fc.property(anyLife, anyCommand, anyAt, (commands, command, now) => {
        const once = give(live(commands).state, command, now).state;
        if (command.type === 'deadline') return;
        expect(give(once, command, now).state).toEqual(once);
      }),
    );
  });

  it('no server is down twice at once, and none is back before it fell', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        const { servers } = live(commands).state;
        const down = servers.filter(({ until }) => until === null).map((one) => one.serverKey);
        expect(new Set(down).size).toBe(down.length);
        expect(servers.filter(({ since, until }) => until !== null && until < since)).toEqual([]);
      }),
    );
  });

  it('the seniors are called at most once, and nobody after an acknowledgement', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        const types = live(commands).steps.flatMap(({ events }) => events.map(({ type }) => type));
        expect(types.filter((type) => type === 'raised').length).toBeLessThanOrEqual(1);
        const acknowledged = types.indexOf('acknowledged');
        const after = acknowledged < 0 ? [] : types.slice(acknowledged);
        expect(after).not.toContain('raised');
        expect(after).not.toContain('reminded');
      }),
    );
  });
});
