import { checkAnswers } from '../evidence/check-answers';
import type { Finding } from '../evidence/finding';
import { checkAccounts } from './check-accounts';
import { checkCommands } from './check-commands';
import { checkRegistrations } from './check-registrations';
import { checkRuns } from './check-runs';
import { checkSecrets } from './check-secrets';
import { checkTold } from './check-told';
import { checkWhitelists } from './check-whitelists';
import type { RegisterEvidence } from './register-evidence';

/** Looks at the evidence from every side. */
export function registerVerdict(evidence: RegisterEvidence): Finding {
  const findings = [
    checkRegistrations(evidence),
    checkTold(evidence),
    checkAccounts(evidence),
    checkWhitelists(evidence),
    checkCommands(evidence),
    checkSecrets(evidence),
    checkRuns(evidence),
    checkAnswers({ ...evidence, histories: new Map() }, evidence.kills, evidence.disturbances),
  ];
  return {
    figures: findings.flatMap(({ figures }) => figures),
    defects: findings.flatMap(({ defects }) => defects),
  };
}
