import { caseButtonId, caseNoteId, NOTE_FIELD, type ShownIn } from '../ids';
import type { PersonCommandType } from '../../domain/cases/commands';
import type { Call } from '../interactions/call';
import { form, messageComponent } from '../interactions/component';
import { formValues } from '../interactions/form-values';
import { giveCommand } from '../tickets/command';
import { ownCase, staffCase } from '../tickets/show-case';
import { answer, type Answer } from '../views/answer';
import { noteForm } from '../views/forms';
import { DatabaseUnavailable } from '../../db/connection';
import { ConfigurationUnavailable } from '../guilds/directory';

/** A button under a case. */
export const caseButton = messageComponent(caseButtonId, async (call, fields) => {
  const { command } = fields;
  if (command === 'resolve' || command === 'close') {
    await call.respond.form(noteForm({ ...fields, command }));
    return;
  }
  await carryOut(call, { ...fields, note: null });
});

/** The form with a resolution or a reason. */
export const caseNote = form(caseNoteId, async (call, fields) => {
  const note = formValues(call.interaction).get(NOTE_FIELD) ?? null;
  await carryOut(call, { ...fields, note });
});

interface Click {
  readonly command: PersonCommandType;
  readonly caseId: string;
  readonly number: number;
  readonly shownIn: ShownIn;
  readonly note: string | null;
}

/**
 * Gives the command and tells the outcome: above the case, where a person looks at it alone, or in
 * an answer of its own, where everybody sees the case and the worker brings it up to date.
 */
async function carryOut(call: Call, click: Click): Promise<void> {
  if (click.shownIn === 'channel') await call.respond.defer();
  else await call.respond.deferUpdate();
  const outcome = await giveCommand(call, click);
  await call.respond.edit(await shownAgain(call, click, outcome));
}

async function shownAgain(call: Call, click: Click, outcome: string): Promise<Answer> {
  if (click.shownIn === 'channel') return answer(outcome);
  try {
    return click.shownIn === 'staff'
      ? await staffCase(call, click.number, { notice: outcome })
      : await ownCase(call, click.number, outcome);
  } catch (error) {
    // The command was given; that the records cannot be read now must not hide it.
    if (error instanceof DatabaseUnavailable || error instanceof ConfigurationUnavailable) {
      return answer(outcome);
    }
    throw error;
  }
}
