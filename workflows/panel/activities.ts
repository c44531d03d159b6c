import type { PanelInput } from './contract';

export interface PanelActivities {
  /** Posts the panel's message once and answers the person who asked for it. */
  postPanel(input: PanelInput): Promise<void>;
}
