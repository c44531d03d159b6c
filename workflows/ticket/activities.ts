import type { CasePolicy, CaseState } from '../../src/domain/cases/case';
import type { RecordedEvent } from '../../src/domain/cases/events';
import type { TicketInput } from './contract';

/** The effects that a ticket asks for. Each may be tried any number of times and happens once. */
export interface TicketActivities {
  /**
   * Counts the limits and takes the number in one transaction, creates the channel, posts the opening
   * message, records both, and answers the person.
   */
  openTicket(request: TicketInput): Promise<OpeningOutcome>;
  /** Records the events, then shows the state in the channel and tells whom it concerns. */
  showTicket(change: CaseChange): Promise<ShownOutcome>;
  /** Records when somebody last wrote, and stores what was written. */
  noteMessages(change: CaseChange): Promise<ShownOutcome>;
  /**
   * Records the closing, closes the channel for writing, stores the conversation, reads it back, and only
   * then deletes the channel.
   */
  closeTicket(change: CaseChange): Promise<ClosingOutcome>;
  /** Records the reopening and creates a new channel. */
  reopenTicket(change: CaseChange): Promise<ChannelOutcome>;
}

export type OpeningOutcome =
  | {
      readonly outcome: 'opened';
      readonly number: number;
      readonly policy: CasePolicy;
      readonly acceptedAt: number;
      readonly channelId: string;
      readonly messageId: string;
      readonly createdAt: number;
    }
  | { readonly outcome: 'refused' }
  | {
      readonly outcome: 'failed';
      readonly number: number;
      readonly policy: CasePolicy;
      readonly acceptedAt: number;
      /** Discord's error code, or ours: why no channel could be made. */
      readonly code: string;
    };

export type ChannelOutcome =
  | {
      readonly outcome: 'created';
      readonly channelId: string;
      readonly messageId: string;
      readonly at: number;
    }
  | { readonly outcome: 'failed'; readonly code: string; readonly at: number };

export interface ShownOutcome {
  /** Whether the channel turned out to have been deleted by hand. */
  readonly channelGone: boolean;
  /** A closing that was to be told as delayed had been done: nothing was recorded or told. */
  readonly closed?: ClosingOutcome;
}

/** Events that were decided, with the state that they led to. */
export interface CaseChange {
  readonly guildId: string;
  readonly categoryId: string;
  readonly events: readonly RecordedEvent[];
  readonly state: CaseState;
}

/** How the conversation was kept; `messages` is `null` if the channel was gone before it could be read. */
export interface ClosingOutcome {
  readonly messages: number | null;
  readonly closedAt: number;
}
