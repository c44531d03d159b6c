import type { APIMessageComponentEmoji } from 'discord-api-types/v10';

const CUSTOM = /^<(a?):(\w{2,32}):(\d{1,20})>$/;

/**
 * A configured emoji as buttons and menus want it.
 *
 * @param emoji a Unicode emoji or a custom one as `<:name:id>` or `<a:name:id>`; `null`: none
 */
export function componentEmoji(emoji: string | null): { emoji?: APIMessageComponentEmoji } {
  if (emoji === null || emoji === '') return {};
  const [, animated, name, id] = CUSTOM.exec(emoji) ?? [];
  if (name === undefined || id === undefined) return { emoji: { name: emoji } };
  return { emoji: { name, id, animated: animated === 'a' } };
}

/** The emoji with a space behind it, for a text; empty without one. */
export function leadingEmoji(emoji: string | null): string {
  return emoji === null || emoji === '' ? '' : `${emoji} `;
}
