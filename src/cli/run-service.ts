import { setPriority } from 'node:os';
import { createLogger, type Logger } from '../observability/logger';
import type { Environment } from '../config/environment';
import { exitCodes } from './exit-codes';
import { Heartbeat } from './heartbeat';
import { parentMessage, type ChildMessage } from './process-messages';
import { needsMending, type Service, type StartService } from './service';
import { onStopSignals } from './stop-signals';

/** `castellan all` gives its children 10 seconds in all; alone, a container's usual limit is 10 too. */
const stopWithin = 8_000;
const aliveEvery = 5_000;

/**
 * Runs one service in this process until it is told to stop or dies for good: by a signal, by its
 * parent, or because its parent is gone.
 *
 * @param niceness added to the process's scheduling priority: 0 for most, more for what may wait
 * @returns the exit code
 */
export async function runService(dependencies: {
  readonly name: string;
  readonly start: StartService;
  readonly environment: Environment;
  readonly niceness?: number;
}): Promise<number> {
  const { name, start, environment, niceness = 0 } = dependencies;
  const log = createLogger({ level: environment.logLevel, name });
  // Threads inherit the priority of the one that starts them, so this comes before all others.
  if (niceness > 0) lowerPriority(niceness, log);

  process.on('uncaughtException', (error) => {
    // Node would print it as it is, secrets included. Nothing is known about our state any more.
    log.fatal({ err: error }, `The ${name} met an error that nobody foresaw, and ends`);
    process.exit(exitCodes.failed);
  });
  const told = untilToldToStop(log);
  const starting = start({ environment, log });
  // If the start is given up below, its outcome has no reader any more.
  starting.catch(() => undefined);
  let service: Service | undefined;
  try {
    service = await Promise.race([starting, told.then(() => undefined)]);
  } catch (error) {
    return startFailed(error, log);
  }
  if (!service) return exitCodes.clean;

  log.info({ addresses: service.addresses }, `The ${name} is ready`);
  const heartbeat = new Heartbeat(environment.dataDir, name, service);
  tellParent({ type: 'ready', addresses: { ...service.addresses } });
  const alive = setInterval(() => {
    tellParent({ type: 'alive' });
    heartbeat.beat();
  }, aliveEvery);
  heartbeat.beat();
  try {
    const failure = await Promise.race([service.failed, told.then(() => undefined)]);
    if (failure) log.fatal({ err: failure }, `The ${name} cannot go on`);
    else log.info(`The ${name} finishes what it has begun and stops`);
    const stopped = await stopInTime(service);
    if (!stopped) log.error(`The ${name} did not stop within ${stopWithin / 1_000} seconds`);
    if (failure) return needsMending(failure) ? exitCodes.configuration : exitCodes.failed;
    return stopped ? exitCodes.clean : exitCodes.failed;
  } finally {
    clearInterval(alive);
    heartbeat.end();
  }
}

function startFailed(error: unknown, log: Logger): number {
  if (needsMending(error)) {
    process.stderr.write(`castellan: ${error.message}\n`);
    return exitCodes.configuration;
  }
  log.fatal({ err: error }, 'The start failed');
  return exitCodes.failed;
}

/** Resolves at the first signal, at the parent's word, or when the parent is gone. */
function untilToldToStop(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    onStopSignals({
      first: () => {
        resolve();
      },
      second: () => process.exit(exitCodes.interrupted),
    });
    if (!process.channel) return;
    process.on('message', (message) => {
      if (parentMessage.safeParse(message).success) resolve();
    });
    process.on('disconnect', () => {
      log.warn('The parent process is gone; this one stops');
      resolve();
    });
  });
}

async function stopInTime(service: Service): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, stopWithin);
  });
  const stopped = await Promise.race([service.stop().then(() => true as const), late]);
  clearTimeout(timer);
  return stopped;
}

function tellParent(message: ChildMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function lowerPriority(niceness: number, log: Logger): void {
  try {
    setPriority(niceness);
  } catch (error) {
    log.debug({ err: error }, 'The priority of this process cannot be lowered');
  }
}
