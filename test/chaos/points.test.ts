import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { table } from './evidence/report';
import { killBotAfterAcknowledging } from './points/bot-killed';
import { deleteWhileDown } from './points/everything-down';
import { loseGateway } from './points/gateway-gone';
import { refuseDeletion, spoilAnswersOfOpening } from './points/spoilt-answers';
import { loseStorage, storeInVain } from './points/storage-fails';
import { killWorkerAtFivePoints } from './points/worker-killed';
import { scaleOf } from './scale';
import { Trial } from './trial';

const MINUTE = 60_000;
const scale = scaleOf(process.env);

/** The points at which bots of today fail, each met on purpose. */
const POINTS: readonly (readonly [
  name: string,
  meet: (trial: Trial, round: number) => Promise<unknown>,
])[] = [
  [
    'channel created, opening message posted, conversation unstored, deletion arriving, deletion done: and the worker is killed',
    (trial) =>
      killWorkerAtFivePoints(trial, ['player01', 'player02', 'player03', 'player04', 'player05']),
  ],
  [
    'acknowledged, and the bot is killed before it handed the wish over',
    (trial) => killBotAfterAcknowledging(trial, 'player06'),
  ],
  [
    'channel, opening message and answer made, and each answered with 502',
    (trial) => spoilAnswersOfOpening(trial, 'player07'),
  ],
  [
    'the conversation stored, and reported as failed',
    (trial, round) =>
      storeInVain(trial, 'player08', round % 2 === 0 ? 'connection breaks' : 'worker dies'),
  ],
  ['the storage failing for good', (trial) => loseStorage(trial, 'player09')],
  [
    'the deletion answered 503 for a while',
    (trial) => refuseDeletion(trial, 'player10', scale.refusedMs),
  ],
  [
    'the gateway gone, and the session resumed',
    (trial) => loseGateway(trial, ['player11', 'player12'], scale.gatewayGoneMs, 'resumed'),
  ],
  [
    'the gateway gone, and the session lost',
    (trial) => loseGateway(trial, ['player13', 'player14'], scale.gatewayGoneMs, 'lost'),
  ],
  [
    'the channel deleted by hand while everything is down',
    (trial) => deleteWhileDown(trial, ['player15', 'player16']),
  ],
];

describe('the exact points', () => {
  let trial: Trial;

  beforeAll(async () => {
    trial = await Trial.begin();
  }, 3 * MINUTE);

  afterAll(async () => {
    await trial.end();
  }, MINUTE);

  it.each(POINTS)(
    '%s',
    async (_, meet) => {
      for (let round = 0; round < scale.rounds; round += 1) await meet(trial, round);
      expect(await trial.driver.faults.list()).toEqual([]);
    },
    scale.rounds * 4 * MINUTE,
  );

  it(
    'has lost and doubled nothing',
    async () => {
      const { figures, defects } = await trial.verdict();
      const rounds = ['rounds of all points', scale.rounds] as const;
      process.stdout.write(table('The exact points', [rounds, ...figures]));
      expect(defects).toEqual([]);
    },
    6 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await trial.castle.stop()).toBe(0);
    expect(await trial.castle.leftBehind()).toEqual([]);
  });
});
