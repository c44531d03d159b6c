import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PartName } from './castle/castle';
import { Chance } from './chance';
import type { Finding } from './evidence/finding';
import { table } from './evidence/report';
import { spoilRequests } from './mischief/faults';
import { killAtRandom } from './mischief/killer';
import { scaleOf } from './scale';
import { ALL_EFFECTS, FEW_EFFECTS, killAtEffects } from './watching/kill-at-effects';
import { endOf, fullPlan, smallPlan, type PlannedServer } from './watching/plan';
import { gatherWatching } from './watching/watch-evidence';
import { watchScale } from './watching/watch-scale';
import { WatchTrial } from './watching/watch-trial';
import { watchVerdict } from './watching/watch-verdict';

const MINUTE = 60_000;
const KILLED: readonly PartName[] = ['worker', 'postgres', 'temporal'];
const { seed, full } = scaleOf(process.env);
const scale = watchScale({ full });

describe(`watching in chaos, CHAOS_SEED=${seed}`, () => {
  const chance = new Chance(seed);
  let plan: readonly PlannedServer[];
  let trial: WatchTrial;

  beforeAll(async () => {
    plan = full ? fullPlan(chance.fork()) : smallPlan(chance.fork());
    trial = await WatchTrial.begin(plan);
  }, 3 * MINUTE);

  afterAll(async () => {
    await trial.end();
  }, MINUTE);

  it(
    'tells and records every outage once while parts are killed and Discord fails at random',
    async () => {
      const { driver, castle, fleet } = trial;
      await spoilRequests(driver, chance.fork());
      await Promise.all([
        fleet.live(),
        killAtRandom(castle, chance.fork(), { ...scale, parts: KILLED }),
        killAtEffects(driver, castle, full ? ALL_EFFECTS : FEW_EFFECTS, endOf(plan)),
      ]);
      const spoilt = (await driver.journal({ kind: 'fault' })).length;
      await driver.faults.clear();
      const restless = await trial.untilAtRest(scale.restMs, scale.untilNamed);

      const { figures, defects } = await verdict();
      const kills = KILLED.map(
        (part) =>
          [`kills of ${part}`, castle.kills.filter((kill) => kill.part === part).length] as const,
      );
      const all = [...restless, ...defects];
      process.stdout.write(
        table(`Watching in chaos, seed ${seed}`, [
          ...kills,
          ['requests that Discord spoilt', spoilt],
          ...figures,
        ]),
      );
      expect(all).toEqual([]);
    },
    28 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await trial.castle.stop()).toBe(0);
    expect(await trial.castle.leftBehind()).toEqual([]);
  });

  /** What is found is kept: nothing of the run is left afterwards. */
  async function verdict(): Promise<Finding> {
    const evidence = await gatherWatching(trial.driver, trial.castle, trial.fleet);
    const found = watchVerdict(evidence, scale.untilNamed);
    if (found.defects.length > 0) {
      const file = path.join(tmpdir(), `castellan-watching-dossier-${Date.now()}.json`);
      const log = trial.castle.log.split('\n');
      writeFileSync(file, JSON.stringify({ ...found, evidence, log }, null, 1));
      process.stdout.write(`What is known of what went wrong: ${file}\n`);
    }
    return found;
  }
});
