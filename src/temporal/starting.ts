import type { SearchAttributePair } from '@temporalio/common';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { startAttributes } from './search-attributes';

/** What a workflow is started for. */
export interface Work {
  readonly workflowId: string;
  /** For the search attributes. */
  readonly kind: string;
  readonly attributes?: readonly SearchAttributePair[];
  /** What it is, for whoever reads the workflow; without anything personal. */
  readonly summary: string;
  readonly input: { readonly guildId: string };
}

/** How a workflow is started. @param again whether one of this id may have run before */
export const startOptions = (
  { workflowId, kind, attributes = [], summary, input }: Work,
  again: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE',
) => ({
  workflowId,
  taskQueue: TASK_QUEUE,
  workflowIdReusePolicy: again,
  args: [input],
  staticSummary: summary,
  typedSearchAttributes: startAttributes(input.guildId, kind, ...attributes),
});
