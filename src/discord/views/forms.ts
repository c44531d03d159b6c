import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { CaseCategory, FormField } from '../../config/guild/resolved';
import { label } from '../../domain/text';
import { caseNoteId, NOTE_FIELD, openFormId, type NotedCommand, type ShownIn } from '../ids';

/** The form of a category, with 1 to 5 text fields. */
export function openForm(category: CaseCategory): APIModalInteractionResponseCallbackData {
  return {
    custom_id: openFormId.encode({ categoryId: category.id }),
    title: label(category.title, { max: 45, empty: 'Ticket' }),
    components: category.form.slice(0, 5).map((field) => ({
      type: ComponentType.Label,
      label: label(field.label, { max: 45, empty: '…' }),
      ...(field.description !== null && {
        description: label(field.description, { max: 100, empty: '…' }),
      }),
      component: {
        type: ComponentType.TextInput,
        custom_id: field.id,
        style: field.style === 'short' ? TextInputStyle.Short : TextInputStyle.Paragraph,
        required: field.required,
        ...lengths(field),
        ...(field.placeholder !== null && {
          placeholder: label(field.placeholder, { max: 100, empty: '…' }),
        }),
      },
    })),
  };
}

function lengths({ minLength, maxLength }: FormField): { min_length?: number; max_length: number } {
  return {
    ...(minLength !== null && { min_length: minLength }),
    max_length: maxLength ?? 4_000,
  };
}

const NOTES: Readonly<Record<NotedCommand, { verb: string; field: string; about: string }>> = {
  resolve: {
    verb: 'Resolve',
    field: 'Resolution',
    about: 'What was done. The opener reads it. You may leave it empty.',
  },
  close: {
    verb: 'Close',
    field: 'Reason',
    about: 'The conversation is stored, then the channel goes away. You may leave it empty.',
  },
};

/** As long as a note may be: it is quoted in messages of 2,000 characters. */
export const NOTE_MAX = 1_000;

/** The form that asks for a resolution or a reason, which also makes sure that the click was meant. */
export function noteForm(fields: {
  readonly command: NotedCommand;
  readonly caseId: string;
  readonly number: number;
  readonly shownIn: ShownIn;
}): APIModalInteractionResponseCallbackData {
  const { verb, field, about } = NOTES[fields.command];
  return {
    custom_id: caseNoteId.encode(fields),
    title: `${verb} ticket #${fields.number}`,
    components: [
      {
        type: ComponentType.Label,
        label: field,
        description: about,
        component: {
          type: ComponentType.TextInput,
          custom_id: NOTE_FIELD,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: NOTE_MAX,
        },
      },
    ],
  };
}
