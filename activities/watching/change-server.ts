import { z } from 'zod';
import { settingsFromCommand } from '../../src/config/guild';
import type { ServerOverview } from '../../src/db/watching';
import type { ServerSetupOutcome } from '../../src/discord/views/server-setup-answer';
import { serverSetupAnswer } from '../../src/discord/views/server-setup-answer';
import type { CheckResult } from '../../src/domain/watching/check';
import { maintenanceProblem } from '../../src/domain/watching/maintenance';
import type { ServerSettings, ServerWish } from '../../src/domain/watching/server';
import type { ServerChange, ServerSetupInput } from '../../workflows/server-setup/contract';
import type { Attempt } from '../attempt';
import { answer } from '../discord/answer';
import type { WatchingDependencies } from './dependencies';
import { tellMaintenanceEnded } from './plan-maintenance';
import { probeTarget } from './probe-target';

const INTERNAL =
  'its address belongs to a private network; such a server is defined in the configuration file, with allow_internal: true';

/** Carries out an administrator's change to the watched servers, and answers. */
export async function changeServer(
  deps: WatchingDependencies,
  input: ServerSetupInput,
  attempt: Attempt,
): Promise<void> {
  const outcome = await carryOut(deps, input, attempt);
  await tell(deps, input, outcome, attempt);
}

/** Tells the person that the change could not be carried out in time. */
export async function tellSetupFailed(
  deps: WatchingDependencies,
  input: ServerSetupInput,
  attempt: Attempt,
): Promise<void> {
  await tell(deps, input, { outcome: 'failed', reference: attempt.workflowId }, attempt);
}

async function tell(
  deps: WatchingDependencies,
  { applicationId, sealedToken }: ServerSetupInput,
  outcome: ServerSetupOutcome,
  { signal }: Attempt,
): Promise<void> {
  const interactionToken = deps.seal.open(sealedToken, z.string());
  const answerable = { applicationId, interactionToken };
  await answer(deps.discord, answerable, serverSetupAnswer(outcome), signal);
}

async function carryOut(
  deps: WatchingDependencies,
  { guildId, userId, change }: ServerSetupInput,
  attempt: Attempt,
): Promise<ServerSetupOutcome> {
  const id = 'server' in change ? change.server.id : change.id;
  const known = await deps.records.server(guildId, id, attempt.now);
  deps.log.info({ guild: guildId, user: userId, server: id, change: change.type }, 'servers');
  switch (change.type) {
    case 'add':
    case 'edit':
      return put(deps, guildId, change, known, attempt);
    case 'remove':
      return remove(deps, guildId, id, known, attempt);
    case 'maintenance': {
      const { window } = change;
      const problem = maintenanceProblem(window);
      if (problem !== null) return { outcome: 'invalid', reasons: [problem] };
      const { outcome } = await deps.records.addMaintenance(guildId, id, window, attempt.now);
      if (outcome === 'unknown' || known === null) return { outcome: 'unknown-server', id };
      return { outcome: 'maintenance-planned', serverName: known.server.name, window };
    }
    case 'end-maintenance': {
      const { windowId } = change;
      const { outcome } = await deps.records.endMaintenance(guildId, id, windowId, attempt.now);
      if (known === null) return { outcome: 'unknown-server', id };
      if (outcome === 'in-file') return { outcome: 'in-file', id };
      await tellMaintenanceEnded(deps, known.server, windowId, attempt.now);
      // An earlier try has ended it and died before it could say so.
      if (outcome === 'unknown' && attempt.number === 1) return { outcome: 'unknown-window' };
      return { outcome: 'maintenance-ended', serverName: known.server.name };
    }
    case 'subscribe':
      return subscribe(deps, guildId, change, known, attempt);
  }
}

/** Adds or changes a server, once it was probed: what was found is part of the answer. */
async function put(
  deps: WatchingDependencies,
  guildId: string,
  { type, server: wish }: { readonly type: 'add' | 'edit'; readonly server: ServerWish },
  known: ServerOverview | null,
  attempt: Attempt,
): Promise<ServerSetupOutcome> {
  const { id } = wish;
  if (known?.origin === 'file') return { outcome: 'in-file', id };
  if (type === 'edit' && known === null) return { outcome: 'unknown-server', id };
  // From the second try on, what is there may be what the first one added.
  if (type === 'add' && known !== null && attempt.number === 1) return { outcome: 'exists', id };
  const wanted = settingsFromCommand(wish, known?.server ?? null);
  if (!wanted.ok) return { outcome: 'invalid', reasons: wanted.reasons };
  const { settings } = wanted;
  const taken = await shownElsewhere(deps, guildId, settings, attempt);
  if (taken !== undefined) {
    const reason = `the channel shows ${taken} already, and it has one name`;
    return { outcome: 'invalid', reasons: [reason] };
  }
  const found = await probe(deps, settings, attempt.signal);
  if (!found.up && found.cause === 'forbidden-address') {
    return { outcome: 'invalid', reasons: [INTERNAL] };
  }
  const stored = await deps.records.putServer(guildId, settings, attempt.now);
  if (stored.outcome === 'in-file') return { outcome: 'in-file', id };
  await deps.adjustRounds();
  if (type === 'add') return { outcome: 'added', server: settings, found };
  return stored.outcome === 'unchanged' && attempt.number === 1
    ? { outcome: 'unchanged', server: settings }
    : { outcome: 'changed', server: settings, found };
}

/** The name of another server that one of its channels shows. */
async function shownElsewhere(
  deps: WatchingDependencies,
  guildId: string,
  { id, channels }: ServerSettings,
  { now }: Attempt,
): Promise<string | undefined> {
  if (channels.length === 0) return undefined;
  const mine = new Set(channels.map(({ channelId }) => channelId));
  const others = await deps.records.servers(guildId, now);
  return others.find(
    ({ server }) => server.id !== id && server.channels.some((other) => mine.has(other.channelId)),
  )?.server.name;
}

function probe(
  { probes, passwordOf }: WatchingDependencies,
  settings: ServerSettings,
  signal: AbortSignal,
): Promise<CheckResult> {
  const { timeoutMs } = settings;
  return probes[settings.probe].check(probeTarget(settings, passwordOf), { timeoutMs, signal });
}

async function remove(
  deps: WatchingDependencies,
  guildId: string,
  id: string,
  known: ServerOverview | null,
  attempt: Attempt,
): Promise<ServerSetupOutcome> {
  const { outcome } = await deps.records.removeServer(guildId, id, attempt.now);
  if (outcome === 'in-file') return { outcome: 'in-file', id };
  if (outcome === 'unknown' && attempt.number === 1) return { outcome: 'unknown-server', id };
  await deps.adjustRounds();
  return { outcome: 'removed', name: known?.server.name ?? id };
}

async function subscribe(
  deps: WatchingDependencies,
  guildId: string,
  { id, userId }: Extract<ServerChange, { type: 'subscribe' }>,
  known: ServerOverview | null,
  attempt: Attempt,
): Promise<ServerSetupOutcome> {
  if (known?.server.isPublic !== true) return { outcome: 'unknown-server', id };
  const { key: serverKey, name: serverName } = known.server;
  if (known.state.outageSince === null) return { outcome: 'not-down', serverName };
  await deps.records.subscribe(serverKey, userId, attempt.now);
  const later = await deps.records.server(guildId, id, attempt.now);
  if (later?.state.outageSince != null) return { outcome: 'subscribed', serverName };
  // It came back in between: the recovery was told without this person, who is told here.
  await deps.records.subscribersTold([{ serverKey, userId }], attempt.now);
  return { outcome: 'not-down', serverName };
}
