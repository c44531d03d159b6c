import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { incidentNoteId, type IncidentShownIn } from '../servers/ids';

/** The text field of the form. */
export const INCIDENT_NOTE_FIELD = 'note';

/** A note is quoted in a message beside others. */
const NOTE_MAX = 1_000;

/** The form that asks for a note on an outage. */
export function incidentNoteForm(
  incidentId: string,
  shownIn: IncidentShownIn,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: incidentNoteId.encode({ incidentId, shownIn }),
    title: 'Note on an outage',
    components: [
      {
        type: ComponentType.Label,
        label: 'Note',
        description: 'What you know or have done. The team reads it; users do not.',
        component: {
          type: ComponentType.TextInput,
          custom_id: INCIDENT_NOTE_FIELD,
          style: TextInputStyle.Paragraph,
          required: true,
          min_length: 1,
          max_length: NOTE_MAX,
        },
      },
    ],
  };
}
