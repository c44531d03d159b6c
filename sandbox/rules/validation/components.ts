import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { componentType } from './component-type';
import type { Field } from './form';
import { CustomIds, checkAutoSelect, checkEmoji, checkStringSelect } from './selects';
import { checkLayout } from './layout-components';

const IN_A_ROW = [
  ComponentType.Button,
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
] as const;

const BUTTON_STYLES = [
  ButtonStyle.Primary,
  ButtonStyle.Secondary,
  ButtonStyle.Success,
  ButtonStyle.Danger,
  ButtonStyle.Link,
  ButtonStyle.Premium,
] as const;

/**
 * The components of a message: rows of buttons or one select, at most 5 rows; with the flag
 * IS_COMPONENTS_V2 the layout components as well, at most 40 of all kinds.
 * Source: https://discord.com/developers/docs/components/reference
 */
export function checkMessageComponents(components: Field, isV2: boolean): void {
  const ids = new CustomIds();
  if (isV2) {
    checkLayout(
      components,
      (row) => {
        checkRow(row, ids);
      },
      (button) => {
        checkButton(button, ids);
      },
    );
    return;
  }
  for (const row of components.list({ max: 5 })) {
    if (!row.object(true)) continue;
    if (componentType(row, [ComponentType.ActionRow]) !== undefined) checkRow(row, ids);
  }
}

function checkRow(row: Field, ids: CustomIds): void {
  let width = 0;
  for (const component of row.child('components').list({ min: 1, max: 5, required: true })) {
    if (!component.object(true)) continue;
    const type = componentType(component, IN_A_ROW);
    if (type === undefined) continue;
    width += type === ComponentType.Button ? 1 : 5;
    if (width > 5) {
      component.report(
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      );
    }
    if (type === ComponentType.Button) checkButton(component, ids);
    else if (type === ComponentType.StringSelect) checkStringSelect(component, ids);
    else checkAutoSelect(component, ids, type);
  }
}

function checkButton(button: Field, ids: CustomIds): void {
  const style = button.child('style').choice(BUTTON_STYLES, true);
  const label = button.child('label').text({ max: 80 });
  button.child('disabled').boolean();
  checkEmoji(button.child('emoji'));
  const customId = button.child('custom_id');
  const url = button.child('url');
  const sku = button.child('sku_id');
  if (style === undefined) return;

  if (style === ButtonStyle.Premium) {
    sku.snowflake(true);
    return;
  }
  if (style === ButtonStyle.Link) {
    if (url.absent) url.report('BUTTON_COMPONENT_URL_REQUIRED', 'A url is required');
    else url.url(['http', 'https', 'discord'], { max: 512 });
    if (!customId.absent) {
      customId.report(
        'BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
  } else {
    if (!url.absent) {
      url.report(
        'BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
    if (customId.absent) {
      customId.report('BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    } else ids.check(customId);
  }
  if ((label ?? '') === '' && button.child('emoji').absent) {
    button.child('label').report('BASE_TYPE_REQUIRED', 'A label or an emoji is required');
  }
}
