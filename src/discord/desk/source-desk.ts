import {
  SOURCE_SETUP_WORKFLOW,
  sourceSetupWorkflowId,
  type SourceSetupInput,
} from '../../../workflows/source-setup/contract';
import type { Start } from './start';

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

/** The part of the desk that looks after sources. */
export function createSourceDesk(start: Start): SourceDesk {
  return {
    changeSources: (input) =>
      start(SOURCE_SETUP_WORKFLOW, {
        workflowId: sourceSetupWorkflowId(input.interactionId),
        ...{ kind: 'source-setup', summary: SUMMARIES[input.change.type], input },
      }),
  };
}
