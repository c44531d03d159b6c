import { defineSignal } from '@temporalio/workflow';
import type { AnswerTo } from '../answer-to';

/** What brings a game server's whitelist to what is wanted of it. */

export const WHITELIST_WORKFLOW = 'whitelistWorkflow';

/** @param serverId the administrator's word for the server */
export function whitelistWorkflowId(guildId: string, serverId: string): string {
  return `whitelist-${guildId}-${serverId}`;
}

/** Start it by signalWithStart, with `whitelistWanted`, after the wish was recorded. */
export interface WhitelistInput {
  readonly guildId: string;
  readonly serverId: string;
}

/** Something is wanted that the server does not know yet. It is looked up in the records; while a pause lasts, it waits for its end. */
export const whitelistWanted = defineSignal('wanted');

/** The server answers again: a pause ends at once. Nothing happens if no workflow runs. */
export const serverIsBack = defineSignal('serverIsBack');

/** A plugin has applied these wishes; the web server writes no records. */
export const whitelistConfirmed = defineSignal<[readonly WhitelistConfirmation[]]>('confirmed');

export interface WhitelistConfirmation {
  readonly accountKey: number;
  /** Of the wish that was applied; a newer one is still to be applied. */
  readonly version: number;
}

export const WHITELIST_CHECK_WORKFLOW = 'whitelistCheckWorkflow';

export function whitelistCheckWorkflowId(interactionId: string): string {
  return `whitelist-check-${interactionId}`;
}

/** `/server whitelist check`: an administrator compares, sees the difference, and may then have it repaired. */
export interface WhitelistCheckInput {
  readonly guildId: string;
  readonly serverId: string;
  readonly userId: string;
  /** `false`: only show the difference. */
  readonly repair: boolean;
  readonly answerTo: AnswerTo;
}
