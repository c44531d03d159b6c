import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { ChannelType } from 'discord-api-types/v10';
import type { Knex } from 'knex';
import { createAnnouncementActivities } from '../../activities/announcements';
import { configurationHash } from '../../src/config/guild/hash';
import { createAnnouncementReader, createAnnouncementRecorder } from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import type { Route } from '../../src/domain/announcements/settings';
import { createLogger } from '../../src/observability/logger';
import { deliveryKey, packDelivery } from '../../src/storage/deliveries';
import { createFileStorage } from '../../src/storage/file';
import type { ObjectStorage } from '../../src/storage/storage';
import { announcementStart } from '../../src/temporal/announcing';
import { samples } from '../../src/web/sources/samples';
import type { SampleDelivery } from '../../src/web/sources/samples/sample';
import {
  ANNOUNCEMENT_WORKFLOW,
  type AnnouncementInput,
} from '../../workflows/announcement/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../sandbox';
import { route, source } from '../contracts/announcement-fixtures';
import { demoConfiguration } from '../e2e/bot-stage/configuration';
import { databaseUrl, timeSkippingEnvironment, workflowBundle } from '../parts';
import { keepHistory } from './kept-history';
import { startOwnGitlab, type OwnGitlab } from './own-gitlab';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const HOUR = 3_600_000;

