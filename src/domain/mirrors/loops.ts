/** One mirror's way, by channels. */
export interface MirrorWay {
  /** How it is called in what a person reads of a loop. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The mirrors that would copy messages in a circle, over any number of channels and guilds.
 *
 * @param ways all of the mirrors that are there
 * @param added the one that is to join them
 * @returns the names of the circle's mirrors, beginning with the added one; `null`: there is no circle
 */
export function findLoop(ways: readonly MirrorWay[], added: MirrorWay): readonly string[] | null {
  const seen = new Set<string>();
  const search = (channel: string, path: readonly string[]): readonly string[] | null => {
    if (channel === added.from) return path;
    if (seen.has(channel)) return null;
    seen.add(channel);
    for (const way of ways) {
      if (way.from !== channel) continue;
      const circle = search(way.to, [...path, way.name]);
      if (circle !== null) return circle;
    }
    return null;
  };
  return search(added.to, [added.name]);
}
