import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { startLocalDiscord, type LocalDiscord } from '../../sandbox';
import { untilTrue } from '../integration/castellan-process';
import { announcingConfiguration, CHANNELS } from './announcing/configuration';
import { PushingService } from './announcing/service';
import { Castle } from './castle/castle';
import { table } from './evidence/report';

const MINUTE = 60_000;
const FULL = process.env['CHAOS'] === 'full';
/** CHAOS=full is the long run; DELIVERIES says how many. */
const DELIVERIES = Number(process.env['DELIVERIES'] ?? (FULL ? 10_000 : 80));
const AT_ONCE = 24;
const SECRET = 'a-secret-of-all-the-sources';

describe('announcements while everything is killed', () => {
  let discord: LocalDiscord;
  let castle: Castle;
  let service: PushingService;

  beforeAll(async () => {
    discord = await startLocalDiscord();
    await discord.driver.limits('off');
    castle = Castle.plan(discord, announcingConfiguration, { WEBHOOK_SECRET: SECRET });
    await castle.start();
    service = new PushingService(() => castle.web, SECRET);
  }, 3 * MINUTE);

  afterAll(async () => {
    await castle.raze();
    await discord.stop();
  }, MINUTE);

  const fates = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await castle.query<{ fate: string; count: string }>(
      `select fate, count(*) from deliveries group by fate`,
    );
    return new Map(rows.map(({ fate, count }) => [fate, Number(count)]));
  };

  it(
    `posts each of ${DELIVERIES} deliveries exactly once, with Temporal killed in the middle`,
    async () => {
      const began = performance.now();
      let next = 0;
      const deliver = async (): Promise<void> => {
        while (next < DELIVERIES) {
          const index = next;
          next += 1;
          await service.deliver(index);
        }
      };
      const delivering = Promise.all(Array.from({ length: AT_ONCE }, deliver));
      await untilTrue('half of the deliveries', () => next > DELIVERIES / 2);
      const temporal = await castle.kill('temporal');
      await castle.untilReplaced(temporal);
      await untilTrue('most of the deliveries', () => next > DELIVERIES * 0.8);
      await castle.untilReplaced(await castle.kill('worker'));
      await delivering;
      const acceptedMs = performance.now() - began;
      // The same once more: repetitions are accepted, and nothing comes of them.
      for (let index = 0; index < DELIVERIES; index += Math.ceil(DELIVERIES / 10)) {
        await service.deliver(index);
      }
      const end = performance.now() + 30 * MINUTE;
      for (;;) {
        await pause(500);
        const now = await fates().catch(() => new Map<string, number>());
        const waiting = now.get('waiting') ?? 0;
        const all = [...now.values()].reduce((sum, count) => sum + count, 0);
        if (all === DELIVERIES && waiting === 0) break;
        if (performance.now() > end) throw new Error(JSON.stringify([...now]));
      }
      const messages = await Promise.all(
        CHANNELS.map((channelId) => discord.driver.messages(channelId)),
      );
      const titles = messages
        .flat()
        .flatMap((message) => JSON.stringify(message.embeds).match(/Stone \d{6}/g)?.[0] ?? []);
      const wanted = Array.from({ length: DELIVERIES }, (_, index) =>
        PushingService.titleOf(index),
      );
      process.stdout.write(
        table('Announcements in chaos', [
          ['deliveries', DELIVERIES],
          ['accepted within (s)', Math.round(acceptedMs / 100) / 10],
          ['posted within (s)', Math.round((performance.now() - began) / 1_000)],
          ['tried again by the service', service.triedAgain],
          ['posts', titles.length],
        ]),
      );
      expect(await fates()).toEqual(new Map([['posted', DELIVERIES]]));
      expect(titles.sort()).toEqual(wanted);
    },
    40 * MINUTE,
  );

  it('leaves no process behind', async () => {
    expect(await castle.stop()).toBe(0);
    expect(await castle.leftBehind()).toEqual([]);
  });
});
