/** The two games called Minecraft, whose accounts have nothing to do with each other. */
export const EDITIONS = ['java', 'bedrock'] as const;
export type Edition = (typeof EDITIONS)[number];

/** A player as a game server knows them. */
export interface Player {
  readonly edition: Edition;
  /** As it is shown in the game, without the prefix that some servers put before Bedrock's names. */
  readonly name: string;
  /** Lower case with hyphens (RFC 9562). A server in offline mode derives it from the name. */
  readonly uuid: string;
}

/** A Minecraft account that belongs to one Discord user of one guild. */
export interface Account {
  /** Unique in the whole database. */
  readonly key: number;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  /** `null`: a member of staff linked the name, and no game server has told the UUID yet. */
  readonly uuid: string | null;
  readonly primary: boolean;
  /** Milliseconds since the epoch. */
  readonly linkedAt: number;
  /** The member of staff who linked it; `null`: the user proved it with a code. */
  readonly linkedBy: string | null;
}
