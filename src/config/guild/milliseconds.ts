import { parseDuration } from '../duration';

/** The schema has let only durations through. */
export function milliseconds(duration: string): number {
  return parseDuration(duration) ?? 0;
}
