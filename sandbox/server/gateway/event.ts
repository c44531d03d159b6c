/** Something that happened, on its way to the bots that asked for it. */
export interface Event {
  /** The dispatch's name, such as MESSAGE_CREATE. */
  name: string;
  data: unknown;
  /** Intent bits of which one is enough; 0: everybody gets it. */
  intents: number;
  /** null: direct messages, or nothing to do with a guild. */
  guildId: string | null;
  /** What those get who lack `contentIntent`; without it, all get `data`. */
  withoutContent?: () => unknown;
  contentIntent?: number;
}
