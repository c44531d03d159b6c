import type { PersonCommandType } from '../domain/cases/commands';
import { count, customId, oneOf, text } from './custom-id';

/** The `custom_id`s of every component. Views write them, components read them; what is stored in Discord stays readable. */

/** Where a case is shown that has the button: its channel, the staff's view of it, or its opener's. */
export type ShownIn = 'channel' | 'staff' | 'opener';

const shownIn = oneOf<ShownIn>({ channel: 'c', staff: 's', opener: 'o' });

/** A button that gives a command, or opens the form that asks for the command's note. */
export const caseButtonId = customId('case', {
  command: oneOf<PersonCommandType>({
    claim: 'claim',
    release: 'release',
    raise: 'raise',
    resolve: 'resolve',
    close: 'close',
    reopen: 'reopen',
  }),
  caseId: text,
  number: count,
  shownIn,
});

/** The form with the note of a command. */
export const caseNoteId = customId('note', {
  command: oneOf<'resolve' | 'close'>({ resolve: 'resolve', close: 'close' }),
  caseId: text,
  number: count,
  shownIn,
});

/** The text field of that form. */
export const NOTE_FIELD = 'note';

/** A button of a panel: opens a case of the category. */
export const openButtonId = customId('open', { categoryId: text });

/** A menu of categories; the picked value is the category's id. */
export const openMenuId = customId('menu', {});

/** A category's form; its text fields carry the ids of the configured fields. */
export const openFormId = customId('form', { categoryId: text });
