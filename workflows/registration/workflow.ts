import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { nextRegistrationDeadline } from '../../src/domain/registration/deadline';
import {
  decideRegistration,
  isOver,
  isRegistrationRefusal,
  isSettled,
} from '../../src/domain/registration/decide';
import { evolveRegistration, newRegistration } from '../../src/domain/registration/evolve';
import type {
  Guess,
  RegistrationCommand,
  RegistrationEvent,
  RegistrationState,
} from '../../src/domain/registration/registration';
import { Alarm } from '../alarm';
import type { AnswerTo } from '../answer-to';
import { handlersFirst } from '../turn';
import type {
  CodeOutcome,
  RecordedRegistrationEvent,
  RegistrationActivities,
  RegistrationRef,
} from './activities';
import { showAttributes } from './attributes';
import type { GuessVerdict, RegistrationInput } from './contract';
import { cancelRegistration, guess, newCode } from './contract';
import { codeSummary, conclusionSummary, currentDetails, TIMER_SUMMARY } from './details';
import { refusedGuess, settledGuess } from './verdict';
import { Watching, type Watched } from './watching';

const retry = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '15 seconds',
} as const;

/** Not longer than the interaction can be answered in which the code is to be shown: 15 minutes. */
const { sendCode } = proxyActivities<RegistrationActivities>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '14 minutes',
  heartbeatTimeout: '10 seconds',
  retry,
});

/** Tries without end: what was proven is recorded, and what has ended is told, however long an outage lasts. */
const { linkAccount, concludeRegistration } = proxyActivities<RegistrationActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { ...retry, maximumInterval: '30 seconds' },
});

/** What a run leaves to the next one, when the history had grown too long. */
export interface CarriedRegistration {
  readonly state: RegistrationState;
  readonly events: readonly RecordedRegistrationEvent[];
  readonly answerTo: AnswerTo;
  readonly watched: readonly Watched[];
  /** Wrong codes that were counted, by their updates: a server knows repeated ones in one run only. */
  readonly counted: readonly { readonly updateId: string; readonly verdict: GuessVerdict }[];
}

/**
 * One attempt of a user to prove an account, from the command to the code in the game or the timeout: a durable
 * shell around the registration decider.
 *
 * @param input who wants which name
 * @param carried what the run before left
 */
