import type { Component, JsonObject } from '../../world/model';
import { Fields, required } from '../fields';

/** The suggestions of an autocomplete answer, which passed the check. */
export function readChoices(
  data: JsonObject | undefined,
): { name: string; value: string | number }[] {
  const choices = required(Fields.of(data).objects('choices'), 'choices');
  return choices.map((choice) => {
    const fields = Fields.of(choice);
    const { value } = choice;
    return {
      name: required(fields.string('name'), 'name'),
      value: typeof value === 'number' ? value : required(fields.string('value'), 'value'),
    };
  });
}

/** A form's title, id and components, which passed the check. */
export function readModal(data: JsonObject | undefined): {
  custom_id: string;
  title: string;
  components: Component[];
} {
  const fields = Fields.of(data);
  return {
    custom_id: required(fields.string('custom_id'), 'custom_id'),
    title: required(fields.string('title'), 'title'),
    components: required(fields.objects('components'), 'components').map((component) => ({
      ...component,
      type: required(Fields.of(component).number('type'), 'type'),
    })),
  };
}
