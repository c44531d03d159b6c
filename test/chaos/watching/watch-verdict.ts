import type { Finding } from '../evidence/finding';
import { checkChecks } from './check-checks';
import { checkDowntimes } from './check-downtimes';
import { checkIncidents } from './check-incidents';
import { checkNames } from './check-names';
import { checkSpans } from './check-spans';
import { checkTold } from './check-told';
import { checkWorkflows } from './check-workflows';
import type { WatchEvidence } from './watch-evidence';

/** Looks at the evidence from every side. @param untilNamed whether no channel may wait any more */
export function watchVerdict(evidence: WatchEvidence, untilNamed: boolean): Finding {
  const findings = [
    checkChecks(evidence),
    checkDowntimes(evidence),
    checkSpans(evidence),
    checkIncidents(evidence),
    checkTold(evidence),
    checkNames(evidence, untilNamed),
    checkWorkflows(evidence),
  ];
  return {
    figures: findings.flatMap(({ figures }) => figures),
    defects: findings.flatMap(({ defects }) => defects),
  };
}
