import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  IncidentCommand,
  IncidentState,
  RecordedIncidentEvent,
} from '../../src/domain/watching/incident';
import { nextIncidentDeadline } from '../../src/domain/watching/incident-deadline';
import { decideIncident, isIncidentRefusal } from '../../src/domain/watching/incident-decide';
import { evolveIncident, newIncident } from '../../src/domain/watching/incident-evolve';
import { Alarm } from '../alarm';
import { handlersFirst } from '../turn';
import type { IncidentActivities } from './activities';
import { showAttributes } from './attributes';
import type { IncidentInput, IncidentVerdict } from './contract';
import { acknowledgeIncident, incidentNewsSignal, noteIncident } from './contract';
import { changeSummary, currentDetails, timerSummary } from './details';

/** Tries without end: an outage is told, however long Discord or Postgres is away. */
const { showIncident } = proxyActivities<IncidentActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/**
 * One outage, from the first news of it until its end is told: a durable shell around the incident decider.
 *
 * @param input whose incident it is, and the policy that holds for it
 * @param carried the state of the run before, when the history had grown too long
 */
export async function incidentWorkflow(
  input: IncidentInput,
  carried?: IncidentState,
): Promise<void> {
  let state = carried ?? newIncident(input);
  const pending: RecordedIncidentEvent[] = [];
  const alarm = new Alarm();

  /** Decides at once; the effects follow in the order of the events. */
  const command = (wanted: IncidentCommand): IncidentVerdict => {
    const now = Date.now();
    const decision = decideIncident(state, wanted, now);
    if (isIncidentRefusal(decision)) return { done: false, refusal: decision };
    for (const event of decision) {
      state = evolveIncident(state, event, now);
      pending.push({ seq: state.seq, at: now, event });
    }
    setCurrentDetails(currentDetails(state));
    return { done: true, status: state.status };
  };

  setHandler(incidentNewsSignal, (news) => {
    for (const one of news) command(one);
  });
  setHandler(acknowledgeIncident, ({ userId }) => command({ type: 'acknowledge', userId }));
  setHandler(noteIncident, ({ userId, note }) => command({ type: 'note', userId, note }));
  setCurrentDetails(currentDetails(state));

  for (;;) {
    command({ type: 'deadline' });
    if (pending.length > 0) {
      await handlersFirst();
      const events = pending.splice(0);
      showAttributes(state);
      await showIncident.executeWithOptions(
        { summary: changeSummary(events.map(({ event }) => event)) },
        [{ incidentId: input.incidentId, guildId: input.guildId, events, state }],
      );
      continue;
    }
    if (state.status === 'recovered') break;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      if (pending.length > 0) continue;
      await continueAsNew<typeof incidentWorkflow>(input, state);
    }
    const deadline = nextIncidentDeadline(state);
    await alarm.wait(
      () => pending.length > 0,
      deadline && { at: deadline.at, summary: timerSummary(deadline.kind) },
    );
  }
  await condition(allHandlersFinished);
}
