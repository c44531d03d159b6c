import type { MaintenanceWindow, ServerWish } from '../../src/domain/watching/server';

/**
 * An administrator's change to the watched servers: a short workflow, since the bot writes no records. Its
 * answer edits the interaction.
 */

export const SERVER_SETUP_WORKFLOW = 'serverSetupWorkflow';

export function serverSetupWorkflowId(interactionId: string): string {
  return `server-setup-${interactionId}`;
}

export type ServerChange =
  | { readonly type: 'add'; readonly server: ServerWish }
  | { readonly type: 'edit'; readonly server: ServerWish }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'maintenance'; readonly id: string; readonly window: MaintenanceWindow }
  | { readonly type: 'end-maintenance'; readonly id: string; readonly windowId: string }
  /** "Tell me when it is back": a direct message at the recovery, once. */
  | { readonly type: 'subscribe'; readonly id: string; readonly userId: string };

export interface ServerSetupInput {
  readonly guildId: string;
  readonly userId: string;
  readonly change: ServerChange;
  readonly applicationId: string;
  /** The interaction's token, sealed. */
  readonly sealedToken: string;
}
