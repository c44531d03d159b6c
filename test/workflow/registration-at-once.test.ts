import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import fc from 'fast-check';
import type { CommandVerdict, GuessVerdict } from '../../workflows/registration/contract';
import { cancelRegistration } from '../../workflows/registration/contract';
import { hash, POLICY, RegistrationStage, type Attempt } from './registration-stage';

type Deed =
  | { readonly type: 'guess'; readonly codeHash: string; readonly updateId: string }
  | { readonly type: 'new-code'; readonly interactionId: string }
  | { readonly type: 'cancel' };

/** Requests are repeated: few ids for many guesses, each always with the same code. */
const anyGuess = fc.integer({ min: 1, max: 8 }).map((number): Deed => {
  const codeHash = number > 5 ? hash(number - 5) : `wrong-${number}`;
  return { type: 'guess', codeHash, updateId: `webhook-${number}` };
});
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: anyGuess },
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 1, max: 4 })
      .map((number): Deed => ({ type: 'new-code', interactionId: `click-${number}` })),
  },
  { weight: 1, arbitrary: fc.constant<Deed>({ type: 'cancel' }) },
);

/** Requests in each of several waves come at once. */
const anyWaves = fc.array(fc.array(anyDeed, { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 4,
});

const LIVES = 12;

describe('a registration that is asked for many things at once', () => {
  let stage: RegistrationStage;

  beforeAll(async () => {
    stage = await RegistrationStage.set();
  });

  afterAll(async () => {
    await stage.strike();
  });

  const ask = async (
    attempt: Attempt,
    deed: Deed,
  ): Promise<GuessVerdict | CommandVerdict | 'over'> => {
    try {
      switch (deed.type) {
        case 'guess':
          return await attempt.guess(deed.codeHash, deed.updateId);
        case 'new-code':
          return await attempt.newCode(deed.interactionId);
        case 'cancel':
          return await attempt.handle.executeUpdate(cancelRegistration);
      }
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'over';
      throw error;
    }
  };

  /** What each request was told, and how it ended. */
  const live = async (waves: readonly (readonly Deed[])[]) => {
    const attempt = await (await stage.begin()).sent();
    const told = new Map<string, Set<string>>();
    for (const wave of waves) {
      await Promise.all(
        wave.map(async (deed) => {
          const verdict = await ask(attempt, deed);
          if (deed.type !== 'guess' || verdict === 'over') return;
          const verdicts = told.get(deed.updateId) ?? new Set();
          told.set(deed.updateId, verdicts.add(JSON.stringify(verdict)));
        }),
      );
    }
    await stage.env.sleep(POLICY.timeoutMs + 1_000);
    const end = await attempt.conclusion();
    if (end === undefined) throw new Error('It was not concluded.');
    return { told, end, effects: attempt.effects };
  };

  it('counts each request once, tells everybody what became of it, and ends once', async () => {
    const property = fc.asyncProperty(anyWaves, async (waves) => {
      const { told, end, effects } = await live(waves);
      const { state, events } = end;
      const verdicts = [...told.values()].flatMap((set) => [...set]);
      // The same request, the same answer.
      expect(verdicts).toHaveLength(told.size);
      const wrong = verdicts.filter((verdict) => verdict.includes('"wrong-code"'));
      expect(wrong).toHaveLength(state.status === 'locked' ? state.wrong - 1 : state.wrong);
      // No two were told the same number of attempts.
      expect(new Set(wrong).size).toBe(wrong.length);
      const verified = verdicts.some((verdict) => verdict.includes('"verified":true'));
      expect(verified).toBe(state.status === 'verified');
      expect(effects.links).toHaveLength(verified ? 1 : 0);
      expect(effects.codes.map(({ number }) => number)).toEqual(
        Array.from({ length: state.codes }, (_, index) => index + 1),
      );
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    });
    await fc.assert(property, { numRuns: LIVES, endOnFailure: true });
  });
});
