import type { APIModalSubmitInteraction } from 'discord-api-types/v10';

/** What was written into a form's text fields, by their ids; in labels or in the older action rows. */
export function formValues(interaction: APIModalSubmitInteraction): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of interaction.data.components) {
    const inputs =
      'component' in part ? [part.component] : 'components' in part ? part.components : [];
    for (const input of inputs) {
      if ('value' in input && typeof input.value === 'string') {
        values.set(input.custom_id, input.value);
      }
    }
  }
  return values;
}