export async function registrationWorkflow(
  input: RegistrationInput,
  carried?: CarriedRegistration,
): Promise<void> {
  let state = carried?.state ?? newRegistration(input, Date.now());
  /** Where the code is shown, and where it is to be shown next. */
  let answerTo = carried?.answerTo ?? input.answerTo;
  let asked = answerTo;
  let accountKey: number | null = null;
  const events: RecordedRegistrationEvent[] = [...(carried?.events ?? [])];
  const counted = [...(carried?.counted ?? [])];
  const alarm = new Alarm();
  const registration: RegistrationRef = {
    registrationId: workflowInfo().workflowId,
    startedAt: state.startedAt,
    guildId: input.guildId,
    userId: input.userId,
    edition: input.edition,
    name: input.name,
  };

  const show = (): void => {
    setCurrentDetails(
      currentDetails(
        state,
        watching.servers.map(({ serverId }) => serverId),
      ),
    );
  };
  const apply = (event: RegistrationEvent, at: number): void => {
    state = evolveRegistration(state, event, at);
    events.push({ seq: state.seq, at, event });
    show();
  };
  /** Decides at once; the effects follow by the state. */
  const command = (wanted: RegistrationCommand): ReturnType<typeof decideRegistration> => {
    const now = Date.now();
    const decision = decideRegistration(state, wanted, now);
    if (!isRegistrationRefusal(decision)) for (const event of decision) apply(event, now);
    return decision;
  };
  /** While a code is sent or an account recorded, commands wait; then they are decided one by one. */
  const commandInTurn = async (
    wanted: RegistrationCommand,
  ): Promise<ReturnType<typeof command>> => {
    // Nothing may come between the look and the decision: whoever waits is woken at the same time as others.
    while (!isSettled(state)) await condition(() => isSettled(state));
    return command(wanted);
  };
  const judge = async (heard: Guess): Promise<GuessVerdict> => {
    const decision = await commandInTurn({ type: 'guess', guess: heard });
    if (isRegistrationRefusal(decision)) return refusedGuess(decision);
    if (decision.some(({ type }) => type === 'proven')) {
      await condition(() => state.status !== 'linking');
    }
    return settledGuess(decision, state);
  };
  const watching = new Watching(registration, judge, () => isOver(state));

  const ask = async (
    wanted: Extract<RegistrationCommand, { type: 'new-code' | 'cancel' }>,
    to: AnswerTo | null,
  ) => {
    const decision = await commandInTurn(wanted);
    const { status } = state;
    if (isRegistrationRefusal(decision)) return { done: false, refusal: decision, status } as const;
    if (to !== null) asked = to;
    return { done: true, status } as const;
  };

  setHandler(guess, async (heard) => {
    const updateId = currentUpdateInfo()?.id ?? '';
    const before = counted.find((one) => one.updateId === updateId);
    if (before !== undefined) return before.verdict;
    const verdict = await judge(heard);
    const wrong = !verdict.verified && verdict.refusal.refused === 'wrong-code';
    if (wrong) counted.push({ updateId, verdict });
    return verdict;
  });
  setHandler(newCode, async (to) => {
    // The command that started it came once more.
    if (to.interactionId === input.answerTo.interactionId) {
      return { done: true, status: state.status };
    }
    return ask({ type: 'new-code' }, to);
  });
  setHandler(cancelRegistration, () => ask({ type: 'cancel' }, null));
  show();
  watching.begin(carried?.watched ?? []);

  const send = async (): Promise<void> => {
    const number = state.codes + 1;
    const { policy } = state;
    const outcome = await sendCode
      .executeWithOptions({ summary: codeSummary(number) }, [
        {
          registration,
          number,
          policy,
          answerTo: asked,
          replaces: asked === answerTo ? null : answerTo,
          attemptsLeft: policy === null ? null : policy.mostAttempts - state.wrong,
        },
      ])
      .catch((error: unknown): CodeOutcome => {
        if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
        return { outcome: 'unseen' };
      });
    answerTo = asked;
    if (outcome.outcome === 'refused') {
      apply({ type: 'refused', refusal: outcome.refusal }, Date.now());
    } else if (outcome.outcome === 'sent') {
      if (policy === null) {
        apply({ type: 'started', policy: outcome.policy, wrong: outcome.wrong }, outcome.at);
      }
      watching.begin(outcome.watched.map((serverId) => ({ serverId, cursor: null })));
      apply({ type: 'code-sent', codeHash: outcome.codeHash }, outcome.at);
    } else if (policy === null) {
      apply({ type: 'refused', refusal: { refused: 'too-late' } }, Date.now());
    } else {
      apply({ type: 'code-unseen' }, Date.now());
    }
  };

  const link = async (): Promise<void> => {
    if (state.proof === null) return;
    const outcome = await linkAccount.executeWithOptions({ summary: 'Record the account' }, [
      { registration, proof: state.proof, state, events },
    ]);
    if (outcome.outcome === 'linked') {
      accountKey = outcome.accountKey;
      apply({ type: 'verified' }, outcome.at);
    } else {
      apply({ type: 'rejected', rejection: outcome.rejection }, outcome.at);
    }
  };

  /** Refused guesses make the history grow, too. */
  const isLong = (): boolean => workflowInfo().continueAsNewSuggested;

  const wait = async (): Promise<void> => {
    if (isLong()) {
      await condition(() => allHandlersFinished() && watching.quiet);
      if (state.status !== 'waiting') return;
      const watched = watching.servers;
      const left = { state, events, answerTo, watched, counted };
      await continueAsNew<typeof registrationWorkflow>(input, left);
    }
    const deadline = nextRegistrationDeadline(state);
    await alarm.wait(
      () => state.status !== 'waiting' || isLong(),
      deadline && { at: deadline.at, summary: TIMER_SUMMARY },
    );
  };

  for (;;) {
    command({ type: 'deadline' });
    if (isOver(state)) break;
    if (state.status === 'waiting') {
      await wait();
      continue;
    }
    await handlersFirst();
    showAttributes(input, state);
    if (state.status === 'starting') await send();
    else await link();
  }

  await condition(() => watching.quiet);
  await handlersFirst();
  watching.end();
  showAttributes(input, state);
  // What `sendCode` has refused it has told.
  if (state.refusal === null || state.refusal.refused === 'too-late') {
    const watched = watching.servers.map(({ serverId }) => serverId);
    const { heard } = watching;
    await concludeRegistration.executeWithOptions({ summary: conclusionSummary(state) }, [
      { registration, state, events, accountKey, answerTo, watched, heard },
    ]);
  }
  await condition(allHandlersFinished);
}
