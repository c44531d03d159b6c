import { catchUp } from '../../src/domain/watching/catch-up';
import type { CheckResult } from '../../src/domain/watching/check';
import { newServerState, observe, type Observation } from '../../src/domain/watching/observe';
import { DEFAULT_THRESHOLDS, type MaintenanceWindow } from '../../src/domain/watching/server';
import type { ServerFact, ServerState } from '../../src/domain/watching/server-state';
import { needsAnotherProbe } from '../../src/domain/watching/status';
import { Chance } from '../chaos/chance';
import { ANSWER } from '../contracts/server-life';
import { clockAt } from './watcher-clock';
import { SECOND, type Scenario, type ServerStory } from './scenario';
import { isWithin } from './stretch';

/** A watcher that lives through a scenario: it knows only its clock and what its probes bring back. */

export const INTERVAL = 30 * SECOND;
/** A round begins this much late at most. */
export const LATEST = 2 * SECOND;
const AGAIN_AFTER = 4 * SECOND;
/** Within a round, suspects are probed again no longer than this. */
const PATIENCE = 12 * SECOND;

export interface Watched {
  readonly story: ServerStory;
  readonly facts: readonly ServerFact[];
  readonly state: ServerState;
  /** When an answer was lost (real moments). */
  readonly lost: readonly number[];
}

const FAILURE: CheckResult = { up: false, cause: 'timed-out' };

export function watch(scenario: Scenario): readonly Watched[] {
  const rounds = roundsOf(scenario);
  return scenario.servers.map((story) => watchServer(scenario, rounds, story));
}

/** When rounds happen: every interval by the real clock, a little late, while a watcher runs. */
function roundsOf(scenario: Scenario): readonly number[] {
  const chance = new Chance(scenario.seed + 1);
  const rounds: number[] = [];
  for (let tick = scenario.from; tick < scenario.to; tick += INTERVAL) {
    const at = tick + chance.between(0, LATEST);
    if (!isWithin(at, scenario.stops)) rounds.push(at);
  }
  return rounds;
}

function watchServer(scenario: Scenario, rounds: readonly number[], story: ServerStory): Watched {
  const chance = new Chance(scenario.seed * 1_000 + story.key);
  const facts: ServerFact[] = [];
  const lost: number[] = [];
  let state = newServerState(scenario.from);
  let lostInARow = 0;
  let next = 0;
  const see = (seen: Observation) => {
    const observed = observe(state, DEFAULT_THRESHOLDS, seen);
    state = observed.state;
    if (observed.facts.length > 0) facts.push(...observed.facts);
  };
  const probe = (at: number): CheckResult => {
    while ((story.down[next]?.to ?? Infinity) <= at) next += 1;
    if ((story.down[next]?.from ?? Infinity) <= at) return FAILURE;
    // Three in a row would be an outage by every rule there is.
    if (lostInARow < 2 && chance.happens(story.loss)) {
      lostInARow += 1;
      lost.push(at);
      return FAILURE;
    }
    lostInARow = 0;
    return ANSWER;
  };

  const server = {
    intervalMs: INTERVAL,
    maintenance: story.maintenance.map((planned): MaintenanceWindow => {
      const startsAt = clockAt(scenario, planned.from);
      const durationMs = planned.to - planned.from;
      return {
        id: `${startsAt}`,
        title: 'Planned',
        startsAt,
        durationMs,
        rule: null,
        timeZone: 'UTC',
      };
    }),
  };
  const look = (at: number) => {
    const shown = clockAt(scenario, at);
    for (const seen of catchUp(state, server, shown)) see(seen);
    if (isWithin(at, scenario.cutOffs)) see({ type: 'blind', from: shown, to: shown });
    else see({ type: 'check', at: shown, result: probe(at) });
  };
  for (const round of rounds) {
    look(round);
    for (let after = AGAIN_AFTER; after <= PATIENCE; after += AGAIN_AFTER) {
      if (!needsAnotherProbe(state) || isWithin(round + after, scenario.stops)) break;
      look(round + after);
    }
  }
  return { story, facts, state, lost };
}
