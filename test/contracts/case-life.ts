import fc from 'fast-check';
import { newCase, type Actor, type CasePolicy, type CaseState } from '../../src/domain/cases/case';
import type { CaseCommand, PersonCommand, Refusal } from '../../src/domain/cases/commands';
import { isRefusal } from '../../src/domain/cases/commands';
import { nextDeadline } from '../../src/domain/cases/deadline';
import { decide } from '../../src/domain/cases/decide';
import type { CaseEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';

/** Lives of cases as chance would have them: for properties of the case decider. */

export const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 10, 12);
const OPENER = '100';

/** One of each standing. The teams are those of `anyPolicy`, the handling one first. */
export const PEOPLE = {
  opener: { userId: OPENER, teams: [], admin: false },
  openerOnStaff: { userId: OPENER, teams: ['helpers'], admin: false },
  helper: { userId: '201', teams: ['helpers'], admin: false },
  otherHelper: { userId: '202', teams: ['helpers'], admin: false },
  senior: { userId: '203', teams: ['seniors'], admin: false },
  head: { userId: '204', teams: ['heads', 'builders'], admin: false },
  admin: { userId: '205', teams: [], admin: true },
  stranger: { userId: '301', teams: [], admin: false },
  otherTeam: { userId: '302', teams: ['builders'], admin: false },
} satisfies Record<string, Actor>;

export type PersonName = keyof typeof PEOPLE;

/** What happens next: somebody or something gives a command, or the effect that is under way ends. */
export type Step = { readonly after: Pause } & (
  { readonly command: CaseCommand } | { readonly effect: 'succeeds' | 'fails' }
);

/** Milliseconds, also after the case's next deadline, if it has one. */
type Pause = { readonly ms: number; readonly pastDeadline: boolean };

/** One step of a life and what came of it. */
export interface Moment {
  readonly at: number;
  /** `null`: an effect ended. */
  readonly command: CaseCommand | null;
  readonly before: CaseState;
  /** What was decided, or what the effect reported. */
  readonly events: readonly CaseEvent[];
  readonly refusal: Refusal | null;
  readonly after: CaseState;
}

const duration = fc.integer({ min: 1, max: 100 * HOUR });

export const anyPolicy: fc.Arbitrary<CasePolicy> = fc.record({
  teamChain: fc.constantFrom(['helpers'], ['helpers', 'seniors'], ['helpers', 'seniors', 'heads']),
  inactivity: fc.option(
    fc
      .tuple(duration, duration)
      .map(([warnAfterMs, more]) => ({ warnAfterMs, closeAfterMs: warnAfterMs + more })),
    { freq: 6 },
  ),
  reopenWindowMs: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: duration },
  ),
});

export const anyPersonCommand = (actor: Actor): fc.Arbitrary<PersonCommand> =>
  fc.oneof(
    ...(['claim', 'claim', 'release', 'raise', 'reopen', 'reopen'] as const).map((type) =>
      fc.constant({ type, actor }),
    ),
    ...(['resolve', 'close'] as const).map((type) => fc.constant({ type, actor, note: null })),
  );

/** In a life, the newest message is some time before the step; its instant is filled in by `live`. */
const anyCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.values(PEOPLE)).chain(anyPersonCommand) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('messages' as const),
      lastAt: fc.oneof(fc.constant(0), fc.integer({ min: -5 * HOUR, max: 0 })),
      staff: fc.option(fc.record({ userId: fc.constant('201'), at: fc.constant(-1) })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('channel-gone' as const),
      channelId: fc.constantFrom('1', '2', '3', 'other'),
    }),
  },
);

const soon: fc.Arbitrary<Pause> = fc.record({
  ms: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: HOUR })),
  pastDeadline: fc.constant(false),
});

/** The clock rings when it should, or late after an outage, or for nothing. */
const anyRing: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(
    fc.record({ ms: fc.constant(0), pastDeadline: fc.constant(true) }),
    fc.record({ ms: fc.integer({ min: 1, max: 200 * HOUR }), pastDeadline: fc.boolean() }),
  ),
  command: fc.constant({ type: 'deadline' as const }),
});

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ after: soon, command: anyCommand }) },
  { weight: 3, arbitrary: anyRing },
  {
    weight: 3,
    arbitrary: fc.record({
      after: soon,
      effect: fc.constantFrom('succeeds' as const, 'succeeds' as const, 'fails' as const),
    }),
  },
);

