import type { Finding } from '../evidence/finding';
import { grouped } from '../evidence/grouped';
import type { AccountChange, RegisterEvidence, SeenServer } from './register-evidence';

/**
 * What a server was told of a player came in the order of the wishes, never an older one after a newer one, and
 * changed the list at most once for each. The same once more is allowed, as after an answer that was lost.
 */
export function checkCommands({ changes, servers }: RegisterEvidence): Finding {
  const wishes = grouped(changes, ({ name }) => name.toLowerCase());
  const found = servers.map((server) => ({ server, ...ofServer(server, wishes) }));
  return {
    figures: found.flatMap(({ server: { id, commands }, repeated }) => [
      [`commands to the whitelist of ${id}`, commands.length],
      ['  of them changed it', commands.filter(({ effective }) => effective).length],
      ['  of them said the same once more', repeated],
      ['  of them without an answer', commands.filter(({ told }) => !told).length],
    ]),
    defects: found.flatMap(({ defects }) => defects),
  };
}

const ACTION = { linked: 'add', unlinked: 'remove' } as const;

function ofServer(
  { id, commands }: SeenServer,
  wishes: ReadonlyMap<string, readonly AccountChange[]>,
): { readonly defects: readonly string[]; readonly repeated: number } {
  const defects: string[] = [];
  let repeated = 0;
  for (const [name, told] of grouped(commands, (command) => command.name.toLowerCase())) {
    const wished = wishes.get(name) ?? [];
    let at = -1;
    let changed = -1;
    for (const command of told) {
      const isWish = (index: number): boolean => {
        const wish = wished[index];
        return wish !== undefined && ACTION[wish.type] === command.action && wish.at <= command.at;
      };
      const story = `${id}: ${command.action} ${name} at ${new Date(command.at).toISOString()}`;
      if (isWish(at)) repeated += 1;
      else {
        const next = wished.findIndex((_wish, index) => index > at && isWish(index));
        if (next < 0) {
          defects.push(`${story} was not wished any more, or never`);
          continue;
        }
        at = next;
      }
      if (!command.effective) continue;
      if (changed === at) defects.push(`${story} changed the list twice for one wish`);
      changed = at;
    }
  }
  return { defects, repeated };
}
