import type { Finding } from '../evidence/finding';
import { surplus } from './multiset';
import type { RegisterEvidence } from './register-evidence';

/** In the end, each server's own list has the linked accounts and nobody else. */
export function checkWhitelists({ accounts, entries, servers }: RegisterEvidence): Finding {
  const defects: string[] = [];
  const linked = accounts.flatMap(({ name, isLinked }) => (isLinked ? [name.toLowerCase()] : []));
  for (const { id, whitelist } of servers) {
    const listed = whitelist.map((name) => name.toLowerCase());
    for (const name of surplus(linked, listed)) defects.push(`${name} is not on the list of ${id}`);
    for (const name of surplus(listed, linked)) {
      defects.push(`${name} is on the list of ${id} and is nobody's account`);
    }
  }
  for (const { serverId, name, wanted, settled, error } of entries) {
    if (!settled) defects.push(`${serverId} is still to be told of ${name}`);
    if (settled && !wanted) defects.push(`${serverId} was told that ${name} goes, which is kept`);
    if (error !== null) defects.push(`${serverId} and ${name}: ${error}`);
  }
  return {
    figures: servers.map(({ id, whitelist }) => [`on the whitelist of ${id}`, whitelist.length]),
    defects,
  };
}
