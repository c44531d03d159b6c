import { keysOf, listOf, textOf, uniqueIds } from './as-written';
import type { Finding, Path } from './problem';

/** What the values of mirrors must be like together; it reads the data as it was written. */
export function checkMirrors(mirrors: unknown, path: Path): Finding[] {
  return [
    ...uniqueIds(mirrors, path),
    ...listOf(mirrors).flatMap((mirror, index) => {
      const { from, to } = keysOf(mirror);
      const [source, target] = [textOf(from), textOf(to)];
      if (source === undefined || source.trim() !== target?.trim()) return [];
      return [{ path: [...path, index, 'to'], message: 'must be another channel than from' }];
    }),
  ];
}
