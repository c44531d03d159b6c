import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { DueServer, ServerResult } from '../../src/db/watching';
import { statusOf } from '../../src/domain/watching/status';
import type { RoundOutcome } from '../../workflows/watch-servers/activities';
import type { Attempt } from '../attempt';
import { atOnce } from './at-once';
import { controlTargets, isConnected } from './control';
import type { ControlTarget, WatchingDependencies } from './dependencies';
import type { MaintenancePlan } from './plan-maintenance';
import { wishesOf } from './name-wishes';
import { policyOf } from './policy';
import { probeTarget } from './probe-target';
import { wakeWhitelists } from './wake-whitelists';
import { Watch } from './watch';

/** Ticks of the rounds, and so due times, are multiples of it. */
const GRID_MS = 10_000;

/**
 * Checks one batch of the servers that are due, and records what follows. Nothing is recorded before all of it
 * is known; a try that dies is made again with the servers that are then due. Of two that check the same
 * server at once, the faster one's result counts.
 */
export async function checkServers(
  deps: WatchingDependencies,
  batch: { readonly number: number; readonly of: number },
  plan: MaintenancePlan,
  attempt: Attempt,
): Promise<RoundOutcome> {
  const signal = AbortSignal.any([attempt.signal]);
  // Every probe that is under way listens, which is no leak.
  setMaxListeners(0, signal);
  const now = deps.clock();
  const due = await deps.records.due(now, { batch: batch.number, of: batch.of });
  if (due.length === 0) return { checked: 0, news: false };
  const guilds = await deps.guilds.all();
  const watches = due.map((server) => new Watch(server, now));
  await look(deps, watches, controlTargets(guilds, deps.ownControl), signal);
  const saved = await deps.records.saveRound({
    results: watches.map((watch) => resultOf(watch, now, deps.clock())),
    policies: new Map(guilds.map((guild) => [guild.guildId, policyOf(guild)])),
  });
  await plan.announce(
    due.map(({ server }) => server),
    guilds,
    now,
  );
  const back = watches.filter(
    ({ due: before, state }) => before.state.outageSince !== null && state.outageSince === null,
  );
  await wakeWhitelists(
    deps,
    back.map(({ due: { server } }) => server),
  );
  return { checked: due.length - saved.skipped.length, news: saved.news };
}

/** Probes all, and suspects again until it is sure what they are, or the round's patience is over. */
async function look(
  deps: WatchingDependencies,
  watches: readonly Watch[],
  control: readonly ControlTarget[],
  signal: AbortSignal,
): Promise<void> {
  const { concurrency, suspectPauseMs, suspectPatienceMs } = deps.limits;
  const began = performance.now();
  for (let asked = watches; ;) {
    const passBegan = performance.now();
    await atOnce(asked, concurrency, (watch) => probe(deps, watch, signal));
    // A worker that stops aborts the probes: what they said then says nothing.
    signal.throwIfAborted();
    const surprised = asked.some((watch) => watch.surprises);
    if (surprised && !(await isConnected(control, signal))) {
      signal.throwIfAborted();
      deps.log.warn({ servers: asked.length }, 'no control target answers: this round is blind');
      for (const watch of asked) watch.doubtOurselves(deps.clock());
      return;
    }
    for (const watch of asked) watch.believe();
    asked = asked.filter((watch) => watch.isSuspect);
    const next = Math.max(passBegan + suspectPauseMs, performance.now());
    if (asked.length === 0 || next - began > suspectPatienceMs) return;
    await pause(next - performance.now(), undefined, { signal });
  }
}

async function probe(
  { probes, passwordOf, clock }: WatchingDependencies,
  watch: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { server } = watch.due;
  const at = clock();
  const limits = { timeoutMs: server.timeoutMs, signal };
  watch.hear(at, await probes[server.probe].check(probeTarget(server, passwordOf), limits));
}

function resultOf(watch: Watch, roundAt: number, now: number): ServerResult {
  const { due, state, facts, checks } = watch;
  const { server, version } = due;
  return {
    server,
    version,
    checks,
    state,
    status: statusOf(state),
    facts,
    nextDueAt: nextDueAt(due, roundAt),
    wishes: wishesOf(due, state, now),
  };
}

/**
 * Counted from when it was due, so that a round that comes some milliseconds later does not delay the next
 * check by a whole tick. The first check and one that is late begin on the grid of the ticks anew.
 */
function nextDueAt({ server, state, dueAt }: DueServer, roundAt: number): number {
  const next = dueAt + server.intervalMs;
  if (state.checkedAt !== null && next > roundAt) return next;
  return Math.floor(roundAt / GRID_MS) * GRID_MS + server.intervalMs;
}
