import type { Kill } from '../castle/castle';
import { checkAnswers, type Disturbance } from './check-answers';
import { checkChannels } from './check-channels';
import { checkConversations } from './check-conversations';
import { checkHistories } from './check-histories';
import { checkMessages } from './check-messages';
import { checkNumbers } from './check-numbers';
import type { Evidence } from './evidence';
import type { Finding } from './finding';

/** Looks at the evidence from every side. */
export function verdictOf(
  evidence: Evidence,
  kills: readonly Kill[],
  disturbances: readonly Disturbance[],
): Finding {
  const findings = [
    checkNumbers(evidence),
    checkChannels(evidence),
    checkMessages(evidence),
    checkHistories(evidence),
    checkConversations(evidence),
    checkAnswers(evidence, kills, disturbances),
  ];
  return {
    figures: findings.flatMap(({ figures }) => figures),
    defects: findings.flatMap(({ defects }) => defects),
  };
}
