import {
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { inline, label, noMentions, plain } from '../../domain/text';
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
/** Discord's limit of a menu's options, which is also that of 5 rows of 5 buttons. */
export const CHOICES_MAX = 25;

/** The panel's message. It pings nobody. */
export function panelMessage(view: PanelView): RESTPostAPIChannelMessageJSONBody {
  const lines = view.categories.map(
    ({ emoji, title, description }) =>
      `${leadingEmoji(emoji)}**${inline(title, { max: 100, empty: 'Ticket' })}**${
        description === null ? '' : `: ${inline(description, { max: 150 })}`
      }`,
  );
  const description = view.description === null ? '' : plain(view.description, { max: 2_000 });
  return {
    embeds: [
      {
        title: inline(view.title, { max: 250, empty: 'Tickets' }),
        description: [description, lines.slice(0, fitting(lines, 2_000)).join('\n')]
          .filter((part) => part !== '')
          .join('\n\n'),
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

/** How many of the lines fit into `room` characters together. */
function fitting(lines: readonly string[], room: number): number {
  let used = 0;
  for (const [index, line] of lines.entries()) {
    used += line.length + 1;
    if (used > room) return index;
  }
  return lines.length;
}
