import { defineSignal } from '@temporalio/workflow';

/** What starts and signals the naming of a channel. */

export const CHANNEL_NAME_WORKFLOW = 'channelNameWorkflow';

export function channelNameWorkflowId(channelId: string): string {
  return `channel-name-${channelId}`;
}

export interface ChannelNameInput {
  readonly guildId: string;
  readonly channelId: string;
}

/** The newest wish wins. */
export interface NameWish {
  readonly name: string;
  /** A change between up and down: it may use the change that is kept back for it. */
  readonly urgent: boolean;
  /** When it was wished (milliseconds since the epoch): an older wish that comes late is dropped. */
  readonly at: number;
  readonly onManualRename: 'respect' | 'restore';
}

export const nameWishSignal = defineSignal<[NameWish]>('wish');
