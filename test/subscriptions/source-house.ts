import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import {
  createSubscriptionActivities,
  type SubscriptionDependencies,
} from '../../activities/subscriptions';
import { lookAtSource } from '../../activities/subscriptions/look';
import { configurationHash } from '../../src/config/guild/hash';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  createSubscriptionReader,
  createSubscriptionRecorder,
} from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import type { Origin, SourceSettings } from '../../src/domain/announcements/settings';
import type {
  Look,
  SubscriptionState,
} from '../../src/domain/announcements/subscription/subscription';
import { createLogger } from '../../src/observability/logger';
import { createFileStorage } from '../../src/storage/file';
import type { ObjectStorage } from '../../src/storage/storage';
import { keeperStart, tellKeeper } from '../../src/temporal/announcing';
import { createSeal } from '../../src/temporal/seal';
import { SampleApp } from '../../src/web/sample-app';
import { createConfiguredSources } from '../../src/web/webhooks/configured-sources';
import type { Announcements, SourcePlace } from '../../src/web/webhooks/announcements';
import { WaitingDeliveries } from '../../src/web/webhooks/waiting-deliveries';
import type { AnnouncementInput } from '../../workflows/announcement/contract';
import {
  hubAskedSignal,
  refusedSignal,
  revokedSignal,
  SUBSCRIPTION_WORKFLOW,
  subscriptionWorkflowId,
} from '../../workflows/subscription/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../../sandbox';
import { source } from '../contracts/announcement-fixtures';
import { demoConfiguration } from '../e2e/bot-stage/configuration';
import { databaseUrl, workflowBundle } from '../parts';
import { FeedHost } from '../peers/feed-host';

/** Made over the same parts. */
type Activities = (house: Pick<SourceHouse, 'deps' | 'knex'>) => object;

/**
 * Sources that are kept: the keepers with their real effects on the local Discord, Postgres, a storage, and a
 * host of feeds with its hub, which asks and delivers at the real webhook routes. Which announcements are begun
 * is noted; what becomes of them is tested elsewhere.
 */
