import type { NameWish } from './contract';

export interface ChannelNameActivities {
  /**
   * Gives the channel its name if Discord's limit of 2 changes in 10 minutes, counted in the records, allows
   * it now; one of them is kept back for urgent wishes.
   */
  renameChannel(request: {
    readonly guildId: string;
    readonly channelId: string;
    readonly wish: NameWish;
  }): Promise<RenameOutcome>;
}

export type RenameOutcome =
  /** The channel has the name, or it is a person's own and stays, or it cannot be changed, which was told once. */
  | { readonly outcome: 'shown' | 'respected' | 'forbidden' | 'gone' }
  /** Milliseconds since the epoch: not before then. */
  | { readonly outcome: 'later'; readonly notBefore: number };
