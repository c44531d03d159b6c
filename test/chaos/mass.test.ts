import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chance } from './chance';
import { PARTS } from './castle/castle';
import { table } from './evidence/report';
import { liveThroughIt } from './mass-run';
import { scaleOf } from './scale';
import { Trial } from './trial';

const MINUTE = 60_000;
const scale = scaleOf(process.env);

describe(`chaos, CHAOS_SEED=${scale.seed}`, () => {
  let trial: Trial;

  beforeAll(async () => {
    trial = await Trial.begin();
  }, 3 * MINUTE);

  afterAll(async () => {
    await trial.end();
  }, MINUTE);

  it(
    'loses and doubles nothing while parts are killed and Discord fails at random',
    async () => {
      const lived = await liveThroughIt(trial, scale, new Chance(scale.seed));
      const { figures, defects } = await trial.verdict(lived);
      const kills = PARTS.map(
        (part) =>
          [
            `kills of ${part}`,
            trial.castle.kills.filter((kill) => kill.part === part).length,
          ] as const,
      );
      process.stdout.write(table(`The chaos run, seed ${scale.seed}`, [...kills, ...figures]));
      expect(defects).toEqual([]);
    },
    25 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await trial.castle.stop()).toBe(0);
    expect(await trial.castle.leftBehind()).toEqual([]);
  });
});
