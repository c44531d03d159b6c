import type { WhitelistCheckInput, WhitelistConfirmation } from './contract';

export interface WhitelistActivities {
  /**
   * First records what a plugin has confirmed. Then tells the server, in the order of the wishes, what it does not know
   * yet, and records each one as soon as the server has answered. A wish that a try applied and could not record
   * is applied again, which changes nothing on a server. What the server refuses for good is recorded as such
   * and does not keep the rest waiting.
   */
  applyWhitelist(request: ApplyRequest): Promise<ApplyOutcome>;
  /** Compares the server's own list with the records, shows the difference, or repairs it, and answers the administrator. */
  checkWhitelist(input: WhitelistCheckInput): Promise<WhitelistChecked>;
  /** Answers that it was not possible in time. */
  tellCheckFailed(input: WhitelistCheckInput): Promise<void>;
}

export interface ApplyRequest {
  readonly guildId: string;
  readonly serverId: string;
  readonly confirmed: readonly WhitelistConfirmation[];
}

export type ApplyOutcome =
  /** The server knows all that was wanted when this began. */
  | { readonly outcome: 'done' }
  /** The server cannot be reached or does not let us in; `left` wishes wait for it. `code` says why, without any text of the server. */
  | { readonly outcome: 'away'; readonly left: number; readonly code: string }
  /** The server's plugin fetches `left` wishes by itself, and confirms them. */
  | { readonly outcome: 'fetched'; readonly left: number }
  /** No such server is configured any more. */
  | { readonly outcome: 'gone' };

export interface WhitelistChecked {
  /** Wishes were recorded that the server is to be told of: a workflow for that is started. */
  readonly repairing: boolean;
}
