import { DatabaseUnavailable } from '../../db/connection';
import type { Call } from '../interactions/call';
import { form, messageComponent } from '../interactions/component';
import { formValues } from '../interactions/form-values';
import { incidentButtonId, incidentNoteId, type IncidentShownIn } from '../servers/ids';
import { giveIncidentCommand, showIncident, type IncidentDeed } from '../servers/incidents';
import { mayHandleOutages, NOT_ON_CALL } from '../servers/rights';
import { answer, type Answer } from '../views/answer';
import { INCIDENT_NOTE_FIELD, incidentNoteForm } from '../views/incident-form';

/** Acknowledge and Note, under an outage's message or in somebody's own view of it. */
export const incidentButton = messageComponent(
  incidentButtonId,
  async (call, { action, incidentId, shownIn }) => {
    if (action === 'acknowledge') {
      await carryOut(call, { incidentId, shownIn, deed: { action } });
      return;
    }
    if (await mayHandleOutages(call)) {
      await call.respond.form(incidentNoteForm(incidentId, shownIn));
    } else {
      await call.respond.answer(answer(NOT_ON_CALL));
    }
  },
);

/** The form with a note. */
export const incidentNote = form(incidentNoteId, async (call, { incidentId, shownIn }) => {
  const note = (formValues(call.interaction).get(INCIDENT_NOTE_FIELD) ?? '').trim();
  if (note === '') {
    await call.respond.answer(answer('A note needs some words. Nothing was noted.'));
    return;
  }
  await carryOut(call, { incidentId, shownIn, deed: { action: 'note', note } });
});

interface Click {
  readonly incidentId: string;
  readonly shownIn: IncidentShownIn;
  readonly deed: IncidentDeed;
}

/**
 * Gives the command and tells the outcome: above the outage, where a person looks at it alone, or in an
 * answer of its own, where everybody sees it and the worker brings it up to date.
 */
async function carryOut(call: Call, click: Click): Promise<void> {
  if (click.shownIn === 'channel') await call.respond.defer();
  else await call.respond.deferUpdate();
  const outcome = (await mayHandleOutages(call))
    ? await giveIncidentCommand(call, click.incidentId, click.deed)
    : NOT_ON_CALL;
  await call.respond.edit(await shownAgain(call, click, outcome));
}

async function shownAgain(call: Call, click: Click, outcome: string): Promise<Answer> {
  if (click.shownIn === 'channel') return answer(outcome);
  try {
    return await showIncident(call, click.incidentId, { notice: outcome });
  } catch (error) {
    // The command was given; that the records cannot be read now must not hide it.
    if (error instanceof DatabaseUnavailable) return answer(outcome);
    throw error;
  }
}
