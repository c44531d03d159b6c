import { describe, expect, it } from '@jest/globals';
import { hashOf, NAME, player, POLICY } from '../../../test/contracts/registration-life';
import { nextRegistrationDeadline } from './deadline';
import { decideRegistration, isOver, isRegistrationRefusal, isSettled } from './decide';
import { evolveRegistration, newRegistration } from './evolve';
import type {
  RegistrationCommand,
  RegistrationEvent,
  RegistrationPolicy,
  RegistrationState,
} from './registration';

const START = Date.UTC(2026, 5, 1, 12);
const MINUTE = 60_000;

const begun = newRegistration({ userId: '7', edition: 'java', name: NAME }, START);
const after = (
  state: RegistrationState,
  events: readonly RegistrationEvent[],
  at = START,
): RegistrationState => events.reduce((next, event) => evolveRegistration(next, event, at), state);
const waiting = (policy: Partial<RegistrationPolicy> = {}, wrong = 0): RegistrationState =>
  after(begun, [
    { type: 'started', policy: { ...POLICY, ...policy }, wrong },
    { type: 'code-sent', codeHash: hashOf(1) },
  ]);
const guess = (codeHash: string, who = player()): RegistrationCommand => ({
  type: 'guess',
  guess: { serverId: 'survival', player: who, codeHash },
});
/** Gives commands one after the other. @returns the state, and what became of the last one */
const give = (state: RegistrationState, commands: readonly RegistrationCommand[], at = START) => {
  let last: ReturnType<typeof decideRegistration> = [];
  let next = state;
  for (const command of commands) {
    last = decideRegistration(next, command, at);
    if (!isRegistrationRefusal(last)) next = after(next, last, at);
  }
  return { state: next, last };
};

