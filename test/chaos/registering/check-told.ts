import { registrationWorkflowId } from '../../../workflows/registration/contract';
import { DEMO } from '../../../sandbox';
import type { Finding } from '../evidence/finding';
import { grouped } from '../evidence/grouped';
import { endedRuns } from './check-registrations';
import { surplus } from './multiset';
import type { RegisterEvidence } from './register-evidence';

/** Each end was told once to the one whose registration it was, and nothing that did not happen. */
export function checkTold(evidence: RegisterEvidence): Finding {
  const defects: string[] = [];
  const ends = grouped(endedRuns(evidence), ({ workflowId }) => workflowId);
  let unnamed = 0;
  let told = 0;
  for (const person of evidence.persons) {
    const ownIds = [...ends.keys()].filter((id) => id.includes(`-${person.id}-`));
    const byId = grouped(
      person.told.filter(({ end }) => end !== 'unnamed'),
      ({ name }) => idOf(person.id, name),
    );
    const untold: string[] = [];
    for (const id of new Set([...ownIds, ...byId.keys()])) {
      const happened = (ends.get(id) ?? []).map(({ ended }) => ended ?? 'nothing');
      const read: readonly string[] = (byId.get(id) ?? []).map(({ end }) => end);
      told += read.length;
      untold.push(...surplus(happened, read).map((end) => `${id}: ${end}`));
      for (const end of surplus(read, happened)) {
        defects.push(`${id} was told ${end} once more than it happened`);
      }
    }
    // In the channel that everybody reads nothing is named: each stands for one end.
    const notices = person.told.length - [...byId.values()].flat().length;
    unnamed += notices;
    if (notices > untold.length) {
      defects.push(`${person.id} was told ${notices} times in public, of ${untold.length} ends`);
    }
    defects.push(...untold.slice(notices).map((end) => `nobody was told of ${end}`));
  }
  return {
    figures: [
      ['ends that were told', told + unnamed],
      ['of them in the channel that everybody reads', unnamed],
    ],
    defects,
  };
}

function idOf(userId: string, name: string | null): string {
  return registrationWorkflowId({
    ...{ guildId: DEMO.guild, userId, edition: 'java', name: name ?? '' },
  });
}
