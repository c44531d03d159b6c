import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  SOURCE_SETUP_WORKFLOW,
  sourceSetupWorkflowId,
  type SourceSetupInput,
} from '../../../workflows/source-setup/contract';
import { TASK_QUEUE } from '../../../workflows/ticket/contract';
import { searchAttributes } from '../../temporal/search-attributes';

/** The bot's way to the sources of announcements; see `Desk`. */
export interface SourceDesk {
  /** Starts a change to the sources; the worker answers the interaction. @throws DeskUnreachable, DeskSilent */
  changeSources(input: SourceSetupInput): Promise<void>;
}

/** What each change is, for whoever reads the workflow; without anything personal. */
const SUMMARIES: Readonly<Record<SourceSetupInput['change']['type'], string>> = {
  add: 'Add a source of announcements',
  edit: 'Change a source of announcements',
  remove: 'Remove a source of announcements',
  rotate: 'Make a new secret for a source',
  'deliver-again': 'Deliver something again',
};

/** @param start starts a workflow, or does nothing where it was started before */
export function createSourceDesk(
  start: (type: string, options: Parameters<WorkflowClient['start']>[1]) => Promise<void>,
): SourceDesk {
  return {
    changeSources: (input) =>
      start(SOURCE_SETUP_WORKFLOW, {
        workflowId: sourceSetupWorkflowId(input.interactionId),
        taskQueue: TASK_QUEUE,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [input],
        staticSummary: SUMMARIES[input.change.type],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: searchAttributes.guild, value: input.guildId },
          { key: searchAttributes.kind, value: 'source-setup' },
        ]),
      }),
  };
}
