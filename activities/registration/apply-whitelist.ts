import type { WhitelistEntry } from '../../src/db/registration';
import { BridgeFailure, type Whitelist, type WhitelistOutcome } from '../../src/minecraft/bridge';
import { RconFailure } from '../../src/minecraft/rcon';
import type { ApplyOutcome, ApplyRequest } from '../../workflows/whitelist/activities';
import type { Attempt } from '../attempt';
import { bedrockPrefixOn, gameOf, serverName } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { tellStaff } from './tell-staff';

/** Read at once. */
const PAGE = 100;
const HOUR = 3_600_000;

/** @see WhitelistActivities.applyWhitelist */
export async function applyWhitelist(
  deps: RegistrationDependencies,
  { guildId, serverId, confirmed }: ApplyRequest,
  attempt: Attempt,
): Promise<ApplyOutcome> {
  const { records } = deps;
  const place = { guildId, serverId };
  for (const { accountKey, version } of confirmed) {
    await records.whitelistApplied({ ...place, accountKey, version, now: attempt.now });
  }
  const configuration = await deps.guilds.get(guildId);
  const game = gameOf(configuration, serverId);
  const settings = configuration?.registration ?? null;
  if (game === undefined || settings === null) return { outcome: 'gone' };
  const left = await records.countWhitelistPending(place);
  if (left === 0) return { outcome: 'done' };
  if (game.adapter === 'plugin') return { outcome: 'fetched', left };
  const prefix = bedrockPrefixOn(configuration, serverId);
  const bridge = deps.openBridge(game, prefix, () => undefined);
  try {
    const { whitelist } = bridge;
    if (whitelist === null) return { outcome: 'away', left, code: 'no-way' };
    const code = await tellAll(deps, place, whitelist, attempt, async (entry) => {
      const account = { edition: entry.edition, name: entry.name };
      const name = serverName(configuration, serverId);
      await tellStaff(
        deps,
        {
          channelId: settings.logChannelId,
          key: `${attempt.workflowId}.${entry.accountKey}.${entry.version}`,
          since: attempt.now - HOUR,
          entries: [{ type: 'not-whitelisted', account, serverName: name }],
        },
        attempt,
      );
    });
    if (code === null) return { outcome: 'done' };
    return { outcome: 'away', left: await records.countWhitelistPending(place), code };
  } finally {
    bridge.close();
  }
}

/** @returns why the server could not be told; `null`: it knows everything */
async function tellAll(
  { records }: RegistrationDependencies,
  place: { readonly guildId: string; readonly serverId: string },
  whitelist: Whitelist,
  { now, signal }: Attempt,
  refused: (entry: WhitelistEntry) => Promise<void>,
): Promise<string | null> {
  for (;;) {
    const entries = await records.whitelistPending({ ...place, limit: PAGE });
    for (const entry of entries) {
      signal.throwIfAborted();
      const { accountKey, version, wanted } = entry;
      const answer = { ...place, accountKey, version, now };
      const told = await tellOne(whitelist, entry, signal);
      if (told === 'done' || told === 'already' || (told === 'no-such-player' && !wanted)) {
        await records.whitelistApplied(answer);
        continue;
      }
      const final = typeof told === 'string';
      const error = final ? told : told.away;
      await records.whitelistFailed({ ...answer, error, final });
      if (!final) return error;
      await refused(entry);
    }
    if (entries.length < PAGE) return null;
  }
}

/** What the server said; `away`: it cannot be told now, and why. */
async function tellOne(
  whitelist: Whitelist,
  { edition, name, uuid, wanted }: WhitelistEntry,
  signal: AbortSignal,
): Promise<WhitelistOutcome | 'unusable-name' | { readonly away: string }> {
  const player = { edition, name, uuid };
  try {
    return await (wanted ? whitelist.add(player, signal) : whitelist.remove(player, signal));
  } catch (error) {
    if (!(error instanceof BridgeFailure || error instanceof RconFailure)) throw error;
    const { code } = error;
    return code === 'unusable-name' || code === 'unusable-command'
      ? 'unusable-name'
      : { away: code };
  }
}
