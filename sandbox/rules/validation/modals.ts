import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { componentType } from './component-type';
import type { Field, Path } from './form';
import { checkForm } from './form';
import {
  CustomIds,
  checkAutoSelect,
  checkBounds,
  checkOptions,
  checkStringSelect,
} from './selects';

/** How many parts a form can have. */
const MOST_PARTS = 5;

const AT_THE_TOP = [
  ComponentType.ActionRow,
  ComponentType.TextDisplay,
  ComponentType.Label,
] as const;

const IN_A_LABEL = [
  ComponentType.StringSelect,
  ComponentType.TextInput,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
  ComponentType.FileUpload,
  ComponentType.RadioGroup,
  ComponentType.CheckboxGroup,
  ComponentType.Checkbox,
] as const;

/**
 * Checks the form that an interaction is answered with: its title, and 1 to 5 parts, each a row with
 * a text input, a label with any input, or a text.
 * Source: https://discord.com/developers/docs/interactions/receiving-and-responding#modal
 * @throws DiscordError 50035 with the wrong fields
 */
export function checkModal(body: unknown, path: Path = ['data']): void {
  checkForm(
    body,
    (modal) => {
      modal.child('custom_id').text({ min: 1, max: 100, required: true });
      modal.child('title').text({ min: 1, max: 45, required: true });
      const ids = new CustomIds();
      const parts = modal.child('components').list({ min: 1, max: MOST_PARTS, required: true });
      for (const part of parts) {
        if (part.object(true)) checkPart(part, ids);
      }
    },
    path,
  );
}

function checkPart(part: Field, ids: CustomIds): void {
  switch (componentType(part, AT_THE_TOP)) {
    case ComponentType.ActionRow:
      for (const input of part.child('components').list({ min: 1, max: 1, required: true })) {
        if (!input.object(true)) continue;
        if (componentType(input, [ComponentType.TextInput]) === undefined) continue;
        checkTextInput(input, ids);
        input.child('label').text({ min: 1, max: 45, required: true });
      }
      break;
    case ComponentType.TextDisplay:
      part.child('content').text({ min: 1, max: 4_000, required: true });
      break;
    case ComponentType.Label:
      part.child('label').text({ min: 1, max: 45, required: true });
      part.child('description').text({ min: 1, max: 100 });
      if (part.child('component').object(true)) checkLabelled(part.child('component'), ids);
      break;
    case undefined:
      break;
  }
}

function checkLabelled(input: Field, ids: CustomIds): void {
  const type = componentType(input, IN_A_LABEL);
  input.child('required').boolean();
  switch (type) {
    case ComponentType.TextInput:
      checkTextInput(input, ids);
      break;
    case ComponentType.StringSelect:
      checkStringSelect(input, ids);
      refuseDisabled(input);
      break;
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      checkAutoSelect(input, ids, type);
      refuseDisabled(input);
      break;
    case ComponentType.FileUpload:
      ids.check(input.child('custom_id'));
      checkBounds(input, 10, 10);
      break;
    case ComponentType.RadioGroup:
      ids.check(input.child('custom_id'));
      checkOptions(input.child('options'), 2, 10);
      break;
    case ComponentType.CheckboxGroup: {
      ids.check(input.child('custom_id'));
      const options = checkOptions(input.child('options'), 1, 10);
      checkBounds(input, 10, options.length);
      break;
    }
    case ComponentType.Checkbox:
      ids.check(input.child('custom_id'));
      input.child('default').boolean();
      break;
    case undefined:
      break;
  }
}

function checkTextInput(input: Field, ids: CustomIds): void {
  ids.check(input.child('custom_id'));
  input.child('style').choice([TextInputStyle.Short, TextInputStyle.Paragraph], true);
  input.child('placeholder').text({ max: 100 });
  input.child('required').boolean();
  const min = input.child('min_length').integer({ min: 0, max: 4_000 });
  const max = input.child('max_length').integer({ min: 1, max: 4_000 });
  if (min !== undefined && max !== undefined && min > max) {
    input
      .child('min_length')
      .report('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  }
  const value = input.child('value');
  if (value.value !== '') value.text({ min: min ?? 0, max: max ?? 4_000 });
}

/** Menus in forms cannot be disabled. */
function refuseDisabled(select: Field): void {
  const disabled = select.child('disabled');
  if (disabled.value !== true) return;
  disabled.report(
    'MODAL_COMPONENT_CANNOT_BE_DISABLED',
    'A component in a modal cannot be disabled',
  );
}
