import { ComponentType } from 'discord-api-types/v10';
import { componentType } from './component-type';
import type { Field } from './form';
import { characters } from './form';

const MOST_COMPONENTS = 40;
const MOST_TEXT = 4_000;

const AT_THE_TOP = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
] as const;
const IN_A_CONTAINER = AT_THE_TOP.filter((type) => type !== ComponentType.Container);

/**
 * The components of a message with the flag IS_COMPONENTS_V2: 40 of all kinds, 4,000 characters of
 * text in all.
 * @param checkRow reads an action row
 * @param checkButton reads the button that stands beside a section
 */
export function checkLayout(
  components: Field,
  checkRow: (row: Field) => void,
  checkButton: (button: Field) => void,
): void {
  const entries = components.list({ max: MOST_COMPONENTS });
  for (const entry of entries) {
    if (entry.object(true)) checkEntry(entry, AT_THE_TOP, checkRow, checkButton);
  }
  const { count, text } = sizeOf(components);
  if (count > MOST_COMPONENTS) {
    components.report(
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${MOST_COMPONENTS}`,
    );
  }
  if (text > MOST_TEXT) {
    components.report(
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Displayable text size exceeds maximum size of ${MOST_TEXT}`,
    );
  }
}

function checkEntry(
  entry: Field,
  allowed: readonly (typeof AT_THE_TOP)[number][],
  checkRow: (row: Field) => void,
  checkButton: (button: Field) => void,
): void {
  const type = componentType(entry, allowed);
  switch (type) {
    case ComponentType.ActionRow:
      checkRow(entry);
      break;
    case ComponentType.Section:
      checkSection(entry, checkButton);
      break;
    case ComponentType.TextDisplay:
      entry.child('content').text({ min: 1, max: MOST_TEXT, required: true });
      break;
    case ComponentType.MediaGallery:
      for (const item of entry.child('items').list({ min: 1, max: 10, required: true })) {
        if (item.object(true)) checkMedia(item.child('media'), ['http', 'https', 'attachment']);
      }
      break;
    case ComponentType.File:
      checkMedia(entry.child('file'), ['attachment']);
      break;
    case ComponentType.Separator:
      entry.child('divider').boolean();
      entry.child('spacing').choice([1, 2]);
      break;
    case ComponentType.Container:
      entry.child('accent_color').integer({ min: 0, max: 0xffffff });
      for (const inner of entry.child('components').list({ min: 1, max: 40, required: true })) {
        if (inner.object(true)) checkEntry(inner, IN_A_CONTAINER, checkRow, checkButton);
      }
      break;
    case undefined:
      break;
  }
}

function checkSection(section: Field, checkButton: (button: Field) => void): void {
  for (const text of section.child('components').list({ min: 1, max: 3, required: true })) {
    if (!text.object(true)) continue;
    if (componentType(text, [ComponentType.TextDisplay]) === undefined) continue;
    text.child('content').text({ min: 1, max: MOST_TEXT, required: true });
  }
  const accessory = section.child('accessory');
  if (!accessory.object(true)) return;
  const type = componentType(accessory, [ComponentType.Button, ComponentType.Thumbnail]);
  if (type === ComponentType.Button) checkButton(accessory);
  if (type === ComponentType.Thumbnail) {
    checkMedia(accessory.child('media'), ['http', 'https', 'attachment']);
  }
}

function checkMedia(media: Field, schemes: readonly string[]): void {
  if (media.object(true)) media.child('url').url(schemes, { required: true });
}

/** How many components there are, nested ones included, and how much text they show. */
function sizeOf(components: Field): { count: number; text: number } {
  let count = 0;
  let text = 0;
  const walk = (list: unknown): void => {
    if (!Array.isArray(list)) return;
    for (const one of list as readonly unknown[]) {
      if (typeof one !== 'object' || one === null) continue;
      count += 1;
      if ('content' in one && typeof one.content === 'string') text += characters(one.content);
      if ('accessory' in one && typeof one.accessory === 'object') count += 1;
      if ('components' in one) walk(one.components);
    }
  };
  walk(components.value);
  return { count, text };
}
