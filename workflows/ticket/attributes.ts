import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CaseState } from '../../src/domain/cases/case';
import { searchAttributes } from '../../src/temporal/search-attributes';

/**
 * Brings the search attributes in step with the case, with one upsert for all that differs: each is an
 * Action. Whoever starts a ticket sets the number that it expects to be next; usually that is the one.
 */
export function showAttributes(state: CaseState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const pairs = wanted(state).filter(({ key, value }) => (shown.get(key) ?? null) !== value);
  if (pairs.length > 0) upsertSearchAttributes(pairs);
}

function wanted(state: CaseState): SearchAttributeUpdatePair[] {
  return [
    { key: searchAttributes.status, value: state.status },
    { key: searchAttributes.number, value: state.number === 0 ? null : state.number },
    { key: searchAttributes.assignee, value: state.assigneeId },
    { key: searchAttributes.raised, value: state.raised === null ? null : true },
  ];
}
