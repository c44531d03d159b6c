/** A game server whose plugin may ask. */
export interface GameServer {
  readonly guildId: string;
  /** Unique in its guild. */
  readonly id: string;
  /** The keys that its requests may be signed with at present: two while they are exchanged. */
  readonly keys: readonly Buffer[];
  /** What stands before the names of Bedrock's players there; empty: nothing. */
  readonly bedrockPrefix: string;
}

/** The game servers of all guilds. */
export interface GameServers {
  /**
   * The server that goes by this name: `<guild's slug or id>/<server's id>`, or the server's id alone
   * where no other guild's server has the same.
   *
   * @returns `null` where there is none, or several
   * @throws DatabaseUnavailable
   */
  find(name: string): Promise<GameServer | null>;
}
