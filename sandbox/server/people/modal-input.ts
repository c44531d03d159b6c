import { ComponentKind } from '../../world/kinds';
import type { ChannelRow, Component, JsonObject } from '../../world/model';
import type { Discord } from '../discord';
import { attach, type ChosenFile } from './command-input';
import { selectValues } from './component-input';
import { ClientRefusal } from './refusal';

/** What a person puts into one field of a form: text, choices, or files. */
export type FieldValue = string | string[] | boolean | ChosenFile[];

/** A form's input with the label that a person sees. */
interface Input {
  component: Component;
  label: string;
}

/**
 * Fills a form and gives the data of the interaction that submits it.
 * @param values by custom_id or label; what is absent keeps its prefilled value
 * @throws ClientRefusal where the client would not let it be submitted
 */
export function modalData(
  discord: Discord,
  channel: ChannelRow,
  userId: string,
  modal: { custom_id: string; components: Component[] },
  values: Record<string, FieldValue>,
): JsonObject {
  const inputs = modal.components.flatMap(inputsOf);
  for (const name of Object.keys(values)) {
    if (!inputs.some((input) => input.component.custom_id === name || input.label === name)) {
      const there = inputs.map((input) => input.component.custom_id).join(', ');
      throw new ClientRefusal('unknown-field', `There is no field ${name}; there are: ${there}.`);
    }
  }
  const resolved: Record<string, JsonObject> = {};
  const fill = (component: Component): JsonObject => {
    const { type, id } = component;
    if (component.components !== undefined) {
      return { type, id, components: component.components.map(fill) };
    }
    if (component.component !== undefined) {
      return { type, id, component: fill(component.component) };
    }
    const input = inputs.find((one) => one.component === component);
    if (input === undefined) return { type, id };
    const given = values[component.custom_id ?? ''] ?? values[input.label];
    const { entry, found } = answer(discord, channel, userId, input, given);
    for (const [kind, objects] of Object.entries(found)) {
      resolved[kind] = { ...resolved[kind], ...objects };
    }
    return { type, id, custom_id: component.custom_id, ...entry };
  };
  const components = modal.components.map(fill);
  return {
    custom_id: modal.custom_id,
    components,
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  };
}

function inputsOf(component: Component): Input[] {
  if (component.component !== undefined) {
    return [{ component: component.component, label: component.label ?? '' }];
  }
  return (component.components ?? []).map((child) => ({
    component: child,
    label: child.label ?? '',
  }));
}

interface Answered {
  entry: JsonObject;
  found: Record<string, JsonObject>;
}

function answer(
  discord: Discord,
  channel: ChannelRow,
  userId: string,
  { component, label }: Input,
  given: FieldValue | undefined,
): Answered {
  const name = label === '' ? (component.custom_id ?? 'the field') : label;
  const refuse = (why: string): never => {
    throw new ClientRefusal('invalid-field', `${name} ${why}.`);
  };
  const required = component.required ?? true;
  switch (component.type) {
    case ComponentKind.TextInput: {
      const text = given ?? component.value ?? '';
      if (typeof text !== 'string') return refuse('takes text');
      if (required && text === '') return refuse('has to be filled in');
      if (text !== '' && text.length < (component.min_length ?? 0)) {
        return refuse(`has at least ${component.min_length ?? 0} characters`);
      }
      if (text.length > (component.max_length ?? 4000)) {
        return refuse(`has at most ${component.max_length ?? 4000} characters`);
      }
      return { entry: { value: text }, found: {} };
    }
    case ComponentKind.FileUpload: {
      const files = Array.isArray(given) ? given.filter((one) => typeof one === 'object') : [];
      const least = required ? (component.min_values ?? 1) : 0;
      const most = component.max_values ?? 1;
      if (files.length < least || files.length > most) {
        return refuse(`takes ${least} to ${most} files`);
      }
      const attachments = files.map((file) => attach(discord, channel, file));
      return {
        entry: { values: attachments.map((one) => one.id) },
        found:
          attachments.length === 0
            ? {}
            : { attachments: Object.fromEntries(attachments.map((one) => [one.id, one])) },
      };
    }
    case ComponentKind.StringSelect:
    case ComponentKind.UserSelect:
    case ComponentKind.RoleSelect:
    case ComponentKind.MentionableSelect:
    case ComponentKind.ChannelSelect: {
      const chosen = typeof given === 'string' ? [given] : prefilled(component, given);
      if (chosen.length === 0 && !required) return { entry: { values: [] }, found: {} };
      const { values, resolved } = selectValues(discord, channel, userId, component, chosen);
      const found = resolved['resolved'];
      return { entry: { values }, found: isKinds(found) ? found : {} };
    }
    default:
      return otherInput(component, given, required, refuse);
  }
}

/** Radio groups, checkbox groups and checkboxes. */
function otherInput(
  component: Component,
  given: FieldValue | undefined,
  required: boolean,
  refuse: (why: string) => never,
): Answered {
  if (component.type === 23) {
    return { entry: { value: given === true }, found: {} };
  }
  const chosen = typeof given === 'string' ? [given] : prefilled(component, given);
  const known = component.options?.map((option) => option.value) ?? [];
  if (chosen.some((value) => !known.includes(value))) return refuse('has no such choice');
  if (required && chosen.length === 0) return refuse('has to be chosen');
  return component.type === 21
    ? { entry: { value: chosen[0] ?? null }, found: {} }
    : { entry: { values: chosen }, found: {} };
}

function prefilled(component: Component, given: FieldValue | undefined): string[] {
  if (Array.isArray(given)) return given.filter((one) => typeof one === 'string');
  const defaults = component.options?.filter((option) => option.default === true) ?? [];
  return defaults.map((option) => option.value);
}

function isKinds(value: unknown): value is Record<string, JsonObject> {
  return typeof value === 'object' && value !== null;
}
