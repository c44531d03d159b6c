import type { IncidentState, RecordedIncidentEvent } from '../../src/domain/watching/incident';

/** The effects of an incident. Each may be tried any number of times and happens once. */
export interface IncidentActivities {
  /**
   * Records the events, posts or edits the one message in the administration's channel and in the users',
   * pings whom the events ask for, and at the recovery tells those who asked to be told.
   */
  showIncident(change: IncidentChange): Promise<void>;
}

export interface IncidentChange {
  readonly incidentId: string;
  readonly guildId: string;
  readonly events: readonly RecordedIncidentEvent[];
  readonly state: IncidentState;
}
