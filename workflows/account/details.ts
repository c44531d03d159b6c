import type { AccountOutcome } from './activities';
import type { AccountInput } from './contract';

/** What the Web UI shows of a change of accounts. Whoever needs names finds them in the records. */
export function currentDetails(
  { actorId, change }: AccountInput,
  outcome?: AccountOutcome,
): string {
  const by = actorId === null ? 'nobody’s command' : `\`${actorId}\``;
  const lines = [`**${TITLES[change.type]}**, by ${by}.`, ''];
  if (outcome === undefined) lines.push('Waits for Postgres to record it.');
  else lines.push(standing(outcome));
  return lines.join('\n');
}

const TITLES: Readonly<Record<AccountInput['change']['type'], string>> = {
  unregister: 'Unlink an own account',
  'make-primary': 'Make another account the primary one',
  link: 'Link an account for somebody',
  unlink: 'Unlink somebody’s account',
  left: 'Somebody left',
  banned: 'Somebody was banned',
};

function standing(outcome: AccountOutcome): string {
  switch (outcome.outcome) {
    case 'changed':
      return `Recorded: ${outcome.linked.length} linked, ${outcome.unlinked.length} unlinked. Brings roles, nicknames and ${outcome.serverIds.length} whitelists in step, and tells of it; then this workflow ends.`;
    case 'unchanged':
      return 'It was so already. Tells of it; then this workflow ends.';
    case 'refused':
      return `Refused (${outcome.refusal.refused}). Tells of it; then this workflow ends.`;
  }
}

/** Names of activities in the Web UI. */
export function changeSummary({ change }: AccountInput): string {
  return `Record: ${TITLES[change.type].toLowerCase()}`;
}

export function followSummary({ outcome }: AccountOutcome): string {
  return outcome === 'changed' ? 'Roles, nicknames, whitelists; tell of it' : `Tell: ${outcome}`;
}
