import { z } from 'zod';
import type { Driver, SeenMessage } from '../../../sandbox';
import { COPIES, ORIGINALS } from './configuration';

const author = z.object({ username: z.string(), global_name: z.string().nullish() });

/** A message as its copy has to be: who wrote it, and what it says. */
function told(message: SeenMessage): string {
  const { username, global_name: shown } = author.parse(message.author);
  return `${shown ?? username}: ${message.content}`;
}

export interface Comparison {
  readonly originals: number;
  readonly copies: number;
  /** What is different, item by item; empty when the copy equals the original. */
  readonly differences: readonly string[];
}

/** Compares the two channels, item by item and in order. */
export async function compareChannels(driver: Driver): Promise<Comparison> {
  const [originals, copies] = await Promise.all(
    [ORIGINALS, COPIES].map(async (channelId) => (await driver.messages(channelId)).map(told)),
  );
  const [left, right] = [originals ?? [], copies ?? []];
  const differences = Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    left[index] === right[index]
      ? []
      : [`item ${index}: ${left[index] ?? 'nothing'} is copied as ${right[index] ?? 'nothing'}`],
  ).flat();
  return { originals: left.length, copies: right.length, differences };
}
