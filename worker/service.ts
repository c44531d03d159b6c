import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { createPanelActivities } from '../activities/panel';
import { createTicketActivities } from '../activities/tickets';
import type { Service, ServiceDependencies } from '../src/cli/service';
import type { Environment } from '../src/config/environment';
import { requireDatabase, requireDiscord, requireTemporal } from '../src/config/environment';
import { ensureSecretKey } from '../src/config/secret-key';
import { createCaseRepository } from '../src/db/cases';
import { connect } from '../src/db/connection';
import { createConversationRepository } from '../src/db/conversations';
import type { GuildRepository } from '../src/db/guilds';
import { createGuildRepository } from '../src/db/guilds';
import type { Logger } from '../src/observability/logger';
import { openStorage } from '../src/storage/open';
import { dataConverter } from '../src/temporal/codec';
import { connectNatively } from '../src/temporal/native-connection';
import { createSeal } from '../src/temporal/seal';
import { TASK_QUEUE } from '../workflows/ticket/contract';
import { workflowBundle } from './bundle';
import type { Discord } from './discord';
import { connectDiscord, download } from './discord';
import { applyConfiguration, ConfigurationRefused } from './configuration';

/** The process that runs workflows and carries out their effects. Any number of them may run. */
export async function startWorker({ environment, log }: ServiceDependencies): Promise<Service> {
  const temporal = requireTemporal(environment);
  const discord = connectDiscord(requireDiscord(environment));
  const database = connect(requireDatabase(environment), { applicationName: 'castellan-worker' });
  const guilds = createGuildRepository(database);
  const ended = new AbortController();
  await configure(environment, discord, guilds, log, ended.signal);

  const seal = createSeal(ensureSecretKey(environment));
  const [connection, bundle] = await Promise.all([
    connectNatively(temporal, { log }),
    workflowBundle(),
  ]);
  const shared = { discord: discord.api, botId: discord.botId, guilds, seal, log };
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    dataConverter: dataConverter(environment),
    activities: {
      ...createTicketActivities({
        ...shared,
        cases: createCaseRepository(database),
        conversations: createConversationRepository(database),
        storage: openStorage(environment.storageUrl, environment.dataDir),
        download,
      }),
      ...createPanelActivities(shared),
    },
    // Discord's queue for one guild is served one by one: what waits is better off in Temporal's.
    maxConcurrentActivityTaskExecutions: 32,
    // How long a killed worker's workflows wait before another one takes them over.
    stickyQueueScheduleToStartTimeout: '2 seconds',
    // `castellan all` has 10 seconds for all that it ends: activities get these to finish.
    shutdownGraceTime: '3 seconds',
    shutdownForceTime: '4 seconds',
  });
  const running = worker.run();
  return {
    addresses: {},
    failed: running.then(
      () => new Promise<Error>(() => undefined),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    ),
    healthy: () => worker.getState() === 'RUNNING',
    async stop() {
      ended.abort();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined);
      await connection.close();
      await database.destroy();
    },
  };
}

/** How long a worker waits at its start for Discord or Postgres to apply a configuration with. */
const PATIENCE_MS = 10_000;

/**
 * Applies the configuration file. A wrong one stops the worker; an outage does not: what was applied before
 * goes on, and the file is applied as soon as it can be.
 */
async function configure(
  environment: Environment,
  { api }: Discord,
  guilds: GuildRepository,
  log: Logger,
  ended: AbortSignal,
): Promise<void> {
  const file = environment.configFile;
  if (file === undefined) return;
  const applied = untilApplied(
    () => applyConfiguration(file, { discord: api, guilds, log }),
    log,
    ended,
  );
  await Promise.race([applied, pause(PATIENCE_MS, undefined, { ref: false })]);
  applied.catch((error: unknown) => {
    if (!ended.aborted) log.error({ err: error }, 'the configuration was not applied');
  });
}

async function untilApplied(
  apply: () => Promise<void>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      await apply();
      return;
    } catch (error) {
      if (error instanceof ConfigurationRefused) throw error;
      log.warn({ err: error }, 'the configuration cannot be applied yet; trying on');
    }
    await pause(wait, undefined, { signal });
  }
}
