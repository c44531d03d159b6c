import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Service } from '../../src/cli/service';
import { readEnvironment } from '../../src/config/environment';
import { createAnnouncementReader, createAnnouncementRecorder } from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import type { Fate } from '../../src/db/announcements';
import { createLogger } from '../../src/observability/logger';
import { tellKeeper } from '../../src/temporal/announcing';
import { startWeb } from '../../src/web/service';
import { DEMO } from '../../sandbox';
import { route, source } from '../contracts/announcement-fixtures';
import { freePort } from '../integration/probes/server-process';
import { CHANNEL, FeedHost } from '../peers/feed-host';
import { until } from '../workflow/until';
import { Stage } from './bot-stage/stage';

/** Web server and worker as they are, with a host of feeds and its hub in the place of YouTube. */
describe('a channel’s videos', () => {
  let stage: Stage;
  let host: FeedHost;
  let knex: Knex;
  let port: number;
  let services: Service[] = [];

  beforeAll(async () => {
    [stage, host, port] = await Promise.all([Stage.set(), FeedHost.start(), freePort()]);
    await stage.driver.limits('off');
    knex = connect(stage.variables['DATABASE_URL'] ?? '', { applicationName: 'test', poolMax: 2 });
    await start();
  });

  afterAll(async () => {
    await stop();
    await knex.destroy();
    await Promise.all([stage.strike(), host.stop()]);
  });

  async function start(): Promise<void> {
    const variables = {
      HTTP_PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      YOUTUBE_URL: host.url,
      YOUTUBE_HUB_URL: host.hubUrl,
    };
    const environment = readEnvironment({ ...stage.variables, ...variables });
    const log = createLogger({ level: 'fatal', name: 'web' });
    services = await Promise.all([startWeb({ environment, log }), stage.startWorker(variables)]);
  }

  async function stop(): Promise<void> {
    await Promise.all(services.splice(0).map((service) => service.stop()));
  }

  const reader = () => createAnnouncementReader(knex);

  /** Defines a source of the channel, and begins to keep it. */
  async function keep(id: string): Promise<void> {
    const definition = source(id, {
      origin: { provider: 'youtube', channelId: CHANNEL },
      routes: [route({ channelId: DEMO.channels.general })],
      staffChannelId: DEMO.channels.deskLog,
    });
    await createAnnouncementRecorder(knex).putSource(DEMO.guild, definition);
    await tellKeeper(stage.client.workflow, { guildId: DEMO.guild, sourceId: id });
  }

  /** Waits until the deliveries of a source have these fates, the oldest first. */
  const fates = (id: string, expected: readonly Fate[]) =>
    until(`the deliveries of ${id} to be ${expected.join()}`, async () => {
      const page = { after: null, limit: 20 };
      const { deliveries } = await reader().deliveries({ guildId: DEMO.guild, sourceId: id }, page);
      return (
        deliveries
          .map(({ fate }) => fate)
          .reverse()
          .join() === expected.join()
      );
    });

  const subscriptionOf = async (id: string) =>
    (await reader().source(DEMO.guild, id))?.subscription ?? null;

  /** How many posts speak of it. */
  async function posts(title: string): Promise<number> {
    const messages = await stage.driver.messages(DEMO.channels.general);
    return messages.filter((message) => JSON.stringify(message.embeds).includes(title)).length;
  }

  it('are found in the feed where the hub refuses, and administrators are told once', async () => {
    host.hub = 'refuses';
    host.put({ id: 'ages-ago', title: 'Ages ago', at: Date.now() - 900 * 86_400_000 });
    host.put({ id: 'siege', title: 'The siege', at: Date.now() + 1_000 });
    await keep('refused');
    await fates('refused', ['posted']);
    await until('the refusal', async () => (await subscriptionOf('refused'))?.state === 'refused');
    await stage.driver.waitFor(async (driver) =>
      JSON.stringify(await driver.messages(DEMO.channels.deskLog)).includes('the hub that tells'),
    );
    expect([await posts('The siege'), await posts('Ages ago')]).toEqual([1, 0]);
  });

  it('are one post each, whether the feed, the hub or both deliver them', async () => {
    host.hub = 'grants';
    host.put({ id: 'feast', title: 'The feast', at: Date.now() + 1_000 });
    await keep('both');
    await until('the subscription', async () => (await subscriptionOf('both'))?.state === 'active');
    await fates('both', ['posted']);
    host.put({ id: 'dance', title: 'The dance', at: Date.now() });
    expect(await host.send('feast')).toEqual([202]);
    expect(await host.send('dance')).toEqual([202]);
    expect(await host.send('dance')).toEqual([202]);
    expect(await host.send('ages-ago')).toEqual([202]);
    await until('everything to be delivered', async () => {
      const page = { after: null, limit: 20 };
      const place = { guildId: DEMO.guild, sourceId: 'both' };
      const { deliveries } = await reader().deliveries(place, page);
      const came = deliveries.map(({ fate }) => fate).sort();
      return came.join() === 'known,known,posted,posted';
    });
    const titles = ['The siege', 'The feast', 'The dance', 'Ages ago'];
    expect(await Promise.all(titles.map(posts))).toEqual([1, 1, 1, 0]);

    // An edited title is told by the hub, and the post agrees with it.
    host.put({ id: 'dance', title: 'The last dance', at: Date.now() });
    expect(await host.send('dance')).toEqual([202]);
    await until('the edited post', async () => (await posts('The last dance')) === 1);
    expect(await posts('The dance')).toBe(0);
  });

  it('are not missed when everything is down while the lease ends', async () => {
    host.leaseSeconds = 2;
    await keep('down');
    await until('the subscription', async () => (await subscriptionOf('down'))?.state === 'active');
    const lease = z.number().parse((await subscriptionOf('down'))?.leaseUntil);
    await stop();
    await until('the lease to end', () => Promise.resolve(Date.now() > lease + 500));
    host.put({ id: 'return', title: 'The return', at: Date.now() });
    host.leaseSeconds = 432_000;
    await start();
    await until('the post', async () => (await posts('The return')) === 1);
    await until('the new lease', async () => {
      const subscription = await subscriptionOf('down');
      return (subscription?.leaseUntil ?? 0) > Date.now();
    });
    await host.send('return');
    await until('the hub’s delivery', async () => {
      const page = { after: null, limit: 20 };
      const place = { guildId: DEMO.guild, sourceId: 'down' };
      return (await reader().deliveries(place, page)).deliveries.length >= 2;
    });
    expect(await posts('The return')).toBe(1);
  });
});
