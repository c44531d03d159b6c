import { defineSignal } from '@temporalio/workflow';
import { sourceKey } from '../announcement/contract';

/** What starts and signals the keeper of a source: from its definition to its removal. */

export const SUBSCRIPTION_WORKFLOW = 'subscriptionWorkflow';

export const subscriptionWorkflowId = ({ guildId, sourceId }: SubscriptionInput): string =>
  `subscription-${sourceKey(guildId, sourceId)}`;

/** Start it by signal-with-start of `changed`, whenever a source is defined. Search attributes at the start: guild, kind `subscription`. */
export interface SubscriptionInput {
  readonly guildId: string;
  readonly sourceId: string;
}

/** Its definition, or its secrets, are other ones now, or it is gone: look at the records. */
export const sourceChangedSignal = defineSignal('changed');

/** A hub asked, and the web server confirmed what was expected. */
export const hubAskedSignal = defineSignal<[HubQuestion]>('hub-asked');

export interface HubQuestion {
  readonly act: 'subscribe' | 'unsubscribe';
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `null`: it does not end by itself. */
  readonly leaseSeconds: number | null;
}

/** The service will send nothing more. The reason is in its own words, without personal text. */
export const revokedSignal =
  defineSignal<[{ readonly reason: string; readonly at: number }]>('revoked');

/** Requests to the source's address were refused since the last such signal; sent at most once a minute. */
export const refusedSignal = defineSignal<
  [
    {
      readonly reason: 'unsigned' | 'wrong-signature' | 'too-old' | 'too-new' | 'malformed';
      readonly count: number;
      readonly at: number;
    },
  ]
>('refused');
