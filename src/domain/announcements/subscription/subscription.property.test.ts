import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance } from './advance';
import { nextStep } from './step';
import {
  DAY,
  HOUR,
  MINUTE,
  newSubscription,
  TROUBLES,
  type HubPlace,
  type KeptSource,
  type SubscriptionCommand,
  type SubscriptionState,
} from './subscription';

const BORN = Date.UTC(2026, 0, 1);

const anyPlace: fc.Arbitrary<HubPlace> = fc
  .constantFrom('a', 'b')
  .map((id) => ({ id, sealed: id }));
const anySource: fc.Arbitrary<KeptSource | null> = fc.option(
  fc.record({
    createdAt: fc.constantFrom(BORN, BORN + HOUR),
    polled: fc.option(
      fc.record({
        id: fc.constantFrom('x', 'y'),
        everyMs: fc.constantFrom(MINUTE, HOUR),
        everyMsWithHub: fc.constant(2 * HOUR),
      }),
    ),
    hub: fc.oneof(anyPlace, fc.constant('found' as const), fc.constant(null)),
    secretMadeAt: fc.constantFrom(null, 1, 2),
    silentAfterMs: fc.constantFrom(null, HOUR, 3 * DAY),
  }),
  { freq: 10 },
);
const anyLease = fc.constantFrom(null, 0, 1, 60, 432_000, 1e12);

/** Whatever may come from outside, fitting or not. */
const anyNews: fc.Arbitrary<SubscriptionCommand> = fc.oneof(
  fc.constant({ type: 'changed' } as const),
  fc.constant({ type: 'deadline' } as const),
  fc.record({
    type: fc.constant('hub-asked' as const),
    act: fc.constantFrom('subscribe' as const, 'unsubscribe' as const),
    leaseSeconds: anyLease,
  }),
  fc.constant({ type: 'revoked', reason: 'no' } as const),
  fc.record({
    type: fc.constant('refused' as const),
    kind: fc.constantFrom('mis-signed' as const, 'malformed' as const),
    count: fc.integer({ min: 1, max: 30 }),
    at: fc.constant(BORN),
  }),
);

/** How the next effect ends, and what comes while it is under way. */
const anyTurn = fc.record({
  passes: fc.constantFrom(0, 1, MINUTE, HOUR, DAY, 40 * DAY),
  before: fc.array(anyNews, { maxLength: 2 }),
  during: fc.array(anyNews, { maxLength: 2 }),
  source: anySource,
  lastDeliveryAt: fc.constantFrom(null, BORN, BORN + DAY),
  ask: fc.constantFrom('accepted' as const, 'refused' as const, 'unreachable' as const),
  poll: fc.constantFrom(
    'fine' as const,
    'unreachable' as const,
    'malformed' as const,
    'ended' as const,
  ),
  found: fc.constantFrom<HubPlace | null | undefined>({ id: 'f', sealed: 'f' }, null, undefined),
  isTold: fc.boolean(),
});
type Turn = typeof anyTurn extends fc.Arbitrary<infer T> ? T : never;

interface Told {
  readonly trouble: string;
  readonly over: boolean;
}

