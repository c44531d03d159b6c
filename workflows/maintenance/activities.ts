import type { MaintenanceInput } from './contract';

/** `called-off`: it never began, and its message goes. */
export type MaintenancePhase = 'planned' | 'begun' | 'over' | 'called-off';

export interface MaintenanceActivities {
  /**
   * Posts or edits the one message that announces this maintenance to users.
   *
   * @returns the message; `null`: there is nobody to be told, or the maintenance was called off
   */
  announceMaintenance(request: {
    readonly maintenance: MaintenanceInput;
    readonly phase: MaintenancePhase;
    readonly message: MaintenanceMessage | null;
  }): Promise<MaintenanceMessage | null>;
}

export interface MaintenanceMessage {
  readonly channelId: string;
  readonly messageId: string;
}
