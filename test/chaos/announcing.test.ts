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
/** The last one is delivered so long after the first, whatever became of those before. */
const WITHIN_MS = FULL ? MINUTE : 4_000;
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
      let sentMs = 0;
      let next = 0;
      const deliverAll = async (): Promise<void> => {
        const delivered: Promise<void>[] = [];
        for (; next < DELIVERIES; next += 1) {
          const due = began + (next * WITHIN_MS) / DELIVERIES;
          if (due > performance.now()) await pause(due - performance.now());
          delivered.push(service.deliver(next));
        }
        sentMs = performance.now() - began;
        await Promise.all(delivered);
      };
      const delivering = deliverAll();
      await untilTrue('half of the deliveries', () => next > DELIVERIES / 2);
      // Twice: one who comes back at once is hardly missed.
      await castle.untilReplaced(await castle.kill('temporal'));
      const temporal = await castle.kill('temporal');
      await untilTrue('most of the deliveries', () => next > DELIVERIES * 0.8);
      const worker = await castle.kill('worker');
      await castle.untilReplaced(temporal);
      await castle.untilReplaced(worker);
      await delivering;
      const answeredMs = performance.now() - began;
      process.stdout.write(
        table('Announcements in chaos', [
          ['deliveries', DELIVERIES],
          ['sent within (s)', Math.round(sentMs / 100) / 10],
          ['answered within (s)', Math.round(answeredMs / 100) / 10],
          ['accepted with 202', service.accepted],
          ['left with 503', service.left],
          ['tried again by the service', service.triedAgain],
        ]),
      );
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
        table('What came of them', [
          ['posted within (s)', Math.round((performance.now() - began) / 1_000)],
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
