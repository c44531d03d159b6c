import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../observability/logger';
import { ConfigurationError, needsMending } from '../service';
import { exitCodes } from '../exit-codes';
import { endOfLogFile } from './log-file';
import { nextPause } from './restart-pause';
import type { RunRecord } from './run-record';

/** How one process of a run is started, watched and stopped. Times in milliseconds. */
export interface ProcessPlan {
  readonly name: string;
  /** Where it logs to, if that is a file of its own: its end is shown when it does not start. */
  readonly logFile?: string;
  /**
   * Starts the process. Called again for every restart.
   * @param settled whether it was ready before in this run, so that its ports may not change any more
   * @param signal aborted when the run is over before the process has started
   */
  spawn(settled: boolean, signal: AbortSignal): Promise<ChildProcess>;
  /** Resolves when the process does its work. The signal is aborted when it ends or time is up. */
  ready(child: ChildProcess, signal: AbortSignal): Promise<void>;
  /** Rejects while the process does not answer. The signal is aborted when time is up. */
  probe(signal: AbortSignal): Promise<void>;
  /** Asks the process to end. */
  askToStop(child: ChildProcess): void;
  readonly readyWithin: number;
  /** Pause between probes; also how long one may take. */
  readonly probeEvery: number;
  /** So many failed probes, one after the other, mean that it hangs: it is killed and restarted. */
  readonly hungAfterProbes: number;
  readonly stopWithin: number;
}

/** What a supervisor works with. */
export interface SupervisorDependencies {
  readonly log: Logger;
  readonly record: RunRecord;
}

const firstStartAttempts = 5;
/** Discord allows a bot 1,000 logins a day: trying on with a refused one must not use them up. */
const mendingPause = 120_000;

/** Keeps one process alive: restarts it when it dies, kills it when it hangs, until it is stopped. */
export class Supervisor {
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #settled = false;
  #starting: Promise<void> = Promise.resolve();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly plan: ProcessPlan,
    private readonly dependencies: SupervisorDependencies,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /**
   * Starts the process for the first time; resolves when it is ready, and keeps it alive from then on.
   * @throws the last error when it did not become ready in several attempts
   */
  start(): Promise<void> {
    const started = this.#startPatiently();
    // Who stops meanwhile waits for the outcome, but has no use for its error.
    this.#starting = started.catch(() => undefined);
    return started;
  }

  async #startPatiently(): Promise<void> {
    let wait = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { ended } = await this.#startOnce();
        this.#loop = this.#keepAlive(ended);
        return;
      } catch (error) {
        if (attempt === firstStartAttempts || needsMending(error) || this.#isStopping()) {
          throw error;
        }
        this.dependencies.log.warn(
          { err: error, part: this.name },
          'A part did not start; trying again',
        );
      }
      wait = nextPause(wait, undefined);
      await this.#pause(wait);
    }
  }

  /** Ends the process, politely at first, and does not restart it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child && isRunning(child)) {
      const ended = whenEnded(child);
      this.plan.askToStop(child);
      const patience = new AbortController();
      await Promise.race([
        ended,
        pause(this.plan.stopWithin, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      if (isRunning(child)) {
        this.dependencies.log.warn({ part: this.name }, 'A part did not end in time and is killed');
        child.kill('SIGKILL');
        await ended;
      }
    }
    await this.#starting;
    await this.#loop;
  }

  /** Ends the process at once and does not restart it. */
  kill(): void {
    this.#stopping.abort();
    this.#child?.kill('SIGKILL');
  }

  /** Ends the process, so that it is restarted with what `spawn` gives it then. */
  restart(): void {
    if (this.#child && isRunning(this.#child)) this.plan.askToStop(this.#child);
  }

  async #keepAlive(firstEnd: Promise<string>): Promise<void> {
    const { log } = this.dependencies;
    let ended: Promise<string> | undefined = firstEnd;
    let wait = 0;
    while (ended) {
      const since = performance.now();
      const how = await ended;
      ended = undefined;
      let lived: number | undefined = performance.now() - since;
      log[this.#isStopping() ? 'debug' : 'warn']({ part: this.name, how }, 'A part ended');
      while (!ended && !this.#isStopping()) {
        wait = nextPause(wait, lived);
        await this.#pause(wait);
        if (this.#isStopping()) return;
        try {
          ({ ended } = await this.#startOnce());
          log.info({ part: this.name }, 'A part is back');
        } catch (error) {
          if (this.#isStopping()) return;
          log.error({ err: error, part: this.name }, 'A part did not come back; trying on');
          lived = undefined;
          // Everything else goes on meanwhile, and once it is mended this part comes back by itself.
          if (needsMending(error)) await this.#pause(mendingPause);
        }
      }
    }
  }

  /** Starts the process and waits until it is ready. `ended` resolves with how it ended. */
  async #startOnce(): Promise<{ readonly ended: Promise<string> }> {
    const { plan } = this;
    this.#stopping.signal.throwIfAborted();
    const child = await plan.spawn(this.#settled, this.#stopping.signal);
    this.#child = child;
    const over = new AbortController();
    const ended = whenEnded(child).then((how) => {
      over.abort(new Error(`The part "${plan.name}" ended: ${how}.`));
      this.dependencies.record.ended(plan.name);
      return how;
    });
    if (child.pid !== undefined) this.dependencies.record.started(plan.name, child.pid);
    if (this.#isStopping()) child.kill('SIGKILL');
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(plan.readyWithin)]);
    try {
      await Promise.race([plan.ready(child, signal), whenAborted(signal)]);
    } catch (error) {
      child.kill('SIGKILL');
      await ended;
      if (child.exitCode === exitCodes.configuration) {
        throw new ConfigurationError(
          `The part "${plan.name}" cannot start as it is configured; it says above what to mend.`,
        );
      }
      throw this.#notReady(signal.aborted ? signal.reason : error);
    }
    this.#settled = true;
    void this.#watch(child, over.signal);
    return { ended };
  }

  #notReady(cause: unknown): Error {
    const { name, logFile } = this.plan;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const log = logFile === undefined ? '' : endOfLogFile(logFile);
    const end = log === '' ? '' : ` The end of its log, ${logFile ?? ''}:\n${log}`;
    return new Error(`The part "${name}" did not become ready: ${reason}${end}`, { cause });
  }

  async #watch(child: ChildProcess, over: AbortSignal): Promise<void> {
    let failures = 0;
    for (;;) {
      await pause(this.plan.probeEvery, undefined, { signal: over, ref: false }).catch(
        () => undefined,
      );
      if (over.aborted) return;
      const signal = AbortSignal.any([over, AbortSignal.timeout(this.plan.probeEvery)]);
      try {
        await Promise.race([this.plan.probe(signal), whenAborted(signal)]);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.dependencies.log.debug(
          { err: error, part: this.name, failures },
          'A part does not answer',
        );
      }
      if (failures >= this.plan.hungAfterProbes && isRunning(child)) {
        this.dependencies.log.error(
          { part: this.name },
          'A part hangs; it is killed and restarted',
        );
        child.kill('SIGKILL');
        return;
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #pause(wait: number): Promise<void> {
    await pause(wait, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Resolves with how a process ended, in words, also when it could not be started at all. */
function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(endOf(child.exitCode, child.signalCode));
      return;
    }
    child.once('exit', (code, signal) => {
      resolve(endOf(code, signal));
    });
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(`it could not be started: ${error.message}`);
    });
  });
}

function endOf(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => {
      const reason: unknown = signal.reason;
      reject(reason instanceof Error ? reason : new Error(String(reason)));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
