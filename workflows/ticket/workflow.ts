import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { handlingTeam, newCase } from '../../src/domain/cases/case';
import type { CaseState } from '../../src/domain/cases/case';
import type { CaseCommand, PersonCommandType } from '../../src/domain/cases/commands';
import { isRefusal } from '../../src/domain/cases/commands';
import { nextDeadline } from '../../src/domain/cases/deadline';
import { decide } from '../../src/domain/cases/decide';
import type { CaseEvent, RecordedEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';
import { Alarm } from '../alarm';
import { handlersFirst } from '../turn';
import type { CaseChange, TicketActivities } from './activities';
import { showAttributes } from './attributes';
import type { CaseSummary, PersonRequest, TicketInput, Verdict } from './contract';
import { channelGoneSignal, commandUpdates, messagesSignal } from './contract';
import { changeSummary, currentDetails, timerSummary } from './details';

/** Tries without end: what was accepted is done, however long an outage lasts. */
const patient = proxyActivities<TicketActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/** The first tries of a closing; when they fail, staff are told, and it goes on patiently. */
const firstTries = { startToCloseTimeout: '10 minutes', heartbeatTimeout: '10 seconds' } as const;
const MOST_FIRST_TRIES = 4;

/**
 * A ticket, from its opening to the end of its reopen window: a durable shell around the case decider.
 *
 * @param input who wants which ticket; the person's words are sealed in it
 * @param carried the state of the run before, when the history had grown too long
 */
export async function ticketWorkflow(input: TicketInput, carried?: CaseState): Promise<void> {
  let state = carried ?? newCase(input.openerId, Date.now());
  let delayed: string | null = null;
  const pending: RecordedEvent[] = [];
  const alarm = new Alarm();

  const apply = (event: CaseEvent, at: number): RecordedEvent => {
    state = evolve(state, event, at);
    setCurrentDetails(currentDetails(state, delayed));
    return { seq: state.seq, at, event };
  };
  const nextEvent = (event: CaseEvent): RecordedEvent => ({
    seq: state.seq + 1,
    at: Date.now(),
    event,
  });
  /** Decides at once; the effects follow in the order of the events. */
  const command = (wanted: CaseCommand): Verdict => {
    const now = Date.now();
    const decision = decide(state, wanted, now);
    if (isRefusal(decision)) return { done: false, refusal: decision, case: summary(state) };
    for (const event of decision) pending.push(apply(event, now));
    return { done: true, case: summary(state) };
  };

  // The channel can be seen a moment before this workflow hears of it: what comes then waits for it.
  const settled = () => condition(() => !isSettling(state));
  for (const type of Object.keys(commandUpdates) as PersonCommandType[]) {
    setHandler(commandUpdates[type], async ({ actor, note }: PersonRequest) => {
      await settled();
      return command({ type, actor, note: note ?? null });
    });
  }
  setHandler(messagesSignal, async (seen) => {
    await settled();
    command({ type: 'messages', ...seen });
  });
  setHandler(channelGoneSignal, async ({ channelId }) => {
    await settled();
    command({ type: 'channel-gone', channelId });
  });
  setCurrentDetails(currentDetails(state, delayed));

  const change = (events: readonly RecordedEvent[]): CaseChange => ({
    guildId: input.guildId,
    categoryId: input.categoryId,
    events,
    state,
  });

  const open = async (): Promise<void> => {
    const opening = await patient.openTicket.executeWithOptions(
      { summary: 'Count limits, take a number, create the channel, answer' },
      [input],
    );
    if (opening.outcome === 'refused') {
      apply({ type: 'refused' }, Date.now());
      return;
    }
    const { number, policy } = opening;
    apply({ type: 'accepted', number, policy }, opening.acceptedAt);
    if (opening.outcome === 'failed') {
      apply({ type: 'opening-failed', code: opening.code }, Date.now());
      return;
    }
    const { channelId, messageId } = opening;
    apply({ type: 'channel-created', channelId, messageId }, opening.createdAt);
  };

  const show = async (events: readonly RecordedEvent[]): Promise<void> => {
    const onlyMessages = events.every(
      ({ event }) => event.type === 'messages-seen' || event.type === 'first-answered',
    );
    const run = onlyMessages ? patient.noteMessages : patient.showTicket;
    const shown = await run.executeWithOptions({ summary: summaryOf(state, events) }, [
      change(events),
    ]);
    if (shown.channelGone && state.channelId !== null) {
      command({ type: 'channel-gone', channelId: state.channelId });
    }
  };

  const close = async (events: readonly RecordedEvent[]): Promise<void> => {
    const request = change(events);
    const options = { summary: summaryOf(state, events) };
    const outcome = await patient.closeTicket
      .executeWithOptions({ ...options, ...firstTries, retry: FIRST_TRIES }, [request])
      .catch(async (error: unknown) => {
        delayed = failureCode(error);
        const note = nextEvent({ type: 'closing-delayed', code: delayed });
        setCurrentDetails(currentDetails(state, delayed));
        showAttributes(state);
        const shown = await patient.showTicket.executeWithOptions(
          { summary: summaryOf(state, [note]) },
          [{ ...change([note]), state: evolve(state, note.event, note.at) }],
        );
        // A try that was thought to have failed had closed it before it died: nothing is late then.
        if (shown.closed !== undefined) return shown.closed;
        apply(note.event, note.at);
        return patient.closeTicket.executeWithOptions({ ...options, ...firstTries }, [
          change(events),
        ]);
      });
    delayed = null;
    apply({ type: 'closed', messages: outcome.messages }, outcome.closedAt);
  };

  const reopen = async (events: readonly RecordedEvent[]): Promise<void> => {
    const outcome = await patient.reopenTicket.executeWithOptions(
      { summary: summaryOf(state, events) },
      [change(events)],
    );
    if (outcome.outcome === 'failed') {
      apply({ type: 'opening-failed', code: outcome.code }, outcome.at);
    } else {
      const { channelId, messageId } = outcome;
      apply({ type: 'channel-created', channelId, messageId }, outcome.at);
    }
  };

  const carryOut = async (events: readonly RecordedEvent[]): Promise<void> => {
    if (state.status === 'closing') await close(events);
    else if (state.status === 'reopening') await reopen(events);
    else {
      showAttributes(state);
      await show(events);
    }
    showAttributes(state);
  };

  if (state.status === 'opening') {
    await open();
    showAttributes(state);
  }
  while (!isOver(state)) {
    command({ type: 'deadline' });
    if (isOver(state)) break;
    if (pending.length > 0) {
      await handlersFirst();
      await carryOut(pending.splice(0));
      continue;
    }
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof ticketWorkflow>(input, state);
    }
    const deadline = nextDeadline(state);
    await alarm.wait(
      () => pending.length > 0,
      deadline && { at: deadline.at, summary: timerSummary(deadline.kind) },
    );
  }
  await condition(allHandlersFinished);
}

const FIRST_TRIES = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumAttempts: MOST_FIRST_TRIES,
} as const;

function isSettling(state: CaseState): boolean {
  return state.status === 'opening' || state.status === 'reopening';
}

function isOver(state: CaseState): boolean {
  return state.status === 'refused' || state.status === 'failed' || state.status === 'ended';
}

function summaryOf(state: CaseState, events: readonly RecordedEvent[]): string {
  return changeSummary(
    state.number,
    events.map(({ event }) => event),
  );
}

function summary(state: CaseState): CaseSummary {
  const { number, status, assigneeId, channelId } = state;
  return { number, status, assigneeId, channelId, teamId: handlingTeam(state) };
}

/** The type of the failure that an activity ended with; anything but a failed activity is a defect and goes on. */
function failureCode(error: unknown): string {
  if (!(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return cause.type ?? 'unknown';
  return 'timeout';
}
