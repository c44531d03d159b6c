import { defineSignal } from '@temporalio/workflow';

/** What starts the announcement of one time of planned maintenance. */

export const MAINTENANCE_WORKFLOW = 'maintenanceWorkflow';

/** The same time of the same window is announced once, whoever finds it first. */
export function maintenanceWorkflowId(input: MaintenanceInput): string {
  return `maintenance-${input.serverKey}-${input.windowId}-${input.from}`;
}

/** Instants in milliseconds since the epoch. */
export interface MaintenanceInput {
  readonly guildId: string;
  readonly serverKey: number;
  /** The administrator's word for the server. */
  readonly serverId: string;
  readonly windowId: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Somebody ended the maintenance before its time, or called it off. */
export const maintenanceEndedSignal = defineSignal('ended');
