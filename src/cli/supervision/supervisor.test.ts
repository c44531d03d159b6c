import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../observability/logger';
import { ConfigurationError } from '../service';
import { readRunState, RunRecord } from './run-record';
import { Supervisor, type ProcessPlan } from './supervisor';

const lives = 'process.send("ready"); process.on("message", () => process.send("alive"));';
const isStubborn = 'process.on("SIGTERM", () => {});';

let dataDir: string;
let supervisor: Supervisor | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'castellan-supervisor-'));
});
afterEach(async () => {
  supervisor?.kill();
  await supervisor?.stop();
  supervisor = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

/** A part that runs a few lines of JavaScript; `starts` holds the ids of its processes. */
function part(
  code: string,
  more: Partial<ProcessPlan> = {},
): { plan: ProcessPlan; starts: number[] } {
  const starts: number[] = [];
  let current: ReturnType<typeof spawn> | undefined;
  return {
    starts,
    plan: {
      name: 'part',
      readyWithin: 10_000,
      probeEvery: 50,
      hungAfterProbes: 2,
      stopWithin: 200,
      spawn: () => {
        current = spawn(process.execPath, ['-e', code], {
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        });
        starts.push(current.pid ?? 0);
        return Promise.resolve(current);
      },
      ready: async (child, signal) => {
        await once(child, 'message', { signal });
      },
      probe: async (signal) => {
        if (!current) return;
        current.send('ping', () => undefined);
        await once(current, 'message', { signal });
      },
      askToStop: (child) => {
        child.kill('SIGTERM');
      },
      ...more,
    },
  };
}

function supervise(plan: ProcessPlan): Supervisor {
  supervisor = new Supervisor(plan, {
    log: createLogger({ level: 'silent', name: 'test', readable: false }),
    record: new RunRecord(dataDir),
  });
  return supervisor;
}

/** Resolves when the part has been made ready once more. */
function whenReadyAgain(plan: ProcessPlan): { plan: ProcessPlan; again: Promise<void> } {
  let times = 0;
  let tell: () => void = () => undefined;
  const again = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    again,
    plan: {
      ...plan,
      ready: async (child, signal) => {
        await plan.ready(child, signal);
        times += 1;
        if (times === 2) tell();
      },
    },
  };
}

function recordedPid(): number | undefined {
  return readRunState(dataDir).processes['part']?.pid;
}

describe('Supervisor', () => {
  it('starts a part, keeps its process on record and stops it', async () => {
    const { plan, starts } = part(lives);
    await supervise(plan).start();
    expect(recordedPid()).toBe(starts[0]);
    await supervisor?.stop();
    expect(recordedPid()).toBeUndefined();
    expect(starts).toHaveLength(1);
  });

  it('restarts a part that died', async () => {
    const { plan, starts } = part(lives);
    const { plan: watched, again } = whenReadyAgain(plan);
    await supervise(watched).start();
    process.kill(starts[0] ?? 0, 'SIGKILL');
    await again;
    expect(recordedPid()).toBe(starts[1]);
  });

  it('kills and restarts a part that hangs', async () => {
    const { plan, starts } = part(lives, { probeEvery: 200 });
    const { plan: watched, again } = whenReadyAgain(plan);
    await supervise(watched).start();
    process.kill(starts[0] ?? 0, 'SIGSTOP');
    await again;
    expect(recordedPid()).toBe(starts[1]);
  });

  it('kills a part that does not stop in time', async () => {
    const { plan, starts } = part(isStubborn + lives);
    await supervise(plan).start();
    await supervisor?.stop();
    expect(() => process.kill(starts[0] ?? 0, 0)).toThrow();
  });

  it('gives up a first start after five attempts', async () => {
    const { plan, starts } = part('process.exit(3)');
    await expect(supervise(plan).start()).rejects.toThrow(
      'The part "part" did not become ready: The part "part" ended: exit code 3.',
    );
    expect(starts).toHaveLength(5);
  });

  it('gives up at once when a setting has to be mended first', async () => {
    const { plan, starts } = part('process.exit(78)');
    await expect(supervise(plan).start()).rejects.toThrow(ConfigurationError);
    expect(starts).toHaveLength(1);
  });

  it('gives up at once when it is stopped', async () => {
    const { plan, starts } = part('setInterval(() => {}, 1000)');
    const started = supervise(plan).start();
    const failed = started.catch((error: unknown) => error);
    await supervisor?.stop();
    expect(await failed).toBeInstanceOf(Error);
    expect(starts.length).toBeLessThanOrEqual(1);
  });

  it('says so when a program cannot be started', async () => {
    const { plan } = part('', {
      spawn: () => Promise.resolve(spawn(join(dataDir, 'nowhere'), { stdio: 'ignore' })),
      ready: () => new Promise(() => undefined),
    });
    await expect(supervise(plan).start()).rejects.toThrow(/it could not be started: .*ENOENT/);
  });
});
