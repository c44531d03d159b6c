import { parseDuration } from '../duration';
import type { Finding, Path } from './problem';
import { formatPath, quoted } from './problem';

/** Reads data of any form, as somebody wrote it: what has the wrong form is passed over. */

/** Its keys, or none where it is no section. */
export function keysOf(value: unknown): Record<string, unknown> {
  const isRecord = (candidate: unknown): candidate is Record<string, unknown> =>
    typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
  return isRecord(value) ? value : {};
}

/** Its entries, or none where it is no list. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Milliseconds of a duration. */
export function timeOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined;
}

/** Entries of a list by their `id`, with a finding for each id that was already taken. */
export function uniqueIds(entries: unknown, path: Path, key = 'id'): Finding[] {
  const first = new Map<string, Path>();
  return listOf(entries).flatMap((entry, index) => {
    const id = textOf(keysOf(entry)[key]);
    if (id === undefined) return [];
    const taken = first.get(id);
    if (taken !== undefined) {
      const message = `${quoted(id)} is already the ${key} of ${formatPath(taken)}`;
      return [{ path: [...path, index, key], message }];
    }
    first.set(id, [...path, index]);
    return [];
  });
}
