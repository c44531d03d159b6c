import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome, Verdict } from './line';
import { taskOf, type Task } from './task';

/** What a subject says of one server; it throws when it takes the server for down. */
export type Check = (port: number, timeoutMs: number) => Promise<Omit<Verdict, 'tookMs'>>;

/** Takes tasks from the standard input and answers them on the standard output, one after the other. */
export async function serve(check: Check): Promise<void> {
  let uncaught = 0;
  const count = (): void => {
    uncaught += 1;
  };
  process.on('uncaughtException', count);
  process.on('unhandledRejection', count);
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const task = taskOf(line);
    const outcome: Outcome = { ...(await carryOut(task, check)), peakMiB: peakMiB(), uncaught };
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
}

async function carryOut(
  { ports, concurrency, timeoutMs, mostMs }: Task,
  check: Check,
): Promise<Pick<Outcome, 'wallMs' | 'verdicts'>> {
  const verdicts: Verdict[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < ports.length; index = next++) {
      verdicts[index] = await timed(check(ports[index] ?? 0, timeoutMs), mostMs);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { wallMs: performance.now() - from, verdicts };
}

async function timed(checked: ReturnType<Check>, mostMs: number): Promise<Verdict> {
  const from = performance.now();
  const down = { up: false, cause: null, players: null, latencyMs: null };
  const patience = new AbortController();
  const { signal } = patience;
  const verdict = await Promise.race([checked.catch(() => down), pause(mostMs, down, { signal })]);
  patience.abort();
  return { ...verdict, tookMs: performance.now() - from };
}

function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1_024;
}
