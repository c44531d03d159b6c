import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chance } from './chance';
import { table } from './evidence/report';
import { cutGateway, spoilRequests } from './mischief/faults';
import { killAtRandom } from './mischief/killer';
import { mirrorScale } from './mirroring/mirror-scale';
import { MirrorTrial } from './mirroring/mirror-trial';
import { talk } from './mirroring/talk';
import { scaleOf } from './scale';

const MINUTE = 60_000;
const { seed, full } = scaleOf(process.env);
const wanted = Number(process.env['CHAOS_MESSAGES']);
const scale = mirrorScale({ full, ...(wanted > 0 && { messages: wanted }) });
const PARTS = ['bot', 'worker'] as const;

describe(`mirrors in chaos, CHAOS_SEED=${seed}`, () => {
  let trial: MirrorTrial;

  beforeAll(async () => {
    trial = await MirrorTrial.begin();
  }, 3 * MINUTE);

  afterAll(async () => {
    await trial.end();
  }, MINUTE);

  it(
    'makes the copy equal to the original, item by item and in order',
    async () => {
      const { driver, castle } = trial;
      const chance = new Chance(seed);
      const over = new AbortController();
      await spoilRequests(driver, chance.fork());
      const cuts = cutGateway(trial, chance.fork(), scale.gatewayPauseMs, over.signal);
      const kills = killAtRandom(castle, chance.fork(), { ...scale, parts: PARTS });
      const begun = performance.now();
      const said = await talk(driver, chance.fork(), scale);
      const talked = performance.now() - begun;
      await kills;
      over.abort();
      await cuts;
      const spoilt = (await driver.journal({ kind: 'fault' })).length;
      await driver.faults.clear();
      const compared = await trial.untilEqual(scale.restMs);
      const lasted = performance.now() - begun;
      const workflows = await trial.workflows();
      process.stdout.write(
        table(`Mirrors in chaos, seed ${seed}`, [
          ['messages written', said.written],
          ['edits', said.edited],
          ['deletions', said.deleted],
          ['until the last was written (s)', Math.round(talked / 1_000)],
          ['until the copy was equal (s)', Math.round(lasted / 1_000)],
          ...PARTS.map(
            (part) =>
              [
                `kills of ${part}`,
                castle.kills.filter((kill) => kill.part === part).length,
              ] as const,
          ),
          ['requests that Discord spoilt', spoilt],
          ['cuts of the gateway', trial.cuts],
          ['originals that are left', compared.originals],
          ['copies', compared.copies],
          ['workflows', [...workflows.values()].reduce((sum, count) => sum + count, 0)],
        ]),
      );
      const broken = [...workflows].filter(
        ([status]) => !['RUNNING', 'COMPLETED'].includes(status),
      );
      expect([...compared.differences, ...broken]).toEqual([]);
    },
    58 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await trial.castle.stop()).toBe(0);
    expect(await trial.castle.leftBehind()).toEqual([]);
  });
});
