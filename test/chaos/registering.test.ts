import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PARTS_AND_WEB } from './castle/castle';
import { Chance } from './chance';
import type { Finding } from './evidence/finding';
import { table } from './evidence/report';
import { cutGateway, spoilRequests } from './mischief/faults';
import { killAtRandom } from './mischief/killer';
import { gatherRegistering } from './registering/gather';
import { comeAndGo, type Attendance } from './registering/goings';
import { liveThrough } from './registering/lives';
import { registerScale } from './registering/register-scale';
import { RegisterTrial } from './registering/register-trial';
import { registerVerdict } from './registering/register-verdict';
import { planLives } from './registering/stories';
import { scaleOf } from './scale';

const MINUTE = 60_000;
const { seed, full } = scaleOf(process.env);
const scale = registerScale({ full });

describe(`registering in chaos, CHAOS_SEED=${seed}`, () => {
  const chance = new Chance(seed);
  const plan = planLives(chance.fork(), scale.people);
  let trial: RegisterTrial;

  beforeAll(async () => {
    trial = await RegisterTrial.begin(chance.fork(), scale.timeoutMs);
  }, 3 * MINUTE);

  afterAll(async () => {
    await trial.end();
  }, MINUTE);

  it(
    'ends every registration once and keeps whitelists while parts are killed and servers come and go',
    async () => {
      const { driver, castle } = trial;
      const over = new AbortController();
      await spoilRequests(driver, chance.fork());
      const goings = [trial.plugin, trial.rcon].map((server) =>
        comeAndGo(server, chance.fork(), scale.turnMs, over.signal),
      );
      const cuts = cutGateway(trial, chance.fork(), scale.gatewayPauseMs, over.signal);
      const kills = killAtRandom(castle, chance.fork(), { ...scale, parts: PARTS_AND_WEB });
      const begun = performance.now();
      const fates = await liveThrough(trial, plan, chance.fork(), scale);
      const lasted = performance.now() - begun;
      await kills;
      over.abort();
      const attendances = await Promise.all(goings);
      await cuts;
      const spoilt = (await driver.journal({ kind: 'fault' })).length;
      await driver.faults.clear();
      const restless = await trial.untilAtRest(scale.restMs);

      const { figures, defects } = await verdict();
      const broken = fates.flatMap((fate) =>
        fate instanceof Error ? [`a life went wrong: ${fate.message}`] : [],
      );
      process.stdout.write(
        table(`Registering in chaos, seed ${seed}`, [
          ['people who registered', plan.length],
          ['of them typed nothing', typedNothing()],
          ['of them lost patience', fates.filter((fate) => fate === 'gave up').length],
          ['from the first to the end of the last (s)', Math.round(lasted / 1_000)],
          ...PARTS_AND_WEB.map(
            (part) =>
              [
                `kills of ${part}`,
                castle.kills.filter((kill) => kill.part === part).length,
              ] as const,
          ),
          ['requests that Discord spoilt', spoilt],
          ['cuts of the gateway', trial.disturbances.length],
          ['outages of game servers', attendances.reduce((sum, { outages }) => sum + outages, 0)],
          ['of the time they were down (%)', shareDown(attendances)],
          ['answers of RCON that were lost', trial.rcon.lost],
          ['requests of the plugin that were repeated', trial.plugin.repeated],
          ...figures,
        ]),
      );
      expect([...restless, ...broken, ...defects]).toEqual([]);
    },
    28 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await trial.castle.stop()).toBe(0);
    expect(await trial.castle.leftBehind()).toEqual([]);
  });

  function typedNothing(): number | string {
    const count = plan.filter(({ story }) => story === 'types nothing').length;
    return count === 0 ? 'full only' : count;
  }

  /** What is found is kept: nothing of the run is left afterwards. */
  async function verdict(): Promise<Finding> {
    const evidence = await gatherRegistering(trial);
    const found = registerVerdict(evidence);
    if (found.defects.length > 0) {
      const file = path.join(tmpdir(), `castellan-registering-dossier-${Date.now()}.json`);
      const log = trial.castle.log.split('\n');
      const known = { ...evidence, people: null, codes: [...evidence.codes] };
      writeFileSync(file, JSON.stringify({ ...found, plan, evidence: known, log }, null, 1));
      process.stdout.write(`What is known of what went wrong: ${file}\n`);
    }
    return found;
  }
});

function shareDown(attendances: readonly Attendance[]): number {
  const sum = (key: 'upMs' | 'downMs'): number =>
    attendances.reduce((total, attendance) => total + attendance[key], 0);
  return Math.round((100 * sum('downMs')) / (sum('upMs') + sum('downMs')));
}
