import { count, customId, oneOf, text } from '../custom-id';

/** The `custom_id`s of what is shown of game servers and their incidents; see ../ids.ts. */

/** Where an incident is shown that has the button: its message in a channel, or a person's own view of it. */
export type IncidentShownIn = 'channel' | 'view';

const shownIn = oneOf<IncidentShownIn>({ channel: 'c', view: 'v' });

/** Acknowledges an incident, or opens the form for a note. */
export const incidentButtonId = customId('incident', {
  action: oneOf<'acknowledge' | 'note'>({ acknowledge: 'a', note: 'n' }),
  incidentId: text,
  shownIn,
});

/** The form with a note on an incident. */
export const incidentNoteId = customId('inote', { incidentId: text, shownIn });

/** "Tell me when it is back" for one server. */
export const tellMeId = customId('tell', { serverKey: count });

/** The same where a notice is about several servers; the picked value is the server's key. */
export const tellMeMenuId = customId('tellone', {});
