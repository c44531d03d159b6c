import { WATCH_SERVERS_WORKFLOW } from '../../../workflows/watch-servers/contract';
import type { Finding } from '../evidence/finding';
import type { RegisterEvidence } from './register-evidence';

const OVER: ReadonlySet<string> = new Set(['COMPLETED', 'CONTINUED_AS_NEW']);

/** No workflow failed, and none is left open; a round of checks may just be running. */
export function checkRuns({ runs }: RegisterEvidence): Finding {
  const open = runs.filter(
    ({ type, status }) =>
      !OVER.has(status) && !(type === WATCH_SERVERS_WORKFLOW && status === 'RUNNING'),
  );
  return {
    figures: [['workflows', runs.length]],
    defects: open.map(({ workflowId, status }) => `${workflowId} is ${status}`),
  };
}
