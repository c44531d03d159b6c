import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  portTaken,
  readEnvironment,
  type Environment,
  type Variables,
} from '../config/environment';
import { formatProblems, readGuildConfigurationFile } from '../config/guild';
import { createLogger, type Logger } from '../observability/logger';
import { embeddedParts } from './embedded-parts';
import type { EmbeddedDiscordProgram } from './embedded/local-discord';
import { isRoot } from './embedded/unprivileged-user';
import { exitCodes } from './exit-codes';
import { HttpPort } from './http-port';
import { ConfigurationError, needsMending } from './service';
import { stopInOrder } from './stop-order';
import { onStopSignals } from './stop-signals';
import { application, type ApplicationName } from './supervision/application';
import { DataInUseError, takeDataLock } from './supervision/data-lock';
import { isFree } from './supervision/ports';
import { RunRecord } from './supervision/run-record';
import { Supervisor, type ProcessPlan } from './supervision/supervisor';

/** What `castellan all` is started with. */
export interface AllDependencies {
  readonly variables: Variables;
  /** The compiled program itself, to be started again with other subcommands. */
  readonly program: string;
  readonly embeddedDiscord: EmbeddedDiscordProgram;
}

/**
 * `castellan all`: starts everything on this machine, embedded parts for what the environment does
 * not name, and keeps it alive until it is told to stop.
 *
 * @returns the exit code
 * @throws EnvironmentError before anything was done
 */
export async function all(dependencies: AllDependencies): Promise<number> {
  const environment = readEnvironment(dependencies.variables);
  const log = createLogger({ level: environment.logLevel, name: 'all' });
  // PostgreSQL runs as another user if we are root, and has to pass through this folder.
  mkdirSync(environment.dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
  const lock = takeDataLock(environment.dataDir);
  const record = new RunRecord(environment.dataDir);
  const run = new Run(dependencies, environment, log, record);
  try {
    return await run.untilOver();
  } finally {
    record.close();
    lock.release();
  }
}

/** Whether an error of `all` is a person's to mend, and its message says all there is to say. */
export function isPlain(error: unknown): error is Error {
  return needsMending(error) || error instanceof DataInUseError;
}

/** @throws EnvironmentError for a port that was asked for and that another program has */
async function refuseTakenPorts(environment: Environment): Promise<void> {
  const { http, temporal, temporalUiPort, temporalUiPortExplicit } = environment;
  if (http.portExplicit && !(await isFree(http.port, http.host))) {
    throw portTaken('HTTP_PORT', http.port);
  }
  if (!temporal && temporalUiPortExplicit && !(await isFree(temporalUiPort))) {
    throw portTaken('TEMPORAL_UI_PORT', temporalUiPort);
  }
}

/** @throws ConfigurationError with every problem of the guilds' file that shows without Discord */
async function refuseWrongConfiguration({ configFile }: Environment): Promise<void> {
  if (configFile === undefined) return;
  const read = await readGuildConfigurationFile(configFile);
  if (read.ok) return;
  throw new ConfigurationError(
    `CASTELLAN_CONFIG names a file that is not valid; nothing was started.\n${formatProblems(read.problems, configFile)}`,
  );
}

/** One run of everything, from the first process to the last. */
class Run {
  readonly #supervisors: Supervisor[] = [];
  readonly #end: Promise<Error | undefined>;
  #over: (reason: Error | undefined) => void = () => undefined;
  #isOver = false;

  constructor(
    private readonly dependencies: AllDependencies,
    private readonly environment: Environment,
    private readonly log: Logger,
    private readonly record: RunRecord,
  ) {
    this.#end = new Promise((resolve) => {
      this.#over = (reason) => {
        this.#isOver = true;
        resolve(reason);
      };
    });
  }

  /** @returns the exit code */
  async untilOver(): Promise<number> {
    onStopSignals({
      first: (signal) => {
        this.log.info({ signal }, 'Castellan stops; this takes up to 10 seconds');
        this.#over(undefined);
      },
      second: () => {
        for (const supervisor of this.#supervisors) supervisor.kill();
        process.exit(exitCodes.interrupted);
      },
    });
    process.on('uncaughtException', (error) => {
      this.#over(error);
    });
    void this.#start().catch((error: unknown) => {
      this.#over(error instanceof Error ? error : new Error(String(error)));
    });
    const reason = await this.#end;
    if (reason) this.#report(reason);
    await stopInOrder(this.#supervisors);
    if (!reason) return exitCodes.clean;
    return needsMending(reason) ? exitCodes.configuration : exitCodes.failed;
  }

  async #start(): Promise<void> {
    await refuseWrongConfiguration(this.environment);
    const leftovers = await this.record.endLeftovers();
    if (leftovers.length > 0) {
      this.log.warn({ leftovers }, 'The last run was killed; what it left behind has been ended');
    }
    const { environment, dependencies } = this;
    await refuseTakenPorts(environment);
    const takenPorts = new Set<number>();
    const parts = embeddedParts({
      environment,
      record: this.record,
      takenPorts,
      discordProgram: dependencies.embeddedDiscord,
      onDiscordChange: () => {
        for (const supervisor of this.#supervisors) {
          if (['bot', 'web', 'worker'].includes(supervisor.name)) supervisor.restart();
        }
      },
    });
    await Promise.all(parts.plans.map((plan) => this.#supervise(plan)));

    const http = new HttpPort(environment, takenPorts);
    const variables = async (settled: boolean): Promise<NodeJS.ProcessEnv> => {
      const own = { ...parts.variables(), ...(await http.variables(settled)) };
      this.record.setVariables({ ...parts.addresses(), PUBLIC_URL: own.PUBLIC_URL });
      return { ...dependencies.variables, ...own };
    };
    const start = (name: ApplicationName): Promise<void> =>
      this.#supervise(
        application({
          name,
          program: dependencies.program,
          // Only the web server's own start may still change its port.
          variables: (settled) => variables(settled || name !== 'web'),
        }),
      );
    await Promise.all([start('web'), this.#migrate(parts.databaseUrl())]);
    await Promise.all([start('bot'), start('worker')]);
    await this.#untilReachable(http.localUrl());
    this.#announce({ ...parts.shownAddresses(), http: http.publicUrl() });
  }

  async #migrate(databaseUrl: string): Promise<void> {
    const { migrate } = await import('../db/migrate.js');
    const { applied } = await migrate(databaseUrl);
    if (applied.length > 0) this.log.info({ applied }, 'The database was migrated');
  }

  async #supervise(plan: ProcessPlan): Promise<void> {
    const supervisor = new Supervisor(plan, { log: this.log, record: this.record });
    this.#supervisors.push(supervisor);
    await supervisor.start();
  }

  /** Waits until the web server reaches every part. */
  async #untilReachable(url: string): Promise<void> {
    for (let attempt = 1; !this.#isOver; attempt += 1) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      const said = await answer?.text().catch(() => '');
      if (answer?.status === 200) return;
      if (attempt % 100 === 0) this.log.warn({ said }, 'Not every part is reached yet');
      await pause(100);
    }
  }

  #announce(addresses: Readonly<Record<string, string>>): void {
    if (this.#isOver) return;
    const shown = Object.entries(addresses).map(([name, address]) => `${name}=${address}`);
    process.stdout.write(`castellan is ready  ${shown.join(' ')}\n`);
  }

  #report(error: Error): void {
    if (isPlain(error)) process.stderr.write(`castellan: ${error.message}\n`);
    else this.log.fatal({ err: error }, 'Castellan cannot run');
  }
}
