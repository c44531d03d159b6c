import { randomBytes } from 'node:crypto';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { DiscordSnowflake } from '@sapphire/snowflake';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createMirrorActivities, MIRROR_LIMITS } from '../../activities/mirrors';
import { configurationHash } from '../../src/config/guild/hash';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { createMirrorReader, createMirrorRecorder } from '../../src/db/mirrors';
import { migrate } from '../../src/db/migrate';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import { createLogger } from '../../src/observability/logger';
import { createSeal } from '../../src/temporal/seal';
import { download } from '../../worker/discord';
import {
  MIRROR_REVIEW_WORKFLOW,
  MIRROR_WORKFLOW,
  mirrorReviewWorkflowId,
  mirrorWorkflowId,
} from '../../workflows/mirror/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, startLocalDiscord, type LocalDiscord, type SeenMessage } from '../../sandbox';
import { demoConfiguration } from '../e2e/bot-stage/configuration';
import { mirrorSettings } from '../contracts/mirror-fixtures';
import { databaseUrl, workflowBundle } from '../parts';

export const HOUR = 3_600_000;

/** The workflows of mirrors with their real effects on the local Discord and Postgres; what the bot tells, a test does. */
export class MirrorPost {
  private count = 0;

  private constructor(
    private readonly env: TestWorkflowEnvironment,
    readonly discord: LocalDiscord,
    private readonly knex: Knex,
    readonly records: ReturnType<typeof createMirrorReader> &
      ReturnType<typeof createMirrorRecorder>,
    private readonly worker: Worker,
    private readonly running: Promise<void>,
    private readonly clock: () => number,
  ) {}

  static async set(env: TestWorkflowEnvironment): Promise<MirrorPost> {
    const time = { ahead: (await env.currentTimeMs()) - Date.now() };
    const clock = (): number => Date.now() + time.ahead;
    const [discord, url] = await Promise.all([
      startLocalDiscord({ now: clock, limits: 'off' }),
      databaseUrl(),
    ]);
    await migrate(url);
    const knex = connect(url, { applicationName: 'mirror-post', poolMax: 10 });
    const guilds = createGuildRepository(knex);
    const configuration = demoConfiguration();
    await guilds.apply(configuration, configurationHash(configuration));
    const rest = new REST({ api: discord.api, version: '10', retries: 0, timeout: 5_000 });
    const records = { ...createMirrorReader(knex), ...createMirrorRecorder(knex) };
    const worker = await Worker.create({
      connection: env.nativeConnection,
      namespace: 'default',
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: createMirrorActivities({
        discord: new API(rest.setToken(discord.token)),
        botId: () => Promise.resolve(DEMO.bot),
        ...{ guilds, records, download },
        seal: createSeal(randomBytes(32)),
        log: createLogger({ level: 'fatal', name: 'test' }),
        limits: { ...MIRROR_LIMITS, blockedMs: 100 },
      }),
    });
    return new MirrorPost(env, discord, knex, records, worker, worker.run(), clock);
  }

  async strike(): Promise<void> {
    this.worker.shutdown();
    await this.running;
    await Promise.all([this.discord.stop(), this.knex.destroy()]);
  }

  /** A mirror with two channels of its own, of what is written from now on. */
  async mirror(more: Partial<MirrorSettings> = {}): Promise<MirrorSettings> {
    this.count += 1;
    const [from, to] = await Promise.all([this.channel('from'), this.channel('to')]);
    const settings = mirrorSettings({
      id: `mirror-${this.count}`,
      fromChannelId: from,
      to: { guildId: DEMO.guild, channelId: to },
      editWindowMs: HOUR,
      ...more,
    });
    const timestamp = BigInt(this.clock() - 1_000);
    const after = DiscordSnowflake.generate({ timestamp, increment: 0n }).toString();
    await this.records.putMirror(DEMO.guild, { settings, agreed: true }, after);
    return settings;
  }

  /** Starts the workflow of a message, as the bot does. */
  async start({ id, fromChannelId, editWindowMs }: MirrorSettings, message: SeenMessage) {
    const until = (await this.env.currentTimeMs()) + editWindowMs;
    return this.client.start(MIRROR_WORKFLOW, {
      workflowId: mirrorWorkflowId(DEMO.guild, id, message.id),
      taskQueue: TASK_QUEUE,
      args: [
        {
          ...{ guildId: DEMO.guild, mirrorId: id, channelId: fromChannelId, isThread: false },
          ...{ messageId: message.id, until, changed: false },
        },
      ],
    });
  }

  /** Looks up what a mirror missed, to its end. */
  async review({ id }: MirrorSettings): Promise<WorkflowHandle> {
    const handle = await this.client.start(MIRROR_REVIEW_WORKFLOW, {
      workflowId: mirrorReviewWorkflowId(DEMO.guild, id),
      taskQueue: TASK_QUEUE,
      args: [{ guildId: DEMO.guild, mirrorId: id }],
    });
    await handle.result();
    return handle;
  }

  /** What stands in the channel that is copied into. */
  async texts({ to }: MirrorSettings): Promise<string[]> {
    const messages = await this.discord.driver.messages(to.channelId);
    return messages.map(({ content }) => content);
  }

  /** A client that does not skip time by itself. */
  private get client() {
    return new Client({ connection: this.env.connection }).workflow;
  }

  private async channel(kind: string): Promise<string> {
    const rest = new REST({ api: this.discord.api, version: '10' }).setToken(this.discord.token);
    const { id } = await new API(rest).guilds.createChannel(DEMO.guild, {
      name: `${kind}-${this.count}`,
    });
    return id;
  }
}
