import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createPanelActivities } from '../activities/panel';
import { createTicketActivities } from '../activities/tickets';
import { createWatchingActivities, WATCHING_LIMITS } from '../activities/watching';
import type { Service, ServiceDependencies } from '../src/cli/service';
import type { Environment } from '../src/config/environment';
import { requireDatabase, requireDiscord, requireTemporal } from '../src/config/environment';
import { ensureSecretKey } from '../src/config/secret-key';
import { createCaseRepository } from '../src/db/cases';
import { connect } from '../src/db/connection';
import { createConversationRepository } from '../src/db/conversations';
import type { GuildRepository } from '../src/db/guilds';
import { createGuildRepository } from '../src/db/guilds';
import type { WatchReader, WatchRecorder } from '../src/db/watching';
import { createWatchReader, createWatchRecorder } from '../src/db/watching';
import { createProbes } from '../src/minecraft/probes';
import type { Logger } from '../src/observability/logger';
import { openStorage } from '../src/storage/open';
import { dataConverter } from '../src/temporal/codec';
import { connectNatively } from '../src/temporal/native-connection';
import { createSeal } from '../src/temporal/seal';
import { GAMES_TASK_QUEUE } from '../workflows/games-queue';
import { tellKeeper } from '../src/temporal/announcing';
import { TASK_QUEUE } from '../workflows/ticket/contract';
import { workflowBundle } from './bundle';
import type { Discord } from './discord';
import { connectDiscord, download } from './discord';
import { announcing } from './announcing';
import { applyConfiguration, ConfigurationRefused } from './configuration';
import { registering } from './registering';
import type { MirrorRecords } from './mirror-definitions';
import { mirrorRecords, mirroring } from './mirroring';
import { sourceDefinitions, type SourceDefinitions } from './source-definitions';
import { adjustRounds, controlTargetOf } from './watching';

/**
 * The process that runs workflows and carries out their effects. Any number of them may run.
 *
 * @param bundled gives the workflows' bundle; the tests have one of their own
 */
