import type { CasePolicy, CloseCause, RaisedBy } from './case';

/**
 * What happened to a case. These are the rows of `case_events`: the audit trail is the logic's own output.
 * No event holds personal text; `note` is sealed text that only activities open (a resolution, a reason).
 */
export type CaseEvent =
  | { readonly type: 'accepted'; readonly number: number; readonly policy: CasePolicy }
  | { readonly type: 'refused' }
  | { readonly type: 'opening-failed'; readonly code: string }
  | { readonly type: 'channel-created'; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'claimed'; readonly by: string; readonly from: string | null }
  | { readonly type: 'released'; readonly by: string; readonly from: string }
  | { readonly type: 'raised'; readonly by: RaisedBy; readonly team: string }
  | { readonly type: 'resolved'; readonly by: string; readonly note: string | null }
  | { readonly type: 'first-answered'; readonly by: string; readonly answeredAt: number }
  | { readonly type: 'messages-seen'; readonly lastAt: number }
  | { readonly type: 'inactivity-warned' }
  | {
      readonly type: 'closing';
      readonly cause: CloseCause;
      readonly by: string | null;
      readonly note: string | null;
    }
  | { readonly type: 'closing-delayed'; readonly code: string }
  | { readonly type: 'closed'; readonly messages: number | null }
  | { readonly type: 'reopened'; readonly by: string; readonly newChannel: boolean }
  | { readonly type: 'ended' };

export type CaseEventType = CaseEvent['type'];

/** An event with its place in the case's history and its instant (milliseconds since the epoch). */
export interface RecordedEvent {
  readonly seq: number;
  readonly at: number;
  readonly event: CaseEvent;
}
