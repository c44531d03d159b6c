import { z } from 'zod';
import { commitSchema } from '../../src/db/announcements/item-schema';
import type { FoundCommits } from '../../src/domain/announcements/left-out';
import { leftOutKey } from '../../src/storage/deliveries';
import { inStorage } from '../in-storage';
import type { AnnouncementDependencies } from './dependencies';

/** What a service told when it was asked for what a delivery leaves out, beside the delivery. */

const stored = z.object({
  version: z.literal(1),
  pushes: z.array(
    z.object({
      identity: z.string(),
      commits: z.array(commitSchema),
      total: z.number().nullable(),
    }),
  ),
});

type Storage = Pick<AnnouncementDependencies, 'storage'>;

/** @returns by the identity of the push. @throws EffectFailed while the storage is away */
export async function foundOf(
  { storage }: Storage,
  storageKey: string,
): Promise<ReadonlyMap<string, FoundCommits>> {
  const bytes = await inStorage(() => storage.get(leftOutKey(storageKey)));
  const pushes = bytes === null ? [] : unpacked(bytes);
  return new Map(pushes.map((push) => [push.identity, push]));
}

function unpacked(bytes: Buffer): readonly FoundCommits[] {
  try {
    return stored.parse(JSON.parse(bytes.toString('utf8'))).pushes;
  } catch {
    // Another version wrote it: without it the post says how many more there are.
    return [];
  }
}

/** @throws EffectFailed while the storage is away */
export async function keepFound(
  { storage }: Storage,
  storageKey: string,
  pushes: readonly FoundCommits[],
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify({ version: 1, pushes }));
  const options = { contentType: 'application/json' };
  await inStorage(() => storage.put(leftOutKey(storageKey), bytes, options));
}
