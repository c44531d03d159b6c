import { LRUCache } from 'lru-cache';
import { label } from '../../domain/text';

/** Names and descriptions of a few thousand servers. */
const REMEMBERED = 10_000;
const LONGEST = 500;

/** Text from outside on one line, fit to be shown; `null` when nothing of it can be seen. */
export type ShownText = (text: string, max: number) => string | null;

/**
 * Servers call themselves the same for weeks, and looking through a text takes a while: what was looked
 * through is remembered.
 */
export function createShownText(): ShownText {
  const known = new LRUCache<string, { readonly shown: string | null }>({ max: REMEMBERED });
  return (text, max) => {
    const key = `${max} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before.shown;
    const labelled = label(text, { max });
    const shown = labelled === '' ? null : labelled;
    // Nobody makes us keep long texts.
    if (text.length <= LONGEST) known.set(key, { shown });
    return shown;
  };
}
