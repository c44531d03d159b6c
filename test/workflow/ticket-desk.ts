import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { DiscordSnowflake } from '@sapphire/snowflake';
import { Client } from '@temporalio/client';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createTicketActivities } from '../../activities/tickets';
import { configurationHash } from '../../src/config/guild/hash';
import { createCaseRepository, type CaseRepository } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { createConversationRepository } from '../../src/db/conversations';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import type { Actor } from '../../src/domain/cases/case';
import type { PersonCommandType } from '../../src/domain/cases/commands';
import { createLogger } from '../../src/observability/logger';
import { createFileStorage } from '../../src/storage/file';
import { createSeal } from '../../src/temporal/seal';
import { searchAttributes, startAttributes } from '../../src/temporal/search-attributes';
import { startLocalDiscord, DEMO, type LocalDiscord } from '../../sandbox';
import { download } from '../../worker/discord';
import {
  commandUpdates,
  TICKET_WORKFLOW,
  ticketWorkflowId,
  type SealedOpening,
  type TicketInput,
  type Verdict,
} from '../../workflows/ticket/contract';
import type {
  CaseChange,
  OpeningOutcome,
  TicketActivities,
} from '../../workflows/ticket/activities';
import type { ticketWorkflow } from '../../workflows/ticket/workflow';
import { databaseUrl, timeSkippingEnvironment, workflowBundle } from '../parts';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';
import { demoConfiguration } from '../e2e/bot-stage/configuration';

export type Ticket = WorkflowHandleWithFirstExecutionRunId<typeof ticketWorkflow>;

const REOPEN_WINDOW_MS = 7 * 86_400_000;

