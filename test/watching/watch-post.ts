import { randomBytes } from 'node:crypto';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { Client, type WorkflowClient } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { Knex } from 'knex';
import {
  createWatchingActivities,
  type WatchingDependencies,
  type WatchingLimits,
} from '../../activities/watching';
import { configurationHash } from '../../src/config/guild/hash';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { WATCHING_DEFAULTS, type WatchingSettings } from '../../src/config/guild/resolved-servers';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../src/domain/watching/server';
import { createProbes } from '../../src/minecraft/probes';
import { createLogger } from '../../src/observability/logger';
import { createSeal } from '../../src/temporal/seal';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { startLocalDiscord, DEMO, GameServer, type LocalDiscord } from '../../sandbox';
import { demoConfiguration } from '../e2e/bot-stage/configuration';
import { databaseUrl, workflowBundle } from '../parts';

/** Where the demo guild is told of outages, unless a test says otherwise. */
export const WATCHING: WatchingSettings = {
  ...WATCHING_DEFAULTS,
  alertsChannelId: DEMO.channels.deskLog,
  pingRoleIds: [DEMO.roles.admin],
  seniorTeamId: 'seniors',
  raiseAfterMs: 15 * 60_000,
  remindAfterMs: [30 * 60_000, 60 * 60_000],
  publicChannelId: DEMO.channels.general,
};

/** A Temporal server to work on, and its clock. */
export interface PostSite {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflows: WorkflowClient;
  /** Milliseconds since the epoch by that server's clock, which may be ahead. */
  readonly time: () => Promise<number>;
  /** Skips time, where it can be skipped. */
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Game servers that are watched: the workflows with their real effects on the local Discord, Postgres and real
 * connections. Rounds are made by hand, by the clock of the Temporal server.
 */
export class WatchPost {
  private readonly games: GameServer[] = [];
  private worker: Worker | undefined;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly site: PostSite,
    readonly discord: LocalDiscord,
    readonly knex: Knex,
    readonly deps: WatchingDependencies,
    private readonly clock: { ahead: number },
  ) {}

  static async set(
    site: PostSite,
    {
      watching = WATCHING,
      limits = {},
      deps = {},
    }: {
      watching?: WatchingSettings;
      limits?: Partial<WatchingLimits>;
      deps?: Partial<WatchingDependencies>;
    } = {},
  ): Promise<WatchPost> {
    const time = { ahead: (await site.time()) - Date.now() };
    const clock = (): number => Date.now() + time.ahead;
    const [discord, url] = await Promise.all([startLocalDiscord({ now: clock }), databaseUrl()]);
    await migrate(url);
    const knex = connect(url, { applicationName: 'watch-post', poolMax: 6 });
    const guilds = createGuildRepository(knex);
    const configuration: GuildConfiguration = demoConfiguration({ watching });
    await guilds.apply(configuration, configurationHash(configuration));
    const rest = new REST({
      api: discord.api,
      version: '10',
      retries: 0,
      timeout: 5_000,
      rejectOnRateLimit: ({ timeToReset }) => timeToReset > 5_000,
    });
    const all: WatchingDependencies = {
      discord: new API(rest.setToken(discord.token)),
      botId: () => Promise.resolve(discord.applicationId),
      guilds,
      records: { ...createWatchReader(knex), ...createWatchRecorder(knex) },
      probes: createProbes(),
      passwordOf: () => undefined,
      workflows: site.workflows,
      ownControl: { host: '127.0.0.1', port: Number(new URL(discord.url).port) },
      adjustRounds: () => Promise.resolve(),
      seal: createSeal(randomBytes(32)),
      clock,
      log: createLogger({ level: 'fatal', name: 'test' }),
      limits: { concurrency: 16, suspectPauseMs: 20, suspectPatienceMs: 5_000, ...limits },
      ...deps,
    };
    const post = new WatchPost(site, discord, knex, all, time);
    await post.work();
    return post;
  }

  /** Ends everything. */
  async strike(): Promise<void> {
    await this.rest();
    await Promise.all(this.games.map((game) => game.become('stopped')));
    await Promise.all([this.discord.stop(), this.knex.destroy()]);
  }

  /** Starts a worker, if none runs. */
  async work(): Promise<void> {
    if (this.worker !== undefined) return;
    this.worker = await Worker.create({
      connection: this.site.connection,
      namespace: this.site.namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: { ...createWatchingActivities(this.deps) },
    });
    this.running = this.worker.run();
  }

  /** Stops the worker, if one runs. */
  async rest(): Promise<void> {
    this.worker?.shutdown();
    await this.running;
    this.worker = undefined;
  }

  /** Opens a game server on loopback and has it watched. */
  async watch(id: string, more: Partial<ServerSettings> = {}): Promise<GameServer> {
    const game = await GameServer.start({ host: '127.0.0.1', port: 0 });
    this.games.push(game);
    await this.deps.records.putServer(
      DEMO.guild,
      { ...serverAt(id, game.state.port), ...more },
      await this.catchUp(),
    );
    return game;
  }

  /** A round as the schedule begins it, except that it is over when this resolves. */
  async round(): Promise<{ readonly checked: number; readonly news: boolean }> {
    await this.catchUp();
    const activities = createWatchingActivities(this.deps);
    const { batches } = await carriedOut(() => activities.planRound());
    if (batches === 0) return { checked: 0, news: false };
    const outcome = await carriedOut(() => activities.checkServers({ number: 0, of: 1 }));
    if (outcome.news) await carriedOut(() => activities.tellNews());
    return outcome;
  }

  /**
   * Lets time pass. The local Discord's clock goes ahead, so that what happens on the way does not come too
   * early for its limits.
   */
  async sleep(ms: number): Promise<void> {
    this.clock.ahead += ms;
    await this.site.sleep(ms);
    await this.catchUp();
  }

  /** A client of the post's namespace. */
  get client(): Client {
    const { connection, namespace } = this.site;
    return new Client({ connection, namespace });
  }

  /** Brings the post's clock in step with the Temporal server's. */
  private async catchUp(): Promise<number> {
    this.clock.ahead = (await this.site.time()) - Date.now();
    return this.deps.clock();
  }
}

/** Runs an activity without a workflow. */
async function carriedOut<Result>(activity: () => Promise<Result>): Promise<Result> {
  return new MockActivityEnvironment().run<[], Result, () => Promise<Result>>(activity);
}

/** A Java edition server on this machine, asked every 10 seconds. */
export function serverAt(id: string, port: number): ServerSettings {
  return {
    id,
    name: id,
    probe: 'java',
    address: '127.0.0.1',
    port,
    intervalMs: 10_000,
    timeoutMs: 1_000,
    thresholds: DEFAULT_THRESHOLDS,
    allowInternal: true,
    host: id,
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
  };
}
