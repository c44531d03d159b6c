import { REGISTRATION_WORKFLOW } from '../../../workflows/registration/contract';
import type { Finding } from '../evidence/finding';
import { grouped } from '../evidence/grouped';
import { surplus } from './multiset';
import type { RegisterEvidence, Run } from './register-evidence';

const ENDS = ['verified', 'rejected', 'timed-out', 'cancelled', 'locked', 'refused'] as const;
const isEnd = (type: string): boolean => ENDS.some((end) => end === type);

/** The runs that ended registrations; one that goes on as another run ends none. */
export function endedRuns({ runs }: RegisterEvidence): Run[] {
  return runs.filter(
    ({ type, status }) => type === REGISTRATION_WORKFLOW && status !== 'CONTINUED_AS_NEW',
  );
}

/** Everything that was accepted ended in exactly one way, and the records say the same as Temporal. */
export function checkRegistrations(evidence: RegisterEvidence): Finding {
  const defects: string[] = [];
  for (const { registrationId, events } of evidence.attempts) {
    const ends = events.filter(isEnd);
    if (ends.length !== 1) {
      defects.push(`${registrationId} ended ${ends.length} times: ${events.join(', ')}`);
    } else if (!isEnd(events.at(-1) ?? '')) {
      defects.push(`${registrationId} went on after its end: ${events.join(', ')}`);
    }
  }
  const ended = endedRuns(evidence);
  for (const { workflowId, ended: how } of ended) {
    if (how === null || !isEnd(how)) defects.push(`${workflowId} ended as ${how ?? 'nothing'}`);
  }
  const recorded = grouped(evidence.attempts, ({ registrationId }) => registrationId);
  const byRun = grouped(ended, ({ workflowId }) => workflowId);
  for (const id of new Set([...recorded.keys(), ...byRun.keys()])) {
    // What was refused at once has no record: nothing was begun.
    const known = (byRun.get(id) ?? []).flatMap((run) => run.ended ?? []).filter(isNoRefusal);
    const kept = (recorded.get(id) ?? []).flatMap(({ events }) => events.filter(isEnd));
    const [more, less] = [surplus(known, kept), surplus(kept.filter(isNoRefusal), known)];
    if (more.length > 0) defects.push(`${id} is not recorded as ${more.join(', ')}`);
    if (less.length > 0) defects.push(`${id} is recorded as ${less.join(', ')}, but was not`);
  }
  return {
    figures: [
      ['registrations', ended.length],
      ...ENDS.map(
        (end) => [`of them ${end}`, ended.filter((run) => run.ended === end).length] as const,
      ),
    ],
    defects,
  };
}

function isNoRefusal(end: string): boolean {
  return end !== 'refused';
}