describe('a registration', () => {
  it('waits for a code to be sent before it decides anything', () => {
    expect(isSettled(begun)).toBe(false);
    expect(nextRegistrationDeadline(begun)).toBeUndefined();
    for (const command of [guess(hashOf(1)), { type: 'new-code' }, { type: 'cancel' }] as const) {
      expect(decideRegistration(begun, command, START)).toEqual({ refused: 'not-ready' });
    }
  });

  it('takes the right code of the right player in any case', () => {
    const shouting = player({ name: NAME.toUpperCase() });
    expect(decideRegistration(waiting(), guess(hashOf(1), shouting), START)).toEqual([
      { type: 'proven', proof: { serverId: 'survival', player: shouting } },
    ]);
  });

  it('takes nothing from other players, and counts nothing of theirs', () => {
    const other = player({ name: `${NAME}2` });
    for (const typed of [hashOf(1), 'wrong']) {
      expect(decideRegistration(waiting(), guess(typed, other), START)).toEqual({
        refused: 'other-player',
      });
    }
  });

  it('does not take a Bedrock player for a Java player of the same name', () => {
    const bedrock = player({ edition: 'bedrock' });
    expect(decideRegistration(waiting(), guess(hashOf(1), bedrock), START)).toEqual({
      refused: 'other-player',
    });
  });

  it('knows a Bedrock player by the name with or without spaces', () => {
    const subject = { userId: '7', edition: 'bedrock', name: 'Cool Guy' } as const;
    const state = after(newRegistration(subject, START), [
      { type: 'started', policy: POLICY, wrong: 0 },
      { type: 'code-sent', codeHash: hashOf(1) },
    ]);
    const shown = player({ edition: 'bedrock', name: 'cool_guy' });
    expect(decideRegistration(state, guess(hashOf(1), shown), START)).toMatchObject([
      { type: 'proven' },
    ]);
  });

  it('counts wrong codes down and locks', () => {
    const wrong = guess('wrong');
    expect(give(waiting(), [wrong]).last).toEqual([
      { type: 'wrong-code', serverId: 'survival', attemptsLeft: 4 },
    ]);
    const locked = give(waiting(), [wrong, wrong, wrong, wrong, wrong], START + MINUTE);
    expect(locked.last).toEqual([
      { type: 'wrong-code', serverId: 'survival', attemptsLeft: 0 },
      { type: 'locked', until: START + MINUTE + POLICY.lockMs },
    ]);
    expect(decideRegistration(locked.state, guess(hashOf(1)), START + MINUTE)).toEqual({
      refused: 'locked',
      until: START + MINUTE + POLICY.lockMs,
    });
  });

  it('goes on counting where the user’s last one of this name was left', () => {
    expect(give(waiting({}, 3), [guess('wrong')]).last).toMatchObject([{ attemptsLeft: 1 }]);
    expect(give(waiting({}, 4), [guess('wrong')]).state.status).toBe('locked');
    expect(waiting({}, 99).wrong).toBe(4);
  });

  it('lets the older code be worth nothing as soon as a new one is wanted', () => {
    const asked = give(waiting(), [guess('wrong'), { type: 'new-code' }]).state;
    expect(asked).toMatchObject({ status: 'starting', codeHash: null, wrong: 1 });
    const at = START + 5 * MINUTE;
    const renewed = after(asked, [{ type: 'code-sent', codeHash: hashOf(2) }], at);
    expect(renewed).toMatchObject({ codes: 2, wrong: 1, endsAt: at + POLICY.timeoutMs });
    expect(give(renewed, [guess(hashOf(1))], at).last).toMatchObject([{ attemptsLeft: 3 }]);
    expect(give(renewed, [guess(hashOf(2))], at).state.status).toBe('linking');
  });

  it('gives out so many codes and no more', () => {
    const all = waiting({ mostCodes: 1 });
    expect(decideRegistration(all, { type: 'new-code' }, START)).toEqual({
      refused: 'most-codes',
      most: 1,
    });
  });

  it('keeps its time when a new code could not be shown', () => {
    const unseen = after(give(waiting(), [{ type: 'new-code' }]).state, [{ type: 'code-unseen' }]);
    expect(unseen).toMatchObject({ status: 'waiting', codeHash: null, codes: 2 });
    expect(nextRegistrationDeadline(unseen)?.at).toBe(START + POLICY.timeoutMs);
    expect(give(unseen, [guess(hashOf(1))]).last).toMatchObject([{ type: 'wrong-code' }]);
  });

  it('times out at its instant, whether or not somebody notices', () => {
    const end = START + POLICY.timeoutMs;
    expect(decideRegistration(waiting(), { type: 'deadline' }, end - 1)).toEqual([]);
    expect(decideRegistration(waiting(), guess(hashOf(1)), end - 1)).toMatchObject([
      { type: 'proven' },
    ]);
    expect(decideRegistration(waiting(), guess(hashOf(1)), end)).toEqual({ refused: 'timed-out' });
    const over = give(waiting(), [{ type: 'deadline' }], end);
    expect(over.state).toMatchObject({ status: 'timed-out', codeHash: null });
    expect(decideRegistration(over.state, guess(hashOf(1)), end)).toEqual({ refused: 'timed-out' });
  });

  it('can be cancelled', () => {
    const { state } = give(waiting(), [{ type: 'cancel' }]);
    expect(state).toMatchObject({ status: 'cancelled', codeHash: null });
    expect(isOver(state)).toBe(true);
    expect(decideRegistration(state, guess(hashOf(1)), START)).toEqual({ refused: 'over' });
  });

  it('decides nothing while the account is being recorded', () => {
    const linking = give(waiting(), [guess(hashOf(1))]).state;
    expect(nextRegistrationDeadline(linking)).toBeUndefined();
    for (const command of [guess('wrong'), { type: 'new-code' }, { type: 'cancel' }] as const) {
      expect(decideRegistration(linking, command, START)).toEqual({ refused: 'not-ready' });
    }
  });

  it('says the same to the same player with the same code, and tells nobody else', () => {
    const linking = give(waiting(), [guess(hashOf(1))]).state;
    const other = player({ uuid: 'another' });
    for (const event of [
      { type: 'verified' },
      { type: 'rejected', rejection: { refused: 'taken' } },
    ] as const) {
      const over = after(linking, [event]);
      expect(decideRegistration(over, guess(hashOf(1)), START)).toEqual([]);
      expect(decideRegistration(over, guess('wrong'), START)).toEqual({ refused: 'over' });
      expect(decideRegistration(over, guess(hashOf(1), other), START)).toEqual({
        refused: 'over',
      });
    }
  });

  it('that was refused is over', () => {
    const refused = after(begun, [{ type: 'refused', refusal: { refused: 'already-yours' } }]);
    expect(isOver(refused)).toBe(true);
    expect(refused.refusal).toEqual({ refused: 'already-yours' });
  });
});
