import { randomBytes, randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { WorkflowClient } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { readEnvironment, type Environment } from '../../../src/config/environment';
import { connect } from '../../../src/db/connection';
import { createGuildRepository } from '../../../src/db/guilds';
import { migrate } from '../../../src/db/migrate';
import {
  createRegistrationReader,
  createRegistrationRecorder,
  type RegistrationReader,
  type RegistrationRecorder,
} from '../../../src/db/registration';
import { createWatchRecorder } from '../../../src/db/watching';
import { makeCode } from '../../../src/domain/registration/code';
import type { RegistrationPolicy } from '../../../src/domain/registration/registration';
import { createCodeHash } from '../../../src/temporal/code-hash';
import { connectLazily } from '../../../src/temporal/connection';
import { createConfiguredServers } from '../../../src/web/game/configured-servers';
import { createTemporalWorkflows } from '../../../src/web/game/temporal-workflows';
import { GAME_LIMITS } from '../../../src/web/routes/game/limits';
import { SampleApp } from '../../../src/web/sample-app';
import { formatSecret } from '../../../src/config/webhook-secret';
import { sign } from '../../../src/web/standard-webhooks/sign';
import type { RegistrationActivities } from '../../../workflows/registration/activities';
import {
  REGISTRATION_WORKFLOW,
  registrationWorkflowId,
} from '../../../workflows/registration/contract';
import { TASK_QUEUE } from '../../../workflows/ticket/contract';
import type { WhitelistActivities } from '../../../workflows/whitelist/activities';
import { GUILD, guildNamed } from '../../contracts/case-fixtures';
import { REGISTRATION_POLICY } from '../../contracts/registration-fixtures';
import { settings } from '../../contracts/watch-fixtures';
import { databaseUrl, freshNamespace, workflowBundle } from '../../parts';
import { until } from '../../workflow/until';

const SERVER = 'survival';

/** A web process of its own, with nothing in its memory that another one has. */
export interface WebProcess {
  readonly url: string;
  readonly stopping: AbortController;
  stop(): Promise<void>;
}

/** Where a web process finds its parts; absent: where they are. */
export interface Whereabouts {
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
}

/**
 * The Game API over a real database and a real Temporal server. Codes are not sent to Discord here: the stage
 * keeps them for the test.
 */
export class GameStage {
  readonly #key = randomBytes(32);
  readonly #secretKey = randomBytes(32);
  readonly #hashCode = createCodeHash(this.#secretKey);
  readonly #codes = new Map<string, string>();
  readonly #ends: (() => Promise<unknown>)[] = [];
  readonly #webs = new Set<WebProcess>();
  #policy: RegistrationPolicy = REGISTRATION_POLICY;

  private constructor(
    readonly temporal: { readonly address: string; readonly namespace: string },
    readonly url: string,
    readonly reader: RegistrationReader,
    private readonly recorder: RegistrationRecorder,
    private readonly workflows: WorkflowClient,
  ) {}

  static async set(): Promise<GameStage> {
    const [temporal, url] = await Promise.all([freshNamespace(), databaseUrl()]);
    await migrate(url);
    const knex = connect(url, { applicationName: 'game-stage' });
    await createGuildRepository(knex).apply(
      {
        ...guildNamed('Anvil'),
        games: [{ serverId: SERVER, adapter: 'plugin', secretVariables: ['GAME_SECRET'] }],
      },
      'hash',
    );
    await createWatchRecorder(knex).applyServers(GUILD, 'file', [settings(SERVER)], Date.now());
    const connection = await NativeConnection.connect({ address: temporal.address });
    const { namespace } = temporal;
    const stage = new GameStage(
      temporal,
      url,
      createRegistrationReader(knex),
      createRegistrationRecorder(knex),
      new WorkflowClient({ connection, namespace }),
    );
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: workflowBundle(),
      activities: { ...stage.#registrationActivities(), ...stage.#whitelistActivities() },
    });
    const running = worker.run();
    stage.#ends.push(
      () => {
        worker.shutdown();
        return running;
      },
      () => connection.close(),
      () => knex.destroy(),
    );
    return stage;
  }

  /** Ends the web processes that are left, also those of a test that failed. */
  async clear(): Promise<void> {
    await Promise.all([...this.#webs].map((web) => web.stop()));
  }

  async strike(): Promise<void> {
    await this.clear();
    for (const end of this.#ends) await end();
  }

  /** Starts a web process. */
  async web({
    databaseUrl: database = this.url,
    temporalAddress: address = this.temporal.address,
  }: Whereabouts = {}): Promise<WebProcess> {
    const { namespace } = this.temporal;
    const knex = connect(database, { applicationName: 'web', poolMax: 3 });
    const connection = connectLazily({ address, namespace });
    const guilds = createGuildRepository(knex);
    const stopping = new AbortController();
    const app = await SampleApp.start({
      now: Date.now,
      game: {
        servers: createConfiguredServers({
          configurations: () => guilds.all(),
          keys: { GAME_SECRET: this.#key },
          now: Date.now,
        }),
        reader: createRegistrationReader(knex),
        workflows: createTemporalWorkflows({ connection, namespace, dataConverter: {} }),
        hashCode: this.#hashCode,
        stopping: stopping.signal,
        limits: { ...GAME_LIMITS, lookEveryMs: 50 },
      },
    });
    const web: WebProcess = {
      url: app.url,
      stopping,
      stop: async () => {
        if (!this.#webs.delete(web)) return;
        stopping.abort();
        await app.stop();
        await Promise.all([knex.destroy(), connection.close()]);
      },
    };
    this.#webs.add(web);
    return web;
  }

  /** What a web process that is started as a program finds in its environment. */
  environment(): Environment {
    return readEnvironment({
      DISCORD_TOKEN: 'nobody-listens',
      DISCORD_API_URL: 'http://127.0.0.1:9',
      DATABASE_URL: this.url,
      TEMPORAL_ADDRESS: this.temporal.address,
      TEMPORAL_NAMESPACE: this.temporal.namespace,
      SECRET_KEY: this.#secretKey.toString('base64'),
      GAME_SECRET: formatSecret(this.#key),
    });
  }

  /** Somebody begins to register a name. @returns the code, when it counts */
  async register(
    userId: string,
    name: string,
    policy: Partial<RegistrationPolicy> = {},
  ): Promise<string> {
    this.#policy = { ...REGISTRATION_POLICY, ...policy };
    const subject = { guildId: GUILD, userId, edition: 'java' as const, name };
    const workflowId = registrationWorkflowId(subject);
    this.#codes.delete(workflowId);
    const answerTo = { interactionId: randomUUID(), applicationId: '1', sealedToken: 'v1.sealed' };
    await this.workflows.start(REGISTRATION_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ ...subject, answerTo }],
    });
    return until('the code', () => Promise.resolve(this.#codes.get(workflowId)));
  }

  /** Waits until a user's registration of a name is over, also in the records. */
  async over(userId: string, name: string): Promise<void> {
    const id = registrationWorkflowId({ guildId: GUILD, userId, edition: 'java', name });
    await this.workflows.getHandle(id).result();
  }

  /** How many guesses a user's registration of a name has accepted. */
  async guesses(userId: string, name: string): Promise<number> {
    const id = registrationWorkflowId({ guildId: GUILD, userId, edition: 'java', name });
    const { events = [] } = await this.workflows.getHandle(id).fetchHistory();
    return (events ?? []).filter(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted != null,
    ).length;
  }

  /** What a plugin sends. */
  get(web: Pick<WebProcess, 'url'>, path: string): Promise<Response> {
    return fetch(`${web.url}${path}`, { headers: this.#headers(randomUUID(), '') });
  }

  post(
    web: Pick<WebProcess, 'url'>,
    path: string,
    value: object,
    id: string = randomUUID(),
  ): Promise<Response> {
    const body = JSON.stringify({ server: SERVER, ...value });
    const headers = { 'Content-Type': 'application/json', ...this.#headers(id, body) };
    return fetch(`${web.url}${path}`, { method: 'POST', body, headers });
  }

  #headers(id: string, body: string): Record<string, string> {
    return { ...sign([this.#key], { id, at: Date.now(), body }) };
  }

  #registrationActivities(): RegistrationActivities {
    return {
      sendCode: async ({ registration, number }) => {
        const policy = this.#policy;
        const code = makeCode(policy.code, randomBytes);
        const codeHash = this.#hashCode(registration.registrationId, code);
        const at = Date.now();
        const tried = Context.current().info.attempt;
        const endsAt = at + policy.timeoutMs;
        await this.recorder.storeCode({ ...registration, number, tried, codeHash, endsAt });
        this.#codes.set(registration.registrationId, code);
        return { outcome: 'sent', codeHash, at, policy, wrong: 0, watched: [] };
      },
      linkAccount: async ({ registration, proof, state, events }) => {
        const linked = await this.recorder.recordProof({
          ...{ registrationId: registration.registrationId, guildId: GUILD, state, events },
          ...{ player: proof.player, mostAccounts: 100, serverIds: [SERVER], now: Date.now() },
        });
        return linked.outcome === 'linked'
          ? { outcome: 'linked', accountKey: linked.account.key, at: linked.at }
          : linked;
      },
      concludeRegistration: async ({ registration, state, events }) => {
        const { registrationId, guildId } = registration;
        await this.recorder.recordRegistration({ registrationId, guildId, state, events });
      },
      watchGame: () => Promise.resolve({ outcome: 'not-watched' }),
    };
  }

  #whitelistActivities(): Pick<WhitelistActivities, 'applyWhitelist'> {
    return {
      applyWhitelist: async ({ guildId, serverId, confirmed }) => {
        const place = { guildId, serverId };
        for (const wish of confirmed) {
          await this.recorder.whitelistApplied({ ...place, ...wish, now: Date.now() });
        }
        const { length } = await this.reader.whitelistPending({ ...place, limit: 100 });
        return length === 0 ? { outcome: 'done' } : { outcome: 'fetched', left: length };
      },
    };
  }
}
