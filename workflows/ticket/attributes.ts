import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseState, CaseStatus } from '../../src/domain/cases/case';
import { searchAttributes } from '../../src/temporal/search-attributes';

/**
 * Keeps the search attributes in step with the case, with one upsert for all that changed:
 * each upsert is an Action. `Closing` is short and is not worth one unless it is delayed.
 */
export class Attributes {
  private shown: string;

  constructor(state: CaseState) {
    this.shown = JSON.stringify(values(state, state.status));
  }

  /** @param status what to show as the status, where that differs from the state's */
  show(state: CaseState, status: CaseStatus = state.status): void {
    const wanted = values(state, status);
    const text = JSON.stringify(wanted);
    if (text === this.shown) return;
    this.shown = text;
    upsertSearchAttributes(pairs(wanted));
  }
}

interface Values {
  readonly status: CaseStatus;
  readonly number: number | null;
  readonly assignee: string | null;
  readonly raised: boolean | null;
}

function values(state: CaseState, status: CaseStatus): Values {
  return {
    status,
    number: state.number === 0 ? null : state.number,
    assignee: state.assigneeId,
    raised: state.raised === null ? null : true,
  };
}

function pairs({ status, number, assignee, raised }: Values): SearchAttributeUpdatePair[] {
  return [
    { key: searchAttributes.status, value: status },
    { key: searchAttributes.number, value: number },
    { key: searchAttributes.assignee, value: assignee },
    { key: searchAttributes.raised, value: raised },
  ];
}
