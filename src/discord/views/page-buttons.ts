import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { ActionRow } from './answer';

/**
 * The buttons that turn a list whose pages are counted; none where there is one page only.
 *
 * @param page counted from 0
 * @param idOf the button's `custom_id` for a page
 */
export function pageButtons(
  { page, pages }: { readonly page: number; readonly pages: number },
  idOf: (page: number) => string,
): ActionRow[] {
  if (pages < 2) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: '◀ Back',
          // Two components of a message may not carry the same id, disabled or not.
          custom_id: idOf(page === 0 ? pages : page - 1),
          disabled: page === 0,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'More ▶',
          custom_id: idOf(page + 1),
          disabled: page + 1 >= pages,
        },
      ],
    },
  ];
}
