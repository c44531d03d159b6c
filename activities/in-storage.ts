import { EffectFailed } from './failure';

/** @throws EffectFailed for whatever keeps the storage from doing it */
export async function inStorage<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new EffectFailed('storage-unavailable', 'The storage cannot be reached', { cause });
  }
}