const at = (ms: number) => ({ after: { ms, pastDeadline: false } });
const OPENED: Step = { ...at(1_000), effect: 'succeeds' };
const CLAIMED: Step = { ...at(60_000), command: { type: 'claim', actor: PEOPLE.helper } };
const RESOLVED: Step = {
  ...at(60_000),
  command: { type: 'resolve', actor: PEOPLE.helper, note: null },
};
const CLOSED: readonly Step[] = [
  { ...at(HOUR), command: { type: 'close', actor: PEOPLE.helper, note: null } },
  { ...at(1_000), effect: 'succeeds' },
];
const REOPENED: Step = { ...at(0), command: { type: 'reopen', actor: PEOPLE.opener } };

/** Chance alone would seldom come far: some lives begin later. */
const anyBeginning: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.constant([OPENED]) },
  { weight: 2, arbitrary: fc.constant([OPENED, CLAIMED]) },
  { weight: 1, arbitrary: fc.constant([OPENED, RESOLVED]) },
  { weight: 1, arbitrary: fc.constant([OPENED, CLAIMED, RESOLVED]) },
  { weight: 1, arbitrary: fc.constant([OPENED, ...CLOSED]) },
  { weight: 2, arbitrary: fc.constant([OPENED, ...CLOSED, REOPENED]) },
  { weight: 2, arbitrary: fc.constant([OPENED, CLAIMED, ...CLOSED, REOPENED]) },
);

export const anyLife: fc.Arbitrary<{ policy: CasePolicy; steps: Step[] }> = fc.record({
  policy: anyPolicy,
  steps: fc
    .tuple(anyBeginning, fc.array(anyStep, { minLength: 1, maxLength: 25, size: 'max' }))
    .map(([beginning, steps]) => [...beginning, ...steps]),
});

/** Leads a case through the steps, as the workflow would. */
export function live(policy: CasePolicy, steps: readonly Step[]): Moment[] {
  const accepted: CaseEvent = { type: 'accepted', number: 1, policy };
  let state = evolve(newCase(OPENER, START), accepted, START);
  let now = START;
  return steps.map((step) => {
    now = pausedUntil(state, step.after, now);
    const moment =
      'command' in step
        ? give(state, timed(step.command, now), now)
        : report(state, step.effect, now);
    state = moment.after;
    return moment;
  });
}

function pausedUntil(state: CaseState, { ms, pastDeadline }: Pause, now: number): number {
  const deadline = pastDeadline ? nextDeadline(state) : undefined;
  return Math.max(now, deadline?.at ?? now) + ms;
}

/** The state and the instant at the end of a life. */
export function endOf(policy: CasePolicy, moments: readonly Moment[]) {
  const last = moments.at(-1);
  const accepted: CaseEvent = { type: 'accepted', number: 1, policy };
  return {
    state: last?.after ?? evolve(newCase(OPENER, START), accepted, START),
    now: last?.at ?? START,
  };
}

export function give(state: CaseState, command: CaseCommand, at: number): Moment {
  const decision = decide(state, command, at);
  const events = isRefusal(decision) ? [] : decision;
  return {
    at,
    command,
    before: state,
    events,
    refusal: isRefusal(decision) ? decision : null,
    after: applyAll(state, events, at),
  };
}

/** What the effect that the case waits for, if it does, reports when it ends. */
export function report(state: CaseState, effect: 'succeeds' | 'fails', at: number): Moment {
  const events = reported(state, effect === 'succeeds');
  return {
    at,
    command: null,
    before: state,
    events,
    refusal: null,
    after: applyAll(state, events, at),
  };
}

function reported(state: CaseState, success: boolean): CaseEvent[] {
  switch (state.status) {
    case 'opening':
    case 'reopening': {
      const channelId = String(state.generation);
      return success
        ? [{ type: 'channel-created', channelId, messageId: `9${channelId}` }]
        : [{ type: 'opening-failed', code: '50013' }];
    }
    case 'closing':
      return success
        ? [{ type: 'closed', messages: 3 }]
        : [{ type: 'closing-delayed', code: 'storage-unavailable' }];
    case 'refused':
    case 'failed':
    case 'open':
    case 'claimed':
    case 'resolved':
    case 'closed':
    case 'ended':
      return [];
  }
}

function timed(command: CaseCommand, now: number): CaseCommand {
  if (command.type !== 'messages') return command;
  const lastAt = now + command.lastAt;
  return { ...command, lastAt, staff: command.staff && { ...command.staff, at: lastAt } };
}

function applyAll(state: CaseState, events: readonly CaseEvent[], at: number): CaseState {
  return events.reduce((before, event) => evolve(before, event, at), state);
}
