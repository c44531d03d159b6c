/** The channels that guilds have, as far as this connection was told: all of them at its beginning, then each change. */
export class LiveChannels {
  readonly #guilds = new Map<string, Set<string>>();

  /** What a guild has at the beginning of a session. */
  replace(guildId: string, channelIds: readonly string[]): void {
    this.#guilds.set(guildId, new Set(channelIds));
  }

  add(guildId: string, channelId: string): void {
    this.#guilds.get(guildId)?.add(channelId);
  }

  delete(guildId: string, channelId: string): void {
    this.#guilds.get(guildId)?.delete(channelId);
  }

  has(guildId: string, channelId: string): boolean {
    return this.#guilds.get(guildId)?.has(channelId) ?? false;
  }
}
