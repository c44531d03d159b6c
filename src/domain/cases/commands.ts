import type { Actor } from './case';

/** What a member of staff or the opener may ask for. */
export type PersonCommand =
  | { readonly type: 'claim'; readonly actor: Actor }
  | { readonly type: 'release'; readonly actor: Actor }
  | { readonly type: 'raise'; readonly actor: Actor }
  | { readonly type: 'resolve'; readonly actor: Actor; readonly note: string | null }
  | { readonly type: 'close'; readonly actor: Actor; readonly note: string | null }
  | { readonly type: 'reopen'; readonly actor: Actor };

/** What comes from elsewhere: messages in the channel, its disappearance, the passing of time. */
export type OtherCommand =
  | {
      readonly type: 'messages';
      /** When the newest of them was written. */
      readonly lastAt: number;
      /** The first of them that a member of staff wrote, if any did. */
      readonly staff: { readonly userId: string; readonly at: number } | null;
    }
  | { readonly type: 'channel-gone'; readonly channelId: string }
  | { readonly type: 'deadline' };

export type CaseCommand = PersonCommand | OtherCommand;

export type PersonCommandType = PersonCommand['type'];

/** Why a command was not carried out. The view turns it into a sentence for a person. */
export type Refusal =
  | { readonly refused: 'not-ready' }
  | { readonly refused: 'not-staff' }
  | { readonly refused: 'not-yours' }
  | { readonly refused: 'already-claimed'; readonly by: string }
  | { readonly refused: 'already-yours' }
  | { readonly refused: 'not-claimed' }
  | { readonly refused: 'no-senior-team' }
  | { readonly refused: 'already-resolved' }
  | { readonly refused: 'already-open' }
  | { readonly refused: 'closing' }
  | { readonly refused: 'closed' }
  | { readonly refused: 'reopen-window-over' };

export type RefusalCode = Refusal['refused'];

export function isRefusal(decision: readonly unknown[] | Refusal): decision is Refusal {
  return 'refused' in decision;
}
