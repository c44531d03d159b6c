import type { MirrorFilter } from './settings';

/** What a filter looks at. */
export interface FilteredMessage {
  readonly authorId: string;
  /** A bot or a webhook. */
  readonly bot: boolean;
  readonly text: string;
}

/** Whether somebody's messages are copied at all; what they say is not looked at. */
export function authorPasses(
  { authors, bots }: MirrorFilter,
  { authorId, bot }: Omit<FilteredMessage, 'text'>,
): boolean {
  if (bot && !bots) return false;
  return authors.length === 0 || authors.includes(authorId);
}

/** Whether a message is copied. */
export function passes(filter: MirrorFilter, message: FilteredMessage): boolean {
  if (!authorPasses(filter, message)) return false;
  const text = folded(message.text);
  const has = (wanted: string): boolean => text.includes(folded(wanted));
  return (filter.contains.length === 0 || filter.contains.some(has)) && !filter.lacks.some(has);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
