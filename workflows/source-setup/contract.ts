import type { SourceSettings } from '../../src/domain/announcements/settings';

/**
 * An administrator's change to the sources: a short workflow, since the bot writes no records. Its answer edits
 * the interaction.
 */

export const SOURCE_SETUP_WORKFLOW = 'sourceSetupWorkflow';

export const sourceSetupWorkflowId = (interactionId: string): string =>
  `source-setup-${interactionId}`;

export type SourceChange =
  | { readonly type: 'add'; readonly source: SourceSettings }
  | { readonly type: 'edit'; readonly source: SourceSettings }
  | { readonly type: 'remove'; readonly id: string }
  /** A new secret; the ones before it are valid for a day more. */
  | { readonly type: 'rotate'; readonly id: string }
  /** Starts an announcement of a delivery that is kept. */
  | { readonly type: 'deliver-again'; readonly id: string; readonly deliveryId: string };

export interface SourceSetupInput {
  readonly guildId: string;
  readonly userId: string;
  readonly interactionId: string;
  readonly change: SourceChange;
  readonly applicationId: string;
  /** The interaction's token, sealed. */
  readonly sealedToken: string;
}
