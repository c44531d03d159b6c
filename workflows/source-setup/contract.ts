/**
 * An administrator's change to the sources: a short workflow, since the bot writes no records. Its answer edits
 * the interaction. No address of a feed and no secret stands in its history.
 */

export const SOURCE_SETUP_WORKFLOW = 'sourceSetupWorkflow';

export const sourceSetupWorkflowId = (interactionId: string): string =>
  `source-setup-${interactionId}`;

/** `id` is the administrator's word for the source. */
export type SourceChange =
  /** A `SourceWish`, sealed: the address of a feed may be as good as a password. */
  | { readonly type: 'add' | 'edit'; readonly id: string; readonly sealedWish: string }
  | { readonly type: 'remove'; readonly id: string }
  /** A new secret; the ones before it are valid for a day more. */
  | { readonly type: 'rotate'; readonly id: string }
  /** Starts an announcement of a delivery that is kept. */
  | { readonly type: 'deliver-again'; readonly id: string; readonly deliveryId: string };

export interface SourceSetupInput {
  readonly guildId: string;
  readonly userId: string;
  /** Of the command or click: what is made for it, such as a secret, is made once. */
  readonly interactionId: string;
  readonly change: SourceChange;
  readonly applicationId: string;
  /** The interaction's token, sealed. */
  readonly sealedToken: string;
}