/** Plays a turn as the workflow does: whatever is to be done is begun, and ends after what comes meanwhile. */
function play(before: SubscriptionState, turn: Turn, now: number, told: Told[]) {
  let state = before;
  const hear = (command: SubscriptionCommand): void => {
    state = advance(state, command, now);
    check(state, now);
  };
  turn.before.forEach(hear);
  hear({ type: 'deadline' });
  const step = nextStep(state, now);
  const meanwhile = (): void => {
    turn.during.forEach(hear);
  };
  switch (step.step) {
    case 'look':
      hear({ type: 'looking' });
      meanwhile();
      hear({
        type: 'looked',
        look: { source: turn.source, lastDeliveryAt: turn.lastDeliveryAt, told: [] },
      });
      break;
    case 'ask':
      hear({ type: 'asking' });
      meanwhile();
      hear({
        type: 'asked',
        outcome:
          turn.ask === 'accepted'
            ? { outcome: 'accepted', secretMadeAt: 1 }
            : { outcome: turn.ask, reason: 'no' },
      });
      break;
    case 'record': {
      const { hub } = state;
      meanwhile();
      if (hub !== null) hear({ type: 'recorded', hub });
      break;
    }
    case 'unsubscribe':
      meanwhile();
      hear({ type: 'unsubscribed', place: step.place });
      break;
    case 'poll':
      meanwhile();
      hear({
        type: 'polled',
        outcome:
          turn.poll === 'fine'
            ? {
                outcome: 'fine',
                delivered: turn.isTold,
                ...(turn.found !== undefined && { hub: turn.found }),
              }
            : { outcome: turn.poll, reason: 'no', notBefore: null },
      });
      break;
    case 'tell': {
      const { trouble, over } = step.trouble;
      meanwhile();
      if (turn.isTold) told.push({ trouble, over });
      hear(turn.isTold ? { type: 'told', trouble, over } : { type: 'not-told' });
      break;
    }
    case 'erase':
      meanwhile();
      hear({ type: 'erased', more: turn.isTold });
      break;
    default:
  }
  return state;
}

function check(state: SubscriptionState, now: number): void {
  const step = nextStep(state, now);
  // It never waits for what has been.
  expect(step.step === 'wait' && step.until <= now).toBe(false);
  const { hub } = state;
  // Nobody sends beyond the lease, and no lease is longer than ten days.
  expect(hub?.status === 'active').toBe(hub !== null && hub.leaseUntil !== null);
  if (hub !== null && hub.leaseUntil !== null) {
    expect(hub.leaseUntil).toBeGreaterThan(now);
    expect(hub.leaseUntil).toBeLessThanOrEqual(now + 10 * DAY);
  }
  for (const trouble of TROUBLES) {
    expect(state.troubles.filter((one) => one.trouble === trouble).length).toBeLessThan(2);
  }
  // What a run leaves to the next one goes through JSON.
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
}

describe('whatever a source and its hub do', () => {
  it('the keeper waits for what is to come, follows no lease that is over, and tells each trouble by turns', () => {
    fc.assert(
      fc.property(fc.array(anyTurn, { minLength: 1, maxLength: 60 }), (turns) => {
        let now = BORN;
        let state = newSubscription(now);
        const told: Told[] = [];
        for (const turn of turns) {
          const isOther = state.source?.createdAt;
          state = play(state, turn, now, told);
          // Of another source, or of none, all is forgotten.
          if (state.source?.createdAt !== isOther) told.length = 0;
          now += turn.passes;
        }
        for (const trouble of TROUBLES) {
          const said = told.filter((one) => one.trouble === trouble).map(({ over }) => over);
          expect(said).toEqual(said.map((_, index) => index % 2 === 1));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a hub is not asked more often than every ten seconds, unless the definition changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyNews, fc.integer({ min: 0, max: 5_000 })), { maxLength: 80 }),
        (all) => {
          let now = BORN;
          let state = newSubscription(now);
          const asked: number[] = [];
          const source = {
            ...{ createdAt: BORN, polled: null, secretMadeAt: 1, silentAfterMs: null },
            hub: { id: 'a', sealed: 'a' },
          };
          for (const [news, passes] of all) {
            state = advance(state, news, now);
            const step = nextStep(state, now);
            if (step.step === 'look') {
              state = advance(state, { type: 'looking' }, now);
              const look = { source, lastDeliveryAt: null, told: [] };
              state = advance(state, { type: 'looked', look }, now);
            } else if (step.step === 'record' && state.hub !== null) {
              state = advance(state, { type: 'recorded', hub: state.hub }, now);
            } else if (step.step === 'tell') {
              const { trouble, over } = step.trouble;
              state = advance(state, { type: 'told', trouble, over }, now);
            } else if (step.step === 'ask') {
              asked.push(now);
              state = advance(state, { type: 'asking' }, now);
              const outcome = { outcome: 'accepted', secretMadeAt: 1 } as const;
              state = advance(state, { type: 'asked', outcome }, now);
            }
            now += passes;
          }
          const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
          expect(gaps.filter((gap) => gap < 10_000)).toEqual([]);
        },
      ),
    );
  });
});
