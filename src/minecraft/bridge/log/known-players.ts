import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalUuid } from '../uuid';

/** More are forgotten, the oldest first. */
const MOST = 10_000;

/** What a server keeps of its players in usercache.json (https://minecraft.wiki/w/Usercache.json). */
const userCache = z.array(z.object({ name: z.string(), uuid: z.string() }));

/** Which UUIDs a server's players have, by their names. */
export class KnownPlayers {
  readonly #uuids = new Map<string, string>();

  /** @param userCacheFile the server's usercache.json, for those whose login is in no log */
  constructor(private readonly userCacheFile: string) {}

  learn(name: string, uuid: string): void {
    const key = name.toLowerCase();
    this.#uuids.delete(key);
    this.#uuids.set(key, uuid);
    const [oldest] = this.#uuids.keys();
    if (this.#uuids.size > MOST && oldest !== undefined) this.#uuids.delete(oldest);
  }

  /** @returns `null` when nothing tells it; a server in offline mode writes no UUIDs into its log */
  async uuidOf(name: string): Promise<string | null> {
    return this.#uuids.get(name.toLowerCase()) ?? (await this.#fromCache(name));
  }

  async #fromCache(name: string): Promise<string | null> {
    const cached = userCache.safeParse(await readJson(this.userCacheFile));
    const same = cached.data?.find((other) => other.name.toLowerCase() === name.toLowerCase());
    return same === undefined ? null : canonicalUuid(same.uuid);
  }
}

/** `undefined` when it cannot be read: the server may be writing it just now. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
