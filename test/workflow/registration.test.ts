import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CodeOutcome } from '../../workflows/registration/activities';
import type { GuessVerdict } from '../../workflows/registration/contract';
import { cancelRegistration, guess } from '../../workflows/registration/contract';
import { keepHistory } from './kept-history';
import {
  answerTo,
  GUILD,
  hash,
  MINUTE,
  player,
  POLICY,
  RegistrationStage,
  USER,
} from './registration-stage';
import { until } from './until';

/** A worker that keeps no workflow in memory replays the whole history at every step. */
describe.each([
  ['kept in memory', {}],
  ['replayed at every step', { maxCachedWorkflows: 0 }],
])('a registration, %s,', (_, options) => {
  let stage: RegistrationStage;

  beforeAll(async () => {
    stage = await RegistrationStage.set(options);
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('records the account of whoever types the code, and says so', async () => {
    const attempt = await (await stage.begin()).sent();
    expect(attempt.handle.workflowId).toBe(
      `registration-${GUILD}-${USER}-java-${attempt.input.name.toLowerCase()}`,
    );
    const shouted = attempt.typed(hash(1), attempt.input.name.toUpperCase());
    const verdict = attempt.handle.executeUpdate(guess, { args: [shouted] });
    expect(await verdict).toEqual({ verified: true });
    const end = await attempt.conclusion();
    expect(end).toMatchObject({ accountKey: 7, answerTo: attempt.input.answerTo, heard: null });
    expect(end?.events.map(({ event }) => event.type)).toEqual([
      'started',
      'code-sent',
      'proven',
      'verified',
    ]);
    expect(end?.state).toMatchObject({ status: 'verified', codes: 1, wrong: 0, seq: 4 });
    expect(attempt.effects.links[0]?.proof).toEqual({
      serverId: 'survival',
      player: shouted.player,
    });
    expect(await attempt.status()).toBe('verified');
    await expect(attempt.guess(hash(1))).rejects.toThrow(WorkflowNotFoundError);
    await keepHistory('registration-verified', attempt.handle);
  });

  it('locks after five wrong codes, repeated requests and new codes or not', async () => {
    const attempt = await (await stage.begin()).sent();
    const wrong = (attemptsLeft: number) => ({
      verified: false,
      refusal: { refused: 'wrong-code', attemptsLeft },
    });
    expect(await attempt.guess('wrong', 'same')).toEqual(wrong(4));
    expect(await attempt.guess('wrong', 'same')).toEqual(wrong(4));
    expect(await attempt.guess('wrong')).toEqual(wrong(3));
    expect(await attempt.newCode('second')).toMatchObject({ done: true });
    expect(await attempt.guess(hash(1))).toEqual(wrong(2));
    expect(await attempt.guess('wrong')).toEqual(wrong(1));
    const verdict = await attempt.guess('wrong');
    const end = await attempt.conclusion();
    const until = (end?.state.lockedUntil ?? 0) - POLICY.lockMs;
    expect(verdict).toEqual({
      verified: false,
      refusal: { refused: 'locked', until: until + POLICY.lockMs },
    });
    expect(end?.state).toMatchObject({ status: 'locked', wrong: 5, codes: 2, codeHash: null });
    expect(end?.answerTo).toEqual(answerTo('second'));
    expect(await attempt.status()).toBe('locked');
    await keepHistory('registration-locked', attempt.handle);
  });

  it('takes no more guesses than there may be, however many come at once', async () => {
    const attempt = await (await stage.begin()).sent();
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => attempt.guess(`wrong-${index}`)),
    );
    const left = all.flatMap((one) =>
      one.status === 'fulfilled' && !one.value.verified ? [one.value.refusal] : [],
    );
    const counted = left.filter(({ refused }) => refused === 'wrong-code');
    expect(counted).toHaveLength(4);
    expect(left.filter(({ refused }) => refused === 'locked').length).toBeGreaterThan(0);
    expect((await attempt.conclusion())?.state.wrong).toBe(5);
  });

  it('times out, and takes no code after that', async () => {
    const attempt = await (await stage.begin()).sent();
    await attempt.guess('wrong');
    await stage.env.sleep(POLICY.timeoutMs + 1_000);
    const end = await attempt.conclusion();
    expect(end?.state).toMatchObject({ status: 'timed-out', wrong: 1, codeHash: null });
    expect(end?.accountKey).toBeNull();
    await expect(attempt.guess(hash(1))).rejects.toThrow(WorkflowNotFoundError);
    await keepHistory('registration-timed-out', attempt.handle);
  });

  it('gives new codes, which replace the older ones and begin the time anew', async () => {
    const attempt = await (await stage.begin()).sent();
    expect(await attempt.newCode(attempt.input.answerTo.interactionId)).toMatchObject({
      done: true,
    });
    await stage.env.sleep(POLICY.timeoutMs - MINUTE);
    expect(await attempt.newCode('second')).toMatchObject({ done: true });
    await attempt.sent(2);
    expect(attempt.effects.codes).toMatchObject([
      { number: 1, policy: null, replaces: null, attemptsLeft: null },
      { number: 2, policy: POLICY, replaces: attempt.input.answerTo, attemptsLeft: 5 },
    ]);
    await stage.env.sleep(POLICY.timeoutMs - MINUTE);
    expect(await attempt.guess(hash(1))).toMatchObject({ refusal: { attemptsLeft: 4 } });
    expect(await attempt.newCode('third')).toMatchObject({ done: true });
    expect(await attempt.newCode('fourth')).toMatchObject({
      done: false,
      refusal: { refused: 'most-codes', most: 3 },
    });
    expect(await attempt.guess(hash(3))).toEqual({ verified: true });
    expect((await attempt.conclusion())?.answerTo).toEqual(answerTo('third'));
    await keepHistory('registration-with-new-codes', attempt.handle);
  });

  it('can be cancelled', async () => {
    const attempt = await (await stage.begin()).sent();
    expect(await attempt.handle.executeUpdate(cancelRegistration)).toEqual({
      done: true,
      status: 'cancelled',
    });
    expect((await attempt.conclusion())?.state.status).toBe('cancelled');
    await keepHistory('registration-cancelled', attempt.handle);
  });

  it('is over at once when it is refused, which was told then', async () => {
    const refusal = { refused: 'most-accounts', most: 3 } as const;
    const send = (): Promise<CodeOutcome> => Promise.resolve({ outcome: 'refused', refusal });
    const attempt = await stage.begin({ send });
    expect(await attempt.conclusion()).toBeUndefined();
    expect(await attempt.status()).toBe('refused');
    await keepHistory('registration-refused', attempt.handle);
  });

  it.each([
    [
      'nobody could be shown the code',
      (): Promise<CodeOutcome> => Promise.resolve({ outcome: 'unseen' }),
    ],
    [
      'no code could be made in time',
      (): Promise<CodeOutcome> =>
        Promise.reject(ApplicationFailure.nonRetryable('Postgres was away', 'unavailable')),
    ],
  ])('tells the user when %s', async (_, send) => {
    const attempt = await stage.begin({ send });
    expect((await attempt.conclusion())?.state).toMatchObject({
      status: 'refused',
      refusal: { refused: 'too-late' },
    });
  });

  it('lets guesses wait for the code that is being sent, and decides them one by one then', async () => {
    let release: (outcome: 'sent') => void = () => undefined;
    const held = new Promise<'sent'>((resolve) => {
      release = resolve;
    });
    const attempt = await (await stage.begin({ send: () => held })).sent();
    const early = Array.from({ length: 5 }, () => attempt.guess(hash(1)));
    release('sent');
    expect(await Promise.all(early)).toEqual(early.map(() => ({ verified: true })));
    expect(attempt.effects.links).toHaveLength(1);
    expect((await attempt.conclusion())?.state.wrong).toBe(0);
    await keepHistory('registration-with-early-guesses', attempt.handle);
  });

  it('goes on counting where the user’s last one of this name was left', async () => {
    const attempt = await (await stage.begin({ wrong: 4 })).sent();
    expect(await attempt.guess('wrong')).toMatchObject({ refusal: { refused: 'locked' } });
  });

  it('leaves an account to whom it belongs, and says so again', async () => {
    const attempt = await (await stage.begin({ linked: 'taken' })).sent();
    const taken = { verified: false, refusal: { refused: 'taken' } };
    const both = [attempt.guess(hash(1)), attempt.guess(hash(1))];
    expect(await Promise.all(both)).toEqual([taken, taken]);
    expect((await attempt.conclusion())?.state).toMatchObject({ status: 'rejected', wrong: 0 });
    expect(attempt.effects.links).toHaveLength(1);
    await keepHistory('registration-of-a-taken-account', attempt.handle);
  });

  it('hears codes on servers without a plugin, and has the player told what became of them', async () => {
    const attempt = await stage.begin({ watched: ['vanilla'], heard: ['wrong', hash(1)] });
    const end = await attempt.conclusion();
    const told = (verdict: GuessVerdict) => ({
      serverId: 'vanilla',
      player: player(attempt.input.name),
      verdict,
    });
    const wrong = { verified: false, refusal: { refused: 'wrong-code', attemptsLeft: 4 } } as const;
    expect(attempt.effects.watches).toMatchObject([
      { serverId: 'vanilla', cursor: null, verdicts: [] },
      { serverId: 'vanilla', cursor: '1', verdicts: [told(wrong)] },
    ]);
    expect(end).toMatchObject({ watched: ['vanilla'], heard: told({ verified: true }) });
    expect(end?.state).toMatchObject({ status: 'verified', wrong: 1 });
    await keepHistory('registration-heard-on-a-server', attempt.handle);
  });

  it('stops listening when it is over', async () => {
    const attempt = await stage.begin({ watched: ['vanilla', 'other'], heard: ['wrong'] });
    const { effects: mine } = attempt;
    await until('the listening', () => Promise.resolve(mine.watches.length === 3));
    expect(await attempt.guess(hash(1))).toEqual({ verified: true });
    expect((await attempt.conclusion())?.watched).toEqual(['vanilla', 'other']);
    await until('its end', () => Promise.resolve(mine.watchesCancelled === 2));
    await keepHistory('registration-stops-listening', attempt.handle);
  });

  it('goes on in a new run where the one before was', async () => {
    const first = await (await stage.begin()).sent();
    await first.guess('wrong');
    await first.handle.executeUpdate(cancelRegistration);
    const end = await first.conclusion();
    if (end === undefined) throw new Error('it was not concluded');
    const state = { ...end.state, status: 'waiting', codeHash: hash(1) } as const;
    const wrong = { verified: false, refusal: { refused: 'wrong-code', attemptsLeft: 4 } } as const;
    const next = await stage.begin(
      {},
      {
        state: { ...state, name: stage.nextName },
        events: end.events,
        answerTo: answerTo('second'),
        watched: [{ serverId: 'vanilla', cursor: '12' }],
        counted: [{ updateId: 'before', verdict: wrong }],
      },
    );
    expect(await next.guess('wrong', 'before')).toEqual(wrong);
    expect(await next.guess('wrong')).toMatchObject({ refusal: { attemptsLeft: 3 } });
    expect(await next.guess(hash(1))).toEqual({ verified: true });
    expect(await next.conclusion()).toMatchObject({ answerTo: answerTo('second') });
    expect(next.effects.watches[0]?.cursor).toBe('12');
    expect(next.effects.codes).toEqual([]);
  });
});
