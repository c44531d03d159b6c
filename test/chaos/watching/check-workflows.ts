import { INCIDENT_WORKFLOW } from '../../../workflows/incident/contract';
import { WATCH_SERVERS_WORKFLOW } from '../../../workflows/watch-servers/contract';
import type { Finding } from '../evidence/finding';
import type { WatchEvidence } from './watch-evidence';

const WELL: ReadonlySet<string> = new Set(['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW']);

/** No workflow failed, each incident had one, and nothing is left to be told. */
export function checkWorkflows({ workflows, incidents, untoldNews }: WatchEvidence): Finding {
  const of = (type: string) => workflows.filter((workflow) => workflow.type === type);
  const told = new Set(of(INCIDENT_WORKFLOW).map(({ workflowId }) => workflowId));
  return {
    figures: [
      ['rounds', of(WATCH_SERVERS_WORKFLOW).length],
      ['workflows of incidents', told.size],
      ['news that nobody was told', untoldNews],
    ],
    defects: [
      ...workflows
        .filter(({ status }) => !WELL.has(status))
        .map(({ workflowId, status }) => `${workflowId} is ${status}`),
      ...(told.size === incidents.length
        ? []
        : [`${told.size} workflows for ${incidents.length} incidents`]),
      ...(untoldNews === 0 ? [] : [`${untoldNews} news were told to nobody`]),
    ],
  };
}
