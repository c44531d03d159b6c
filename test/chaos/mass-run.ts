import { setTimeout as pause } from 'node:timers/promises';
import { DEMO_CROWD } from '../../sandbox';
import type { Chance } from './chance';
import type { Finding } from './evidence/finding';
import { cutGateway, spoilRequests } from './mischief/faults';
import { killAtRandom } from './mischief/killer';
import { Life, type Ending } from './people/life';
import type { Scale } from './scale';
import type { Trial } from './trial';

/** Many tickets live, while processes are killed and Discord answers badly. */
export async function liveThroughIt(trial: Trial, scale: Scale, chance: Chance): Promise<Finding> {
  const { driver, castle, people } = trial;
  const over = new AbortController();
  await spoilRequests(driver, chance.fork());
  const mischief = Promise.all([
    killAtRandom(castle, chance.fork(), scale),
    cutGateway(trial, chance.fork(), scale.full ? [8_000, 25_000] : [4_000, 12_000], over.signal),
  ]);
  const staff = {
    moderators: [driver.person('mira'), driver.person('tom')],
    senior: driver.person('sol'),
    owner: driver.person('ada'),
  };
  const lives = Array.from({ length: scale.lives }, async (_, index): Promise<Ending | Error> => {
    const own = chance.fork();
    const name = `player${String((index % DEMO_CROWD) + 1).padStart(2, '0')}`;
    await pause(own.between(0, scale.spreadMs));
    const cast = { ...staff, opener: driver.person(name) };
    const { longestPauseMs } = scale;
    const life = new Life({ driver, record: people, cast, chance: own, longestPauseMs });
    return life.live().catch((error: unknown) => {
      return error instanceof Error ? error : new Error(String(error));
    });
  });
  const begun = performance.now();
  const endings = await Promise.all(lives);
  const lasted = (performance.now() - begun) / 1_000;
  over.abort();
  await mischief;
  const spoilt = (await driver.journal({ kind: 'fault' })).length;
  await driver.faults.clear();
  const count = (ending: Ending): number => endings.filter((one) => one === ending).length;
  return {
    figures: [
      ['ticket lives', endings.length],
      ['from the first to the end of the last (s)', Math.round(lasted)],
      ['closed', count('closed')],
      ['closed, reopened and closed again', count('reopened and closed')],
      ['left open', count('left open')],
      ['channel deleted by hand', count('deleted by hand')],
      ['requests that Discord spoilt', spoilt],
      ['cuts of the gateway', trial.disturbances.length],
    ],
    defects: endings.flatMap((ending) =>
      ending instanceof Error ? [`a life went wrong: ${ending.message}`] : [],
    ),
  };
}
