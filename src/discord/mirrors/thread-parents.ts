import { setTimeout as pause } from 'node:timers/promises';
import type { API } from '@discordjs/core';
import { ChannelType } from 'discord-api-types/v10';
import { DiscordAPIError } from '@discordjs/rest';
import { LRUCache } from 'lru-cache';

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];

const AGAIN_MS = 2_000;

/** Which channel a thread belongs to. Discord tells it of new threads; of others it is asked once. */
export class ThreadParents {
  readonly #known = new LRUCache<string, { readonly parentId: string | null }>({ max: 10_000 });

  /** @param signal ends the waiting for a Discord that is away */
  constructor(
    private readonly channels: Pick<API['channels'], 'get'>,
    private readonly signal: AbortSignal,
  ) {}

  heard({ id, parent_id: parentId }: { id: string; parent_id?: string | null | undefined }): void {
    if (parentId != null) this.#known.set(id, { parentId });
  }

  /** `null`: it is no thread, or nobody may see it. Waits while Discord is away. @throws the signal's reason */
  async find(channelId: string): Promise<string | null> {
    const known = this.#known.get(channelId);
    if (known !== undefined) return known.parentId;
    const parentId = await this.#untilAnswered(channelId);
    this.#known.set(channelId, { parentId });
    return parentId;
  }

  async #untilAnswered(channelId: string): Promise<string | null> {
    for (;;) {
      this.signal.throwIfAborted();
      try {
        return await this.#ask(channelId);
      } catch {
        await pause(AGAIN_MS, undefined, { signal: this.signal, ref: false });
      }
    }
  }

  async #ask(channelId: string): Promise<string | null> {
    try {
      const channel = await this.channels.get(channelId);
      const isThread = THREADS.includes(channel.type);
      return isThread && 'parent_id' in channel ? (channel.parent_id ?? null) : null;
    } catch (error) {
      if (error instanceof DiscordAPIError && [403, 404].includes(error.status)) return null;
      throw error;
    }
  }
}
