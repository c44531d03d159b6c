import type { Finding } from '../evidence/finding';
import { grouped } from '../evidence/grouped';
import type { RegisterEvidence } from './register-evidence';

/** Every success has its account, every account its reason, nobody's account is another's, and roles follow. */
export function checkAccounts(evidence: RegisterEvidence): Finding {
  const { accounts, attempts, changes, persons } = evidence;
  const defects: string[] = [];
  const successes = attempts.filter(({ events }) => events.includes('verified'));
  for (const { registrationId, userId, name, accountKey } of successes) {
    const account = accounts.find(({ key }) => key === accountKey);
    const isTheirs = account?.userId === userId && isSame(account.name, name);
    if (!isTheirs) defects.push(`${registrationId} is verified and has no account`);
  }
  const proofs = new Set(
    successes.map(({ registrationId, startedAt }) => `${registrationId}/${startedAt}`),
  );
  for (const { key, name, linkedBy } of accounts) {
    const linked = changes.filter((one) => one.accountKey === key && one.type === 'linked');
    if (linked.length !== 1) defects.push(`${name} (${key}) was linked ${linked.length} times`);
    const proven = linked.some(({ operation }) => proofs.has(operation));
    if (linkedBy === null && !proven) defects.push(`${name} (${key}) was proven by nobody`);
  }
  const linked = accounts.filter(({ isLinked }) => isLinked);
  for (const [name, same] of grouped(linked, (one) => one.name.toLowerCase())) {
    if (same.length > 1) defects.push(`${name} is linked ${same.length} times`);
  }
  for (const [uuid, same] of grouped(linked, (one) => one.uuid ?? one.name)) {
    if (same.length > 1) defects.push(`the player ${uuid} is linked ${same.length} times`);
  }
  let absent = 0;
  for (const { id, isMember, hasRole } of persons) {
    const own = linked.filter(({ userId }) => userId === id);
    if (!isMember) absent += own.length;
    else if (own.length > 0 && !hasRole) defects.push(`${id} has an account and not the role`);
    else if (own.length === 0 && hasRole) defects.push(`${id} has the role and no account`);
  }
  return {
    figures: [
      ['accounts that were ever linked', accounts.length],
      ['accounts at the end', linked.length],
      ['of them of people who left while nobody listened', absent],
      ['times that accounts were linked or unlinked', changes.length],
    ],
    defects,
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
