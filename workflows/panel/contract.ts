/** Posting a panel of categories: started by `/panel post`, done when the panel stands in its channel. */

export const PANEL_WORKFLOW = 'panelWorkflow';

/** @param interactionId snowflake of the interaction that asked for the panel */
export function panelWorkflowId(interactionId: string): string {
  return `panel-${interactionId}`;
}

export interface PanelInput {
  readonly guildId: string;
  readonly panelId: string;
  /** Where the panel goes. */
  readonly channelId: string;
  /** `SealedAnswer`, sealed. */
  readonly sealed: string;
}

/** How to answer the interaction. */
export interface SealedAnswer {
  readonly applicationId: string;
  /** Valid for 15 minutes after the interaction. */
  readonly interactionToken: string;
}
