import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { configurationHash } from '../../../src/config/guild/hash';
import type { GuildConfiguration } from '../../../src/config/guild/resolved';
import { readEnvironment, type Environment } from '../../../src/config/environment';
import { connect } from '../../../src/db/connection';
import { createGuildRepository } from '../../../src/db/guilds';
import { createWatchRecorder } from '../../../src/db/watching';
import { migrate } from '../../../src/db/migrate';
import { createLogger } from '../../../src/observability/logger';
import { startBot } from '../../../src/discord/bot';
import type { Service } from '../../../src/cli/service';
import { startWorker } from '../../../worker/service';
import {
  demoSeed,
  startLocalDiscord,
  type Driver,
  type LocalDiscord,
  type WorldSeed,
} from '../../../sandbox';
import { databaseUrl, freshNamespace, workflowBundle } from '../../parts';
import { demoConfiguration } from './configuration';
import { TcpProxy } from './tcp-proxy';

/** Another guild: what it is on Discord, and how it is configured. */
export interface Neighbour {
  readonly seed: WorldSeed['guilds'][number];
  readonly configuration: GuildConfiguration;
}

/** A local Discord, Postgres with the demo guild, a namespace of Temporal, and what runs on them. */
export class Stage {
  readonly #running: Service[] = [];
  readonly #lines: string[] = [];

  private constructor(
    readonly discord: LocalDiscord,
    /** The wires to the other parts, which a test may cut. */
    readonly wires: { readonly postgres: TcpProxy; readonly temporal: TcpProxy },
    readonly variables: Readonly<Record<string, string>>,
    readonly client: Client,
    private readonly connection: Connection,
    private readonly temporalAddress: string,
    /** Where the Temporal server counts. */
    readonly metricsUrl: string,
    private readonly dataDir: string,
  ) {}

  /**
   * @param configuration the demo guild's; by default the one with two categories
   * @param neighbours other guilds of the same deployment
   */
  static async set(
    configuration: GuildConfiguration = demoConfiguration(),
    neighbours: readonly Neighbour[] = [],
  ): Promise<Stage> {
    const seed = demoSeed();
    seed.guilds.push(...neighbours.map((neighbour) => neighbour.seed));
    const [discord, own, { address, namespace, metricsUrl }, dataDir] = await Promise.all([
      startLocalDiscord({ seed }),
      databaseUrl(),
      freshNamespace(),
      mkdtemp(join(tmpdir(), 'castellan-bot-')),
    ]);
    await migrate(own);
    for (const applied of [configuration, ...neighbours.map((one) => one.configuration)]) {
      await applyTo(own, applied);
    }
    const [connection, postgres, temporal] = await Promise.all([
      Connection.connect({ address }),
      TcpProxy.to(new URL(own).host),
      TcpProxy.to(address),
    ]);
    const database = new URL(own);
    database.host = postgres.address;
    return new Stage(
      discord,
      { postgres, temporal },
      {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.api,
        DATABASE_URL: database.href,
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: namespace,
        CASTELLAN_DATA_DIR: dataDir,
        LOG_LEVEL: 'debug',
      },
      new Client({ connection, namespace }),
      connection,
      address,
      metricsUrl,
      dataDir,
    );
  }

  get driver(): Driver {
    return this.discord.driver;
  }

  get environment(): Environment {
    return readEnvironment(this.variables, ['discord', 'database', 'temporal']);
  }

  /** What bot and worker logged, one JSON object a line. */
  get log(): string {
    return this.#lines.join('');
  }

  /** Another configuration of the demo guild. */
  apply(configuration: GuildConfiguration): Promise<void> {
    return applyTo(this.variables['DATABASE_URL'] ?? '', configuration);
  }

  /** Starts the bot in this process; resolves when its commands are registered. */
  async startBot(): Promise<Service> {
    const bot = await startBot({ environment: this.environment, log: this.#logger('bot') });
    this.#running.push(bot);
    await this.driver.waitFor(
      async (driver) => (await driver.world()).commands.length > 0,
      20_000,
      'the commands',
    );
    return bot;
  }

  /** @param more variables of its own, such as a game server's password */
  async startWorker(more: Readonly<Record<string, string>> = {}): Promise<Service> {
    const dependencies = {
      // Its own wire to Temporal is not cut: the SDK finds back by itself, and loudly.
      environment: readEnvironment({
        ...this.variables,
        ...more,
        TEMPORAL_ADDRESS: this.temporalAddress,
      }),
      log: this.#logger('worker'),
    };
    const worker = await startWorker(dependencies, () => Promise.resolve(workflowBundle()));
    this.#running.push(worker);
    return worker;
  }

  /** Ends everything. */
  async strike(): Promise<void> {
    await Promise.all(this.#running.map((service) => service.stop()));
    await this.connection.close();
    await this.discord.stop();
    await Promise.all([this.wires.postgres.close(), this.wires.temporal.close()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #logger(name: string) {
    return createLogger({
      level: 'debug',
      name,
      readable: false,
      destination: {
        write: (line: string) => {
          this.#lines.push(line);
        },
      },
    });
  }
}

async function applyTo(database: string, configuration: GuildConfiguration): Promise<void> {
  const knex = connect(database, { applicationName: 'stage', poolMax: 1 });
  await createGuildRepository(knex).apply(configuration, configurationHash(configuration));
  const { guildId, servers } = configuration;
  await createWatchRecorder(knex).applyServers(guildId, 'file', servers, Date.now());
  await knex.destroy();
}
