import type { MirrorFilter, MirrorStyle } from '../../src/domain/mirrors/settings';

/**
 * An administrator's change to the mirrors: a short workflow, since the bot writes no records. Its answer edits
 * the interaction.
 */

export const MIRROR_SETUP_WORKFLOW = 'mirrorSetupWorkflow';

export function mirrorSetupWorkflowId(interactionId: string): string {
  return `mirror-setup-${interactionId}`;
}

/** A mirror as a command wishes it. */
export interface MirrorWish {
  readonly id: string;
  readonly fromChannelId: string;
  /** Of this guild, or of another one that the bot is in. */
  readonly toChannelId: string;
  readonly style: MirrorStyle;
  readonly filter: MirrorFilter;
  readonly reactions: boolean;
  readonly threads: boolean;
  readonly editWindowMs: number;
  /** So many messages that were written before are copied as well. */
  readonly backfill: number;
}

export type MirrorChange =
  | { readonly type: 'add'; readonly mirror: MirrorWish }
  | { readonly type: 'remove'; readonly id: string }
  /** What the guild that is copied into says of another guild's mirror. */
  | {
      readonly type: 'answer';
      readonly fromGuildId: string;
      readonly id: string;
      readonly agreed: boolean;
    };

export interface MirrorSetupInput {
  readonly guildId: string;
  readonly userId: string;
  readonly interactionId: string;
  readonly change: MirrorChange;
  readonly applicationId: string;
  /** The interaction's token, sealed. */
  readonly sealedToken: string;
}
