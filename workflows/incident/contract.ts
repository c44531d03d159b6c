import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  IncidentNews,
  IncidentPolicy,
  IncidentRefusal,
  IncidentStatus,
} from '../../src/domain/watching/incident';

/** What starts, signals and updates an incident. */

export const INCIDENT_WORKFLOW = 'incidentWorkflow';

/** @param incidentId as in the records: unique, without personal text */
export function incidentWorkflowId(incidentId: string): string {
  return `incident-${incidentId}`;
}

export interface IncidentInput {
  readonly incidentId: string;
  readonly guildId: string;
  readonly policy: IncidentPolicy;
  readonly openedAt: number;
}

export type IncidentVerdict =
  | { readonly done: true; readonly status: IncidentStatus }
  | { readonly done: false; readonly refusal: IncidentRefusal };

/** News of a round, in the order in which they happened; also signalled with the start. */
export const incidentNewsSignal = defineSignal<[readonly IncidentNews[]]>('news');

/** Use the interaction's id as the update's id, so that a repeated click counts once. */
export const acknowledgeIncident = defineUpdate<IncidentVerdict, [{ readonly userId: string }]>(
  'acknowledge',
);

/** `note` is sealed text. */
export const noteIncident = defineUpdate<
  IncidentVerdict,
  [{ readonly userId: string; readonly note: string }]
>('note');
