import {
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { cleanse, inline, label, noMentions } from '../../domain/text';
import { openButtonId, openMenuId } from '../ids';
import type { ActionRow } from './answer';
import { componentEmoji, leadingEmoji } from './emoji';

/** A category as people choose it. */
export interface CategoryChoice {
  readonly id: string;
  readonly title: string;
  readonly emoji: string | null;
  readonly description: string | null;
}

/** A panel: a message from which people open tickets. It has 1 to 25 categories. */
export interface PanelView {
  readonly title: string;
  readonly description: string | null;
  readonly style: 'buttons' | 'menu';
  readonly categories: readonly CategoryChoice[];
}

const BUTTONS_A_ROW = 5;
/** Discord's limit for an embed's description. */
const DESCRIPTION_MAX = 4_096;
/** Discord's limit of a menu's options, which is also that of 5 rows of 5 buttons. */
export const CHOICES_MAX = 25;

/** The panel's message. It pings nobody. */
export function panelMessage(view: PanelView): RESTPostAPIChannelMessageJSONBody {
  return {
    embeds: [
      {
        title: inline(view.title, { max: 250, empty: 'Tickets' }),
        description: describe(view),
        color: 0x3498db,
      },
    ],
    components: view.style === 'menu' ? [categoryMenu(view.categories)] : buttons(view.categories),
    allowed_mentions: noMentions,
  };
}

/** A menu from which one category is chosen. */
export function categoryMenu(categories: readonly CategoryChoice[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: openMenuId.encode({}),
        placeholder: 'What is it about?',
        options: categories.slice(0, CHOICES_MAX).map((category) => ({
          label: label(category.title, { max: 100, empty: 'Ticket' }),
          value: category.id,
          ...(category.description !== null &&
            category.description !== '' && {
              description: label(category.description, { max: 100, empty: '…' }),
            }),
          ...componentEmoji(category.emoji),
        })),
      },
    ],
  };
}

function buttons(categories: readonly CategoryChoice[]): ActionRow[] {
  const rows: ActionRow[] = [];
  const shown = categories.slice(0, CHOICES_MAX);
  for (let from = 0; from < shown.length; from += BUTTONS_A_ROW) {
    rows.push({
      type: ComponentType.ActionRow,
      components: shown.slice(from, from + BUTTONS_A_ROW).map((category) => ({
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: label(category.title, { max: 80, empty: 'Ticket' }),
        custom_id: openButtonId.encode({ categoryId: category.id }),
        ...componentEmoji(category.emoji),
      })),
    });
  }
  return rows;
}

/**
 * The administrator's own words, markup included, then what each button is for. A menu says that
 * itself.
 */
function describe(view: PanelView): string {
  const words = cleanse(view.description ?? '').slice(0, DESCRIPTION_MAX);
  if (view.style === 'menu') return words;
  let described = words;
  for (const { emoji, title, description } of view.categories) {
    const name = `${leadingEmoji(emoji)}**${inline(title, { max: 100, empty: 'Ticket' })}**`;
    const about = inline(description ?? '', { max: 150 });
    const line = about === '' ? name : `${name}: ${about}`;
    const separator = described === '' ? '' : described === words ? '\n\n' : '\n';
    if (described.length + separator.length + line.length > DESCRIPTION_MAX) break;
    described += separator + line;
  }
  return described;
}