describe('an announcement', () => {
  let env: TestWorkflowEnvironment;
  let discord: LocalDiscord;
  let api: API;
  let knex: Knex;
  let storage: ObjectStorage;
  let folder: string;
  let worker: Worker;
  let running: Promise<void>;
  const clock = { ahead: 0 };

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    folder = await mkdtemp(join(tmpdir(), 'castellan-announcement-'));
    const [local, url] = await Promise.all([
      startLocalDiscord({ now: () => Date.now() + clock.ahead }),
      databaseUrl(),
    ]);
    discord = local;
    await discord.driver.limits('off');
    await migrate(url);
    knex = connect(url, { applicationName: 'test', poolMax: 4 });
    const configuration = demoConfiguration();
    await createGuildRepository(knex).apply(configuration, configurationHash(configuration));
    storage = createFileStorage(folder);
    api = new API(
      new REST({ api: discord.api, version: '10', retries: 0 }).setToken(discord.token),
    );
    worker = await Worker.create({
      connection: env.nativeConnection,
      namespace: 'default',
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: {
        ...createAnnouncementActivities({
          discord: api,
          botId: () => Promise.resolve(discord.applicationId),
          records: { ...createAnnouncementReader(knex), ...createAnnouncementRecorder(knex) },
          storage,
          log: createLogger({ level: 'fatal', name: 'test' }),
        }),
      },
    });
    running = worker.run();
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await Promise.all([discord.stop(), knex.destroy(), env.teardown()]);
    await rm(folder, { recursive: true });
  });

  /** A source with a route into a new channel. @returns the channel's id */
  async function into(
    id: string,
    more: Partial<Route> = {},
    type: ChannelType.GuildText | ChannelType.GuildAnnouncement = ChannelType.GuildText,
  ): Promise<string> {
    const { id: channelId } = await api.guilds.createChannel(DEMO.guild, { name: id, type });
    await createAnnouncementRecorder(knex).putSource(
      DEMO.guild,
      source(id, { routes: [route({ channelId, ...more })] }),
    );
    return channelId;
  }

  /** Keeps a delivery of a sample, and starts what becomes of it. */
  async function begin(sourceId: string, event = 'push'): Promise<WorkflowHandle> {
    const mark = randomUUID().replaceAll('-', '').padEnd(40, '0');
    const sample = samples.github.samples.find((one) => one.event === event);
    const made = sample?.delivery({ mark, now: await env.currentTimeMs(), channelId: '' });
    if (made === undefined) throw new Error(event);
    return deliver(sourceId, mark, made);
  }

  async function deliver(
    sourceId: string,
    mark: string,
    made: SampleDelivery,
  ): Promise<WorkflowHandle> {
    const now = await env.currentTimeMs();
    clock.ahead = now - Date.now();
    const place = { guildId: DEMO.guild, sourceId };
    const storageKey = deliveryKey(place, mark, now);
    const headers = { ...made.headers, 'content-type': made.contentType };
    const body = Buffer.from(made.body);
    const bytes = packDelivery({ headers, query: {}, body, news: null });
    await storage.put(storageKey, bytes, { contentType: 'application/octet-stream' });
    return start({ ...place, deliveryId: mark, storageKey, bytes: body.length, receivedAt: now });
  }

  const start = (input: AnnouncementInput): Promise<WorkflowHandle> =>
    env.client.workflow.start(ANNOUNCEMENT_WORKFLOW, announcementStart(input));

  const posts = async (channelId: string) => (await api.channels.getMessages(channelId)).length;
  const published = async (channelId: string) =>
    (await api.channels.getMessages(channelId)).filter(({ flags = 0 }) => (flags & 1) !== 0).length;
  const fate = async (sourceId: string) => {
    const page = { after: null, limit: 1 };
    const place = { guildId: DEMO.guild, sourceId };
    const { deliveries } = await createAnnouncementReader(knex).deliveries(place, page);
    return deliveries[0]?.fate;
  };
  const timers = async (handle: WorkflowHandle): Promise<readonly number[]> =>
    ((await handle.fetchHistory()).events ?? []).flatMap(
      ({ timerStartedEventAttributes: timer }) =>
        timer == null ? [] : [Number(timer.startToFireTimeout?.seconds ?? 0)],
    );

  it('is posted, and that is all: one task for the records, one effect in Discord', async () => {
    const channelId = await into('posted');
    const handle = await begin('posted');
    await handle.result();
    expect([await posts(channelId), await fate('posted')]).toEqual([1, 'posted']);
    const history = await handle.fetchHistory();
    const effects = (history.events ?? []).filter(
      (event) => event.activityTaskScheduledEventAttributes != null,
    );
    expect(effects).toHaveLength(1);
    // What was delivered is not in it.
    expect(JSON.stringify(history)).not.toMatch(/drawbridge|castle\/keep/);
    await keepHistory('announcement-posted', handle);
  });

  it('ends at once where nothing is to be posted', async () => {
    await into('filtered', { filter: { events: ['release'] } });
    const handle = await begin('filtered');
    await handle.result();
    expect(await fate('filtered')).toBe('filtered');
    await keepHistory('announcement-filtered', handle);
  });

  it('waits until quiet hours are over', async () => {
    const now = new Date(await env.currentTimeMs());
    const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
    const quietHours = {
      ...{ fromMinute: (minute + 1_435) % 1_440, toMinute: (minute + 300) % 1_440 },
      timeZone: 'UTC',
    };
    const channelId = await into('quiet', { quietHours });
    const handle = await begin('quiet');
    await handle.result();
    expect([await posts(channelId), await fate('quiet')]).toEqual([1, 'posted']);
    const [seconds = 0] = await timers(handle);
    expect(seconds / 3_600).toBeCloseTo(5, 1);
    await keepHistory('announcement-after-quiet-hours', handle);
  });

  it('waits for the hour in which it may be published', async () => {
    const more = { channelKind: 'announcement', publish: true } as const;
    const channelId = await into('published', more, ChannelType.GuildAnnouncement);
    for (let count = 0; count < 10; count += 1) await begin('published');
    // Whoever waits for a result lets the server skip time.
    await until('ten publications', async () => (await published(channelId)) === 10);
    const handle = await begin('published');
    await handle.result();
    expect(await posts(channelId)).toBe(11);
    const waits = await timers(handle);
    expect(waits.reduce((sum, seconds) => sum + seconds, 0) * 1_000).toBeGreaterThan(HOUR * 0.9);
    await keepHistory('announcement-published-later', handle);
  });

  it('is shown when Discord is there again', async () => {
    const channelId = await into('failing');
    const fault = await discord.driver.faults.add({
      match: { method: 'POST', route: `/channels/${channelId}/messages$`, times: 2 },
      kind: 'status',
      status: 503,
    });
    const handle = await begin('failing');
    await fault.hit();
    await handle.result();
    expect([await posts(channelId), await fate('failing')]).toEqual([1, 'posted']);
    await keepHistory('announcement-with-discord-failing', handle);
  });

  it('ends where its channel is gone, and says so', async () => {
    const channelId = await into('gone');
    await api.channels.delete(channelId);
    const handle = await begin('gone');
    await handle.result();
    expect(await fate('gone')).toBe('failed');
    await keepHistory('announcement-of-a-channel-that-is-gone', handle);
  });

  it('ends where its source is gone, and keeps nothing of it', async () => {
    const handle = await begin('never-defined');
    await handle.result();
    expect(await storage.list(`deliveries/${DEMO.guild}/never-defined/`)).toEqual([]);
    await keepHistory('announcement-of-a-source-that-is-gone', handle);
  });

  describe('of a push whose delivery leaves out commits', () => {
    let gitlab: OwnGitlab;
    beforeAll(async () => {
      gitlab = await startOwnGitlab((index) => (index === 3 ? 'Cy' : 'Bo'));
    });
    afterAll(() => {
      gitlab.stop();
    });

    /** A source that may reach it, with a route into a new channel. */
    async function ofGitlab(id: string, more: Partial<Route> = {}, allowInternal = true) {
      const template = { description: '{{commit_count}}: {{#commits}}{{title}}, {{/commits}}' };
      const channelId = await into(id, { template, ...more });
      const routes = [route({ channelId, template, ...more })];
      const origin = { provider: 'gitlab', allowInternal } as const;
      await createAnnouncementRecorder(knex).putSource(DEMO.guild, source(id, { origin, routes }));
      return channelId;
    }
    const pushed = (sourceId: string, branch: string, from: number, to: number) =>
      deliver(sourceId, `${branch}-${from}-${to}`, gitlab.push(branch, from, to));
    const told = async (channelId: string) =>
      (await api.channels.getMessages(channelId)).map(
        ({ embeds: [embed] }) => embed?.description ?? '',
      );
    const asked = async (run: () => Promise<unknown>) => {
      const before = gitlab.asked.length;
      await run();
      return gitlab.asked.length - before;
    };

    it('tells them all, and knows them when they come again', async () => {
      const channelId = await ofGitlab('left-out');
      const handle = await pushed('left-out', 'main', 1, 24);
      await handle.result();
      const titles = Array.from({ length: 24 }, (_, index) => `Stone ${index + 1}, `);
      expect(await told(channelId)).toEqual([`24: ${titles.join('').trim()}`]);
      const history = JSON.stringify(await handle.fetchHistory());
      expect(history).not.toMatch(/Stone|castle|\/api\/|127\.0\.0\.1/);
      await keepHistory('announcement-with-commits-that-were-asked-for', handle);
      // The delivery told nothing of them.
      await (await pushed('left-out', 'moat', 1, 4)).result();
      expect([await posts(channelId), await fate('left-out')]).toEqual([1, 'known']);
    });

    it('knows the newest 250 of more', async () => {
      const channelId = await ofGitlab('many');
      const push = await asked(async () => (await pushed('many', 'main', 1, 300)).result());
      expect(push).toBe(3);
      expect((await told(channelId))[0]).toMatch(/^300: Stone 276, .*Stone 300,$/);
      await (await pushed('many', 'moat', 51, 60)).result();
      expect(await posts(channelId)).toBe(1);
      await (await pushed('many', 'wall', 50, 60)).result();
      expect((await told(channelId))[0]).toBe('1: Stone 50,');
    });

    it('judges those who wrote them', async () => {
      const channelId = await ofGitlab('by-author', { filter: { authors: ['Cy'] } });
      await (await pushed('by-author', 'main', 1, 24)).result();
      expect(await posts(channelId)).toBe(1);
    });

    it('counts them where its service is away, and goes on', async () => {
      const channelId = await ofGitlab('away');
      gitlab.isAway = true;
      const handle = await pushed('away', 'main', 1, 24);
      await handle.result();
      gitlab.isAway = false;
      const [text = ''] = await told(channelId);
      expect([text.slice(0, 12), await fate('away')]).toEqual(['24: Stone 5,', 'posted']);
      await keepHistory('announcement-with-its-service-away', handle);
    });

    it('asks nobody where it is posted nowhere, nor where all are told', async () => {
      await ofGitlab('elsewhere', { filter: { branches: ['main'] } });
      expect(
        await asked(async () => {
          await (await pushed('elsewhere', 'moat', 1, 24)).result();
          await (await pushed('elsewhere', 'main', 1, 20)).result();
        }),
      ).toBe(0);
    });

    it('asks nothing of private networks unless the file allows it', async () => {
      const channelId = await ofGitlab('outside', {}, false);
      expect(await asked(async () => (await pushed('outside', 'main', 1, 24)).result())).toBe(0);
      expect(await posts(channelId)).toBe(1);
    });

    it('asks once, however often it is delivered', async () => {
      const channelId = await ofGitlab('again');
      await (await pushed('again', 'main', 1, 24)).result();
      const [message] = await api.channels.getMessages(channelId);
      await api.channels.deleteMessage(channelId, message?.id ?? '');
      const [storageKey = '', beside] = await storage.list(`deliveries/${DEMO.guild}/again/`);
      expect(beside).toBe(`${storageKey}.left-out`);
      const place = { guildId: DEMO.guild, sourceId: 'again', deliveryId: 'main-1-24' };
      const input = { ...place, storageKey, bytes: 1, receivedAt: 0, again: '1' };
      expect(await asked(async () => (await start(input)).result())).toBe(0);
    });
  });

  it('is in the lists of staff by its guild and kind', async () => {
    await into('listed');
    const handle = await begin('listed');
    await handle.result();
    const { typedSearchAttributes } = await until('its description', () => handle.describe());
    expect(typedSearchAttributes.getAll().map(({ value }) => value)).toEqual(
      expect.arrayContaining([DEMO.guild, 'announcement']),
    );
  });
});