export async function startWorker(
  { environment, log }: ServiceDependencies,
  bundled = workflowBundle,
): Promise<Service> {
  const temporal = requireTemporal(environment);
  const discord = connectDiscord(requireDiscord(environment));
  const database = connect(requireDatabase(environment), { applicationName: 'castellan-worker' });
  const guilds = createGuildRepository(database);
  const records = { ...createWatchReader(database), ...createWatchRecorder(database) };
  const sources = sourceDefinitions(database);
  const ended = new AbortController();
  const { appliedLater } = await configure(
    environment,
    discord,
    { guilds, records, mirrors: mirrorRecords(database), sources },
    log,
    ended.signal,
  );

  const seal = createSeal(ensureSecretKey(environment));
  const [connection, bundle] = await Promise.all([connectNatively(temporal, { log }), bundled()]);
  const { namespace } = temporal;
  const client = new Client({ connection, namespace, dataConverter: dataConverter(environment) });
  const adjust = (): Promise<void> => adjustRounds(client.schedule, guilds, records);
  const shared = { discord: discord.api, botId: discord.botId, guilds, seal, log };
  const { workflow: workflows } = client;
  const registrations = registering({ ...shared, environment, database, workflows });
  const placed = {
    connection,
    namespace,
    dataConverter: dataConverter(environment),
    // `castellan all` has 10 seconds for all that it ends: activities get these to finish.
    shutdownGraceTime: '3 seconds',
    shutdownForceTime: '4 seconds',
  } as const;
  const worker = await Worker.create({
    ...placed,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    activities: {
      ...createTicketActivities({
        ...shared,
        cases: createCaseRepository(database),
        conversations: createConversationRepository(database),
        storage: openStorage(environment.storageUrl, environment.dataDir),
        download,
      }),
      ...createPanelActivities(shared),
      ...announcing({ ...shared, environment, database, workflows }),
      ...mirroring({ ...shared, database, download }),
      ...registrations.activities,
      ...createWatchingActivities({
        ...shared,
        records,
        probes: createProbes({
          onMistake: (error) => {
            log.error({ err: error }, 'a probe made a mistake');
          },
        }),
        passwordOf: (variable) => environment.rconPasswords[variable],
        workflows: client.workflow,
        ownControl: controlTargetOf(requireDiscord(environment)),
        adjustRounds: adjust,
        clock: Date.now,
        limits: WATCHING_LIMITS,
      }),
    },
    // Discord's queue for one guild is served one by one: what waits is better off in Temporal's.
    maxConcurrentActivityTaskExecutions: 32,
    // How long a killed worker's workflows wait before another one takes them over.
    stickyQueueScheduleToStartTimeout: '2 seconds',
  });
  const listeners = await Worker.create({
    ...placed,
    taskQueue: GAMES_TASK_QUEUE,
    activities: { ...registrations.activities },
    // They wait for what players type: each costs a heartbeat now and then.
    maxConcurrentActivityTaskExecutions: 2_000,
    // Nothing of theirs is nearly done: another worker listens on.
    shutdownGraceTime: 0,
  });
  const workers = [worker, listeners];
  const running = Promise.all(workers.map((one) => one.run()));
  const schedule = (): Promise<void> =>
    untilDone(adjust, 'the rounds of checks cannot be scheduled yet', log, ended.signal);
  const tellKeepers = (): Promise<void> =>
    untilDone(
      () => sources.tellKeepers((source) => tellKeeper(workflows, source)),
      'the keepers of sources cannot be told yet',
      log,
      ended.signal,
    );
  // A configuration that can be applied only later changes the rounds and the sources once more.
  for (const follow of [schedule, tellKeepers]) {
    void follow()
      .then(() => appliedLater?.then(follow))
      .catch(() => undefined);
  }
  const stop = async (): Promise<void> => {
    ended.abort();
    for (const one of workers) if (one.getState() === 'RUNNING') one.shutdown();
    await running.catch(() => undefined);
    registrations.close();
    await connection.close();
    await database.destroy();
  };
  let stopped: Promise<void> | undefined;
  return {
    addresses: {},
    failed: running.then(
      () => new Promise<Error>(() => undefined),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    ),
    healthy: () => workers.every((one) => one.getState() === 'RUNNING'),
    stop: () => (stopped ??= stop()),
  };
}

/** How long a worker waits at its start for Discord or Postgres to apply a configuration with. */
const PATIENCE_MS = 10_000;

/** The records that a configuration is applied to. */
interface Configured {
  readonly guilds: GuildRepository;
  readonly records: WatchReader & WatchRecorder;
  readonly mirrors: MirrorRecords;
  readonly sources: SourceDefinitions;
}

/**
 * Applies the configuration file. A wrong one stops the worker; an outage does not: what was applied before
 * goes on, and the file is applied as soon as it can be.
 *
 * @returns when to begin; and when the file is applied, where it could not be by then
 */
async function configure(
  environment: Environment,
  { api }: Discord,
  { guilds, records, mirrors, sources }: Configured,
  log: Logger,
  ended: AbortSignal,
): Promise<{ readonly appliedLater: Promise<void> | null }> {
  const file = environment.configFile;
  if (file === undefined) return { appliedLater: null };
  const hasPassword = (variable: string): boolean =>
    environment.rconPasswords[variable] !== undefined;
  const applied = untilDone(
    () =>
      applyConfiguration(file, {
        discord: api,
        guilds,
        records,
        mirrors,
        sources,
        hasPassword,
        log,
      }),
    'the configuration cannot be applied yet; trying on',
    log,
    ended,
  );
  const inTime = await Promise.race([
    applied.then(() => true),
    pause(PATIENCE_MS, false, { ref: false }),
  ]);
  if (inTime) return { appliedLater: null };
  applied.catch((error: unknown) => {
    if (!ended.aborted) log.error({ err: error }, 'the configuration was not applied');
  });
  return { appliedLater: applied };
}

/** Tries until it succeeds, or until nobody but a person can help. */
async function untilDone(
  run: () => Promise<void>,
  words: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      await run();
      return;
    } catch (error) {
      if (error instanceof ConfigurationRefused) throw error;
      if (!signal.aborted) log.warn({ err: error }, words);
    }
    await pause(wait, undefined, { signal });
  }
}
