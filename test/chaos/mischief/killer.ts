import { setTimeout as pause } from 'node:timers/promises';
import { PARTS, type Castle, type PartName } from '../castle/castle';
import type { Chance } from '../chance';

/** Kills each part a number of times, in a random order, at random instants. */
export async function killAtRandom(
  castle: Castle,
  chance: Chance,
  options: {
    readonly killsOfEach: number;
    readonly killPauseMs: readonly [least: number, most: number];
    readonly parts?: readonly PartName[];
  },
): Promise<void> {
  const { killsOfEach, killPauseMs, parts = PARTS } = options;
  const order = chance.shuffled(
    parts.flatMap((part) => Array.from({ length: killsOfEach }, () => part)),
  );
  for (const part of order) {
    await pause(chance.between(...killPauseMs));
    await castle.kill(part);
  }
}
