import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { WhitelistEntry } from '../../src/db/registration';
import {
  whitelistCheckAnswer,
  type CheckedServer,
  type WhitelistCheckResult,
} from '../../src/discord/views/whitelist-check';
import { BridgeFailure, inGameName, type BedrockPrefix } from '../../src/minecraft/bridge';
import { RconFailure } from '../../src/minecraft/rcon';
import type { WhitelistChecked } from '../../workflows/whitelist/activities';
import type { WhitelistCheckInput } from '../../workflows/whitelist/contract';
import type { Attempt } from '../attempt';
import { answerIn } from './answering';
import { bedrockPrefixOn, gameOf, serverName } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { wantWhitelists } from './want-whitelists';

/** Read at once. */
const PAGE = 500;

/** @see WhitelistActivities.checkWhitelist */
export async function checkWhitelist(
  deps: RegistrationDependencies,
  input: WhitelistCheckInput,
  attempt: Attempt,
): Promise<WhitelistChecked> {
  const configuration = await deps.guilds.get(input.guildId);
  const result = await compare(deps, input, configuration, attempt);
  await tell(deps, input, configuration, result, attempt);
  return { repairing: result.outcome === 'repairing' };
}

/** @see WhitelistActivities.tellCheckFailed */
export async function tellCheckFailed(
  deps: RegistrationDependencies,
  input: WhitelistCheckInput,
  attempt: Attempt,
): Promise<void> {
  const configuration = await deps.guilds.get(input.guildId).catch(() => null);
  const failed = { outcome: 'failed', reference: attempt.workflowId } as const;
  await tell(deps, input, configuration, failed, attempt);
}

async function tell(
  deps: RegistrationDependencies,
  { serverId: id, answerTo }: WhitelistCheckInput,
  configuration: GuildConfiguration | null,
  result: WhitelistCheckResult,
  attempt: Attempt,
): Promise<void> {
  const server: CheckedServer = { id, name: serverName(configuration, id) };
  await answerIn(deps, answerTo, whitelistCheckAnswer(server, result), attempt);
}

async function compare(
  deps: RegistrationDependencies,
  { guildId, serverId, repair }: WhitelistCheckInput,
  configuration: GuildConfiguration | null,
  { now, signal }: Attempt,
): Promise<WhitelistCheckResult> {
  const game = gameOf(configuration, serverId);
  const settings = configuration?.registration ?? null;
  if (settings?.whitelist.includes(serverId) !== true || game === undefined) {
    return { outcome: 'not-kept' };
  }
  if (game.adapter === 'plugin') return { outcome: 'unreadable' };
  const bedrockPrefix = bedrockPrefixOn(configuration, serverId);
  const bridge = deps.openBridge(game, bedrockPrefix, () => undefined);
  try {
    if (bridge.whitelist === null) return { outcome: 'unreadable' };
    const listed = await bridge.whitelist.list(signal);
    const entries = await allEntries(deps, { guildId, serverId });
    const found = differ(listed, entries, bedrockPrefix);
    const accountKeys = [...found.missing, ...found.surplus].map(({ accountKey }) => accountKey);
    const names = (some: readonly WhitelistEntry[]) => some.map(({ name }) => name);
    const difference = {
      entries: listed.length,
      missing: names(found.missing),
      surplus: names(found.surplus),
      strangers: found.strangers,
      underWay: entries.filter(({ settled }) => !settled).length,
    };
    if (!repair || accountKeys.length === 0) return { outcome: 'compared', difference };
    await deps.records.repairWhitelist({ guildId, serverId, accountKeys, now });
    await wantWhitelists(deps, guildId, [serverId]);
    return { outcome: 'repairing', difference };
  } catch (error) {
    if (!(error instanceof BridgeFailure || error instanceof RconFailure)) throw error;
    return { outcome: error.code === 'wrong-password' ? 'wrong-password' : 'away' };
  } finally {
    bridge.close();
  }
}

async function allEntries(
  { records }: RegistrationDependencies,
  place: { readonly guildId: string; readonly serverId: string },
): Promise<WhitelistEntry[]> {
  const all: WhitelistEntry[] = [];
  let after: number | undefined;
  for (;;) {
    const { rows, next } = await records.whitelist({
      ...place,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    all.push(...rows);
    if (next === null) return all;
    after = next;
  }
}

/** What differs of that which the server was told; what it has not been told yet is under way. */
function differ(
  listed: readonly string[],
  entries: readonly WhitelistEntry[],
  bedrockPrefix: BedrockPrefix,
): {
  readonly missing: readonly WhitelistEntry[];
  readonly surplus: readonly WhitelistEntry[];
  readonly strangers: readonly string[];
} {
  const onServer = new Set(listed.map((name) => name.toLowerCase()));
  const named = entries.flatMap((entry) => {
    const name = nameThere(entry, bedrockPrefix);
    return name === null ? [] : [{ entry, name }];
  });
  const known = new Set(named.map(({ name }) => name));
  const settled = named.filter(({ entry }) => entry.settled);
  return {
    missing: settled.flatMap(({ entry, name }) =>
      entry.wanted && !onServer.has(name) ? [entry] : [],
    ),
    surplus: settled.flatMap(({ entry, name }) =>
      !entry.wanted && onServer.has(name) ? [entry] : [],
    ),
    strangers: listed.filter((name) => !known.has(name.toLowerCase())),
  };
}

/** As the server calls the player, in lower case; `null`: it could not. */
function nameThere(entry: WhitelistEntry, bedrockPrefix: BedrockPrefix): string | null {
  try {
    return inGameName(entry, bedrockPrefix).toLowerCase();
  } catch (error) {
    if (error instanceof BridgeFailure) return null;
    throw error;
  }
}
