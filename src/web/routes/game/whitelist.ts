import type { Context } from 'koa';
import type { z } from 'zod';
import type { WhitelistEntry } from '../../../db/registration';
import { nameOnServer } from '../../../domain/registration/name';
import type { GameServer } from '../../game/server';
import type { WaitingRoom } from '../../game/waiting-room';
import type { GameWorkflows } from '../../game/workflows';
import { parseJson, rawJsonBody } from '../../raw-body';
import { parameter, wrong } from '../status/parameters';
import { callerOf, placeOf } from './caller';
import { answerList, type ListDependencies } from './list';
import { whitelistApplied, type whitelistChanges } from './schemas';
import { claimedServer, malformed } from './signed-body';
import { whileThere } from './unavailable';
import { waitOf } from './waiting';

export interface WhitelistDependencies extends ListDependencies {
  /** What the servers are still to be told, by their places. */
  readonly changes: WaitingRoom<readonly WhitelistEntry[]>;
  readonly workflows: Pick<GameWorkflows, 'whitelistConfirmed'>;
}

/** In bytes: as many changes as may be confirmed at once. */
const MOST_BYTES = 16 * 1_024;

/** `GET /v1/game/whitelist`: what a server's plugin is to change, in order. */
export function whitelist(context: Context, dependencies: WhitelistDependencies): Promise<void> {
  return answerList(context, dependencies, async (caller, leaving) => {
    const after = afterOf(context);
    const later = ({ version }: WhitelistEntry): boolean => version > after;
    const found = await dependencies.changes.wait({
      key: placeOf(caller),
      guest: placeOf(caller),
      isNews: (entries) => entries.some(later),
      forMs: waitOf(context),
      leaving,
    });
    return {
      changes: found.filter(later).map((entry) => changeOf(entry, caller.server)),
    } satisfies z.infer<typeof whitelistChanges>;
  });
}

/** `POST /v1/game/whitelist/applied`: what a server's plugin has changed. */
export async function applied(
  context: Context,
  dependencies: WhitelistDependencies,
): Promise<void> {
  await whileThere(context, dependencies.onAway, async () => {
    const body = await rawJsonBody(context, MOST_BYTES);
    const value = parseJson(body);
    const { server } = await callerOf(context, dependencies, claimedServer(value), body);
    const parsed = whitelistApplied.safeParse(value);
    if (!parsed.success) throw malformed(parsed.error);
    await dependencies.workflows.whitelistConfirmed(
      { guildId: server.guildId, serverId: server.id },
      parsed.data.applied.map(confirmationOf),
    );
    context.status = 204;
  });
}

function changeOf(
  { accountKey, version, wanted, edition, name, uuid }: WhitelistEntry,
  { bedrockPrefix }: GameServer,
) {
  return {
    id: `${accountKey}-${version}`,
    sequence: version,
    action: wanted ? ('add' as const) : ('remove' as const),
    name: nameOnServer(edition, name, bedrockPrefix),
    edition,
    uuid,
  };
}

function confirmationOf(id: string): { readonly accountKey: number; readonly version: number } {
  const [accountKey, version] = id.split('-').map(Number);
  return { accountKey: accountKey ?? 0, version: version ?? 0 };
}

/** @throws ProblemError 400 */
function afterOf(context: Context): number {
  const text = parameter(context, 'after');
  if (text === undefined) return 0;
  if (!/^\d{1,15}$/.test(text)) throw wrong('after', 'must be a whole number', '42');
  return Number(text);
}