/** The workflow with its real effects, on a server whose time can be skipped. There is no bot: tests take its place. */
export class TicketDesk {
  readonly cases: CaseRepository;

  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly discord: LocalDiscord,
    private readonly worker: Worker,
    private readonly running: Promise<void>,
    readonly knex: Knex,
    readonly storageFolder: string,
    private readonly seal: ReturnType<typeof createSeal>,
    private readonly activities: TicketActivities,
    /** So many tries of a closing do everything and die before they can say so. */
    readonly deaths: { afterClosing: number },
  ) {
    this.cases = createCaseRepository(knex);
  }

  static async set(): Promise<TicketDesk> {
    const [env, discord, url, storageFolder] = await Promise.all([
      timeSkippingEnvironment(),
      startLocalDiscord({ limits: 'off' }),
      databaseUrl(),
      mkdtemp(join(tmpdir(), 'castellan-ticket-')),
    ]);
    await Promise.all([migrate(url), registerSearchAttributes(env)]);
    const knex = connect(url, { applicationName: 'ticket-desk', poolMax: 4 });
    const day = 86_400_000;
    const base = demoConfiguration();
    const configuration = demoConfiguration({
      limits: { mostOpen: 2, cooldownMs: null, mostPerDay: null },
      categories: base.categories.map((category) => ({
        ...category,
        inactivity: { warnAfterMs: 2 * day, closeAfterMs: 3 * day },
        reopenWindowMs: REOPEN_WINDOW_MS,
      })),
    });
    const guilds = createGuildRepository(knex);
    await guilds.apply(configuration, configurationHash(configuration));
    const api = new API(
      new REST({ api: discord.api, version: '10', retries: 0, timeout: 5_000 }).setToken(
        discord.token,
      ),
    );
    const seal = createSeal(randomBytes(32));
    const taskQueue = `tickets-${randomBytes(4).toString('hex')}`;
    const activities = createTicketActivities({
      discord: api,
      botId: () => Promise.resolve(discord.applicationId),
      cases: createCaseRepository(knex),
      guilds,
      conversations: createConversationRepository(knex),
      storage: createFileStorage(storageFolder),
      seal,
      download,
      log: createLogger({ level: 'fatal', name: 'test' }),
    });
    const deaths = { afterClosing: 0 };
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: workflowBundle(),
      activities: {
        ...activities,
        async closeTicket(change: CaseChange) {
          const outcome = await activities.closeTicket(change);
          if (deaths.afterClosing === 0) return outcome;
          deaths.afterClosing -= 1;
          throw new Error('The worker died before it could say that it had closed the ticket.');
        },
      },
    });
    return new TicketDesk(
      env,
      discord,
      worker,
      worker.run(),
      knex,
      storageFolder,
      seal,
      activities,
      deaths,
    );
  }

  async strike(): Promise<void> {
    this.worker.shutdown();
    await this.running;
    await Promise.all([
      this.env.teardown(),
      this.discord.stop(),
      this.knex.destroy(),
      rm(this.storageFolder, { recursive: true, force: true }),
    ]);
  }

  /** Starts a ticket as the bot does. */
  async open(opener: string): Promise<Ticket> {
    const interactionId = String(DiscordSnowflake.generate());
    return this.env.client.workflow.start<typeof ticketWorkflow>(TICKET_WORKFLOW, {
      workflowId: ticketWorkflowId(interactionId),
      taskQueue: this.worker.options.taskQueue,
      args: [this.input(opener)],
      typedSearchAttributes: startAttributes(
        DEMO.guild,
        'ticket',
        { key: searchAttributes.status, value: 'open' },
        { key: searchAttributes.category, value: 'support' },
      ),
    });
  }

  private input(opener: string): TicketInput {
    return {
      guildId: DEMO.guild,
      categoryId: 'support',
      openerId: this.discord.driver.person(opener).id,
      sealed: this.seal.seal({
        applicationId: this.discord.applicationId,
        interactionToken: 'nobody-listens',
        openerName: opener,
        answers: [{ fieldId: 'subject', value: 'My base is gone' }],
      } satisfies SealedOpening),
    };
  }

  /** Tries the opening a second time, as when the first try did everything and died before it could say so. */
  openAgain({ workflowId }: Ticket, opener: string): Promise<OpeningOutcome> {
    const again = new MockActivityEnvironment({
      attempt: 2,
      workflowExecution: { workflowId, runId: 'second-try' },
    });
    return again.run((input: TicketInput) => this.activities.openTicket(input), this.input(opener));
  }

  /** Gives a command as a person of the demo guild. */
  command(
    ticket: Ticket,
    type: PersonCommandType,
    person: string,
    note?: string,
  ): Promise<Verdict> {
    const { id } = this.discord.driver.person(person);
    return ticket.executeUpdate(commandUpdates[type], {
      args: [
        {
          actor: { userId: id, admin: false, teams: TEAMS[person] ?? [] } satisfies Actor,
          ...(note !== undefined && { note: this.seal.seal(note) }),
        },
      ],
    });
  }

  /** The case's channel once it stands, with its card. */
  async channel(ticket: Ticket): Promise<string> {
    return until('the channel of the ticket', async () => {
      const row = await this.cases.get(ticket.workflowId);
      return row?.status === 'open' ? row.channelId : null;
    });
  }

  /**
   * Lets the time pass in which a closed ticket may be reopened, and waits for its end. Time is skipped
   * only now that nothing is under way: this server's jumps do not wait for a command that is handled.
   */
  async finish(ticket: Ticket): Promise<void> {
    await this.closed(ticket);
    await this.env.sleep(REOPEN_WINDOW_MS + 60_000);
    await this.ended(ticket);
  }

  /** Waits until the ticket is recorded as closed. */
  async closed(ticket: Ticket): Promise<void> {
    await until('the closing', async () => {
      const row = await this.cases.get(ticket.workflowId);
      return row?.status === 'closed';
    });
  }

  /** Waits for the workflow's end in real time, without skipping any. */
  async ended(ticket: Ticket): Promise<void> {
    const plain = new Client({ connection: this.env.connection });
    await plain.workflow.getHandle(ticket.workflowId).result();
  }

  /** The contents of the channel's messages, oldest first; `null` when the channel is gone. */
  async contents(channelId: string): Promise<string[] | null> {
    const { channels } = await this.discord.driver.guild();
    if (!channels.some(({ id }) => id === channelId)) return null;
    return (await this.discord.driver.messages(channelId)).map(({ content }) => content);
  }

  /** The types of what happened, in order. */
  async history(ticket: Ticket): Promise<string[]> {
    return (await this.cases.events(ticket.workflowId)).map(({ type }) => type);
  }
}

const TEAMS: Readonly<Record<string, readonly string[]>> = {
  mira: ['helpers'],
  tom: ['helpers'],
  sol: ['seniors'],
};
