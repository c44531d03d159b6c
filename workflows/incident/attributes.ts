import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { IncidentState } from '../../src/domain/watching/incident';
import { searchAttributes } from '../../src/temporal/search-attributes';

/** Brings the search attributes in step with the incident, with one upsert for all that differs: each is an Action. */
export function showAttributes(state: IncidentState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const wanted: SearchAttributeUpdatePair[] = [
    { key: searchAttributes.status, value: state.status },
    { key: searchAttributes.assignee, value: state.acknowledged?.by ?? null },
    { key: searchAttributes.raised, value: state.raisedAt === null ? null : true },
  ];
  const pairs = wanted.filter(({ key, value }) => (shown.get(key) ?? null) !== value);
  if (pairs.length > 0) upsertSearchAttributes(pairs);
}