export class SourceHouse {
  private worker: Worker | undefined;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly env: TestWorkflowEnvironment,
    readonly host: FeedHost,
    readonly discord: LocalDiscord,
    readonly knex: Knex,
    readonly storage: ObjectStorage,
    private readonly folder: string,
    readonly deps: SubscriptionDependencies,
    private readonly web: SampleApp,
    private readonly clock: { ahead: number },
    /** Each once, as their workflows would be. */
    private readonly announced: ReadonlyMap<string, AnnouncementInput>,
    private readonly more: Activities,
  ) {}

  /** @param more further activities of the same worker */
  static async open(
    env: TestWorkflowEnvironment,
    more: Activities = () => ({}),
  ): Promise<SourceHouse> {
    const clock = { ahead: (await env.currentTimeMs()) - Date.now() };
    const now = (): number => Date.now() + clock.ahead;
    const [discord, url, host, folder] = await Promise.all([
      startLocalDiscord({ now }),
      databaseUrl(),
      FeedHost.start(),
      mkdtemp(join(tmpdir(), 'castellan-sources-')),
    ]);
    host.now = now;
    await migrate(url);
    const knex = connect(url, { applicationName: 'source-house', poolMax: 6 });
    const configuration = demoConfiguration();
    await createGuildRepository(knex).apply(configuration, configurationHash(configuration));
    const reader = { ...createAnnouncementReader(knex), ...createSubscriptionReader(knex) };
    const storage = createFileStorage(folder);
    const seal = createSeal(randomBytes(32));
    const log = createLogger({ level: 'fatal', name: 'test' });
    const announced = new Map<string, AnnouncementInput>();
    const note = (input: AnnouncementInput): Promise<'accepted' | 'repeated'> => {
      const key = `${input.sourceId} ${input.deliveryId}`;
      const isKnown = announced.has(key);
      if (!isKnown) announced.set(key, input);
      return Promise.resolve(isKnown ? 'repeated' : 'accepted');
    };
    const { workflow } = plainClient(env);
    const signal = async (
      place: SourcePlace,
      name: typeof hubAskedSignal | typeof revokedSignal | typeof refusedSignal,
      news: object,
    ): Promise<void> => {
      await workflow.signalWithStart(SUBSCRIPTION_WORKFLOW, {
        ...keeperStart(place),
        signal: name.name,
        signalArgs: [news],
      });
    };
    const announcements: Announcements = {
      announce: note,
      hubAsked: (place, question) => signal(place, hubAskedSignal, question),
      revoked: (place, revocation) => signal(place, revokedSignal, revocation),
      refused: (place, refused) => signal(place, refusedSignal, refused),
    };
    const web = await SampleApp.start({
      now,
      log,
      webhooks: {
        ...{ reader, storage, announcements },
        sources: createConfiguredSources({ reader, variables: {}, seal, log, now }),
        waiting: new WaitingDeliveries({ storage, announcements, log }),
      },
    });
    const rest = new REST({ api: discord.api, version: '10', retries: 0, timeout: 5_000 });
    const deps: SubscriptionDependencies = {
      discord: new API(rest.setToken(discord.token)),
      botId: () => Promise.resolve(discord.applicationId),
      records: {
        ...reader,
        ...createAnnouncementRecorder(knex),
        ...createSubscriptionRecorder(knex),
      },
      ...{ storage, seal, log },
      randomBytes: (count) => randomBytes(count),
      secretOf: () => undefined,
      announce: async (input) => {
        await note(input);
      },
      publicUrl: web.url,
      youtube: {
        ...{ url: host.url, urlExplicit: true },
        ...{ hubUrl: host.hubUrl, hubUrlExplicit: true },
      },
    };
    const parts = [env, host, discord, knex, storage, folder, deps, web, clock] as const;
    const house = new SourceHouse(...parts, announced, more);
    await house.work();
    return house;
  }

  /** Ends everything. */
  async close(): Promise<void> {
    this.worker?.shutdown();
    await this.running;
    await Promise.all([
      this.discord.stop(),
      this.web.stop(),
      this.host.stop(),
      this.knex.destroy(),
    ]);
    await rm(this.folder, { recursive: true, force: true });
  }

  private async work(): Promise<void> {
    this.worker = await Worker.create({
      connection: this.env.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: { ...createSubscriptionActivities(this.deps), ...this.more(this) },
    });
    this.running = this.worker.run();
  }

  /** Defines a source and begins to keep it. */
  async keep(
    id: string,
    origin: Origin,
    more: Partial<SourceSettings> = {},
  ): Promise<WorkflowHandle> {
    await this.deps.records.putSource(
      DEMO.guild,
      source(id, { origin, staffChannelId: DEMO.channels.deskLog, ...more }),
    );
    return this.tell(id);
  }

  /**
   * Defines a source whose keeper goes on from what it knew, as after an outage of all that it needs.
   *
   * @param knew is given what the records say of the source
   */
  async goOn(
    id: string,
    origin: Origin,
    knew: (look: Look) => SubscriptionState,
  ): Promise<WorkflowHandle> {
    const definition = source(id, { origin, staffChannelId: DEMO.channels.deskLog });
    await this.deps.records.putSource(DEMO.guild, definition);
    const place = { guildId: DEMO.guild, sourceId: id };
    const start = keeperStart(place);
    const args = [place, knew(await lookAtSource(this.deps, place))];
    return plainClient(this.env).workflow.start(SUBSCRIPTION_WORKFLOW, { ...start, args });
  }

  /** Removes a source, and tells its keeper. */
  async remove(id: string): Promise<WorkflowHandle> {
    await this.deps.records.removeSource(DEMO.guild, id);
    return this.tell(id);
  }

  /** Lets a keeper look at the records. */
  async tell(id: string): Promise<WorkflowHandle> {
    const place = { guildId: DEMO.guild, sourceId: id };
    const { workflow } = plainClient(this.env);
    await tellKeeper(workflow, place);
    return workflow.getHandle(subscriptionWorkflowId(place));
  }

  record(id: string) {
    return this.deps.records.source(DEMO.guild, id);
  }

  /** Deliveries of a source, in the order in which they came. */
  deliveriesOf(id: string): AnnouncementInput[] {
    return [...this.announced.values()].filter(({ sourceId }) => sourceId === id);
  }

  /** What administrators were told of a source, the oldest first. */
  async toldOf(id: string): Promise<string[]> {
    const messages = await this.discord.driver.messages(DEMO.channels.deskLog);
    return messages
      .map(({ content }) => content)
      .filter((content) => content.includes(`source ${id} `));
  }

  now(): number {
    return Date.now() + this.clock.ahead;
  }

  /** Lets time pass, in Discord and for the host as well. */
  async sleep(ms: number): Promise<void> {
    this.clock.ahead += ms;
    await this.env.sleep(ms);
    this.clock.ahead = (await this.env.currentTimeMs()) - Date.now();
  }
}

/** The environment's own client skips time while it waits for results. */
const plainClient = ({ connection }: TestWorkflowEnvironment): Client => new Client({ connection });
