import fc from 'fast-check';
import type { Player } from '../../src/domain/registration/account';
import { decideRegistration, isRegistrationRefusal } from '../../src/domain/registration/decide';
import { evolveRegistration, newRegistration } from '../../src/domain/registration/evolve';
import type {
  Guess,
  RegistrationCommand,
  RegistrationEvent,
  RegistrationPolicy,
  RegistrationRefusal,
  RegistrationState,
} from '../../src/domain/registration/registration';

/** Registrations as they may go, for properties that hold in each: commands by anybody, effects with any outcome. */

export const NAME = 'Ada_Lovelace';
export const UUID = '6d1f6e1c-0d1e-4a53-9a3e-0f6b5c3d2a10';
const OTHER_UUID = '0b8a2f7e-54c1-4f9b-8a67-2f1f9f0e7c55';

export const player = (more: Partial<Player> = {}): Player => ({
  edition: 'java',
  name: NAME,
  uuid: UUID,
  ...more,
});

export const POLICY: RegistrationPolicy = {
  code: 'letters',
  timeoutMs: 600_000,
  mostAttempts: 5,
  lockMs: 3_600_000,
  mostCodes: 3,
};

/** The how many-th code's hash, as an activity gives it. */
export const hashOf = (number: number): string => `hash-${number}`;

export type Step =
  | { readonly by: 'command'; readonly command: RegistrationCommand; readonly after: number }
  /** The effect that is under way, if there is one, ends so. */
  | { readonly by: 'effect'; readonly ends: 'well' | 'badly' | 'refused'; readonly after: number };

export interface Moment {
  readonly before: RegistrationState;
  readonly after: RegistrationState;
  readonly step: Step;
  readonly at: number;
  readonly events: readonly RegistrationEvent[];
  readonly refusal: RegistrationRefusal | null;
}

export interface Life {
  readonly policy: RegistrationPolicy;
  readonly wrongBefore: number;
  readonly steps: readonly Step[];
}

const anyPlayer = fc.oneof(
  { weight: 6, arbitrary: fc.constant(player()) },
  { weight: 2, arbitrary: fc.constant(player({ name: NAME.toUpperCase() })) },
  { weight: 1, arbitrary: fc.constant(player({ name: 'Ada_Lovelac', uuid: OTHER_UUID })) },
  { weight: 1, arbitrary: fc.constant(player({ edition: 'bedrock', uuid: OTHER_UUID })) },
  { weight: 1, arbitrary: fc.constant(player({ uuid: OTHER_UUID })) },
);

const anyGuess: fc.Arbitrary<Guess> = fc.record({
  serverId: fc.constantFrom('survival', 'lobby'),
  player: anyPlayer,
  codeHash: fc.constantFrom('wrong', 'wrong', hashOf(1), hashOf(2), hashOf(3)),
});

const anyCommand: fc.Arbitrary<RegistrationCommand> = fc.oneof(
  {
    weight: 8,
    arbitrary: anyGuess.map((guess) => ({ type: 'guess' as const, guess })),
  },
  { weight: 3, arbitrary: fc.constant({ type: 'new-code' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'cancel' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'deadline' as const }) },
);

const anyPause = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 900_000 }) },
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      by: fc.constant('command' as const),
      command: anyCommand,
      after: anyPause,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant('effect' as const),
      ends: fc.oneof(
        { weight: 6, arbitrary: fc.constant('well' as const) },
        { weight: 1, arbitrary: fc.constantFrom('badly' as const, 'refused' as const) },
      ),
      after: anyPause,
    }),
  },
);

export const anyLife: fc.Arbitrary<Life> = fc.record({
  policy: fc.record({
    code: fc.constantFrom('letters' as const, 'digits' as const),
    timeoutMs: fc.integer({ min: 60_000, max: 900_000 }),
    mostAttempts: fc.integer({ min: 1, max: 5 }),
    lockMs: fc.integer({ min: 1, max: 86_400_000 }),
    mostCodes: fc.integer({ min: 1, max: 4 }),
  }),
  wrongBefore: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 })),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 40 }),
});

const BEGUN = Date.UTC(2026, 0, 1);

/** What happens in a life, step by step. */
export function live({ policy, wrongBefore, steps }: Life): Moment[] {
  let state = newRegistration({ userId: '1', edition: 'java', name: NAME }, BEGUN);
  let at = BEGUN;
  return steps.map((step) => {
    at += step.after;
    const before = state;
    const decision =
      step.by === 'command'
        ? decideRegistration(before, step.command, at)
        : outcome(before, step.ends, policy, wrongBefore);
    const refusal = isRegistrationRefusal(decision) ? decision : null;
    const events = isRegistrationRefusal(decision) ? [] : decision;
    state = events.reduce((next, event) => evolveRegistration(next, event, at), state);
    return { before, after: state, step, at, events, refusal };
  });
}

/** What the effect that is under way reports. */
function outcome(
  state: RegistrationState,
  ends: 'well' | 'badly' | 'refused',
  policy: RegistrationPolicy,
  wrong: number,
): readonly RegistrationEvent[] {
  if (state.status === 'linking') {
    return ends === 'well'
      ? [{ type: 'verified' }]
      : [{ type: 'rejected', rejection: { refused: 'taken' } }];
  }
  if (state.status !== 'starting') return [];
  const first = state.policy === null;
  if (ends === 'well') {
    const sent = { type: 'code-sent' as const, codeHash: hashOf(state.codes + 1) };
    return first ? [{ type: 'started', policy, wrong }, sent] : [sent];
  }
  if (!first) return [{ type: 'code-unseen' }];
  return [
    { type: 'refused', refusal: { refused: ends === 'badly' ? 'too-late' : 'already-yours' } },
  ];
}
