import { Agent, request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SAMPLE_GUILD, SampleWebhooks } from '../../src/web/webhooks/sample-webhooks';
import { Chance } from '../chaos/chance';
import { mutated, type Mutated } from '../webhooks/mutations';

/** DELIVERIES=100000 is the long run. DELIVERIES_SEED repeats what was delivered. */
const DELIVERIES = Number(process.env['DELIVERIES'] ?? 1_500);
const SEED = Number(process.env['DELIVERIES_SEED'] ?? Date.now() % 1_000_000);
const AT_ONCE = 16;
/** What may be held more at the end than after the first fifth, in bytes. */
const FLAT = 16 * 1_048_576;

describe(`deliveries that somebody tampered with, DELIVERIES_SEED=${SEED}`, () => {
  const chance = new Chance(SEED);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let world: SampleWebhooks;

  beforeAll(async () => {
    world = await SampleWebhooks.start({ source: { burst: 1e9, perSecond: 1e9 } });
  });
  afterAll(async () => {
    agent.destroy();
    await world.stop();
  });

  /** @returns the answer's status */
  const send = ({ provider, headers, body }: Mutated): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${world.url}/webhooks/${provider}/${SAMPLE_GUILD}-${provider}`,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (answer) => {
          answer.resume().on('end', () => {
            resolve(answer.statusCode ?? 0);
          });
        },
      );
      sent.on('error', reject).end(body);
    });

  const held = (): number => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  it(`are refused, each with a wrong signature, and none breaks anything: ${DELIVERIES}`, async () => {
    const statuses = new Map<string, number>();
    const wrong: string[] = [];
    let begun = 0;
    let after = 0;
    const work = async (): Promise<void> => {
      while (begun < DELIVERIES) {
        begun += 1;
        const delivery = mutated(chance, world);
        const status = await send(delivery);
        const isHub = ['youtube', 'feed'].includes(delivery.provider);
        const expected = delivery.isBad ? [isHub ? 204 : 401] : [200, 202, 204, 400, 401, 415];
        if (!expected.includes(status)) {
          wrong.push(`${delivery.provider}, ${delivery.how}: ${status}`);
        }
        const kind = `${delivery.isBad ? 'bad' : 'other'} ${status}`;
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
        // What the world for tests remembers is not the server's.
        for (const list of [world.told, world.lines, world.revocations]) list.length = 0;
        if (delivery.isBad) continue;
        world.accepted.length = 0;
        world.stored.clear();
        if (after === 0 && begun > DELIVERIES / 5) after = held();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(wrong).toEqual([]);
    const growth = held() - after;
    expect(growth).toBeLessThan(FLAT);
    expect((await world.deliver('github', 'push')).status).toBe(202);
    if (process.env['DELIVERIES'] !== undefined) {
      const counts = [...statuses].sort().map(([kind, count]) => `${kind}: ${count}`);
      process.stdout.write(
        `Seed ${SEED}: ${counts.join(', ')}; ${Math.round(growth / 1_024)} KiB more at the end than after a fifth\n`,
      );
    }
  });

  it('are not accepted, each with a wrong signature', async () => {
    world.accepted.length = 0;
    world.stored.clear();
    const bad = Array.from({ length: 600 }, () => mutated(chance, world)).filter(
      ({ isBad }) => isBad,
    );
    for (const delivery of bad) await send(delivery);
    expect([world.accepted, world.stored.size]).toEqual([[], 0]);
  });
});
