import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** What came of asking for one address again and again. */
export interface Load {
  /** Milliseconds from the instant at which each was due to the last byte of its answer. */
  readonly times: readonly number[];
  /** Answers that were not 200. */
  readonly failures: number;
  /** The body's size as it was sent; of the last answer. */
  readonly bytes: number;
}

/**
 * Asks for an address at a steady rate, whether or not the answers keep up: what waits counts as time,
 * as it does for a visitor.
 *
 * @param perSecond how many requests a second
 * @param lastsMs for how long (milliseconds)
 */
export async function atRate(
  url: string,
  { perSecond, lastsMs, signal }: { perSecond: number; lastsMs: number; signal: AbortSignal },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const began = performance.now();
  const count = Math.round((lastsMs / 1_000) * perSecond);
  const asked: Promise<Asked>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = began + (index * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early, undefined, { signal });
    asked.push(ask(url, agent, due));
  }
  const answers = await Promise.all(asked);
  agent.destroy();
  return together(answers);
}

/** So many visitors ask at the same instant, each over a connection of its own. */
export async function atOnce(url: string, visitors: number): Promise<Load> {
  const agent = new Agent({ keepAlive: false, maxSockets: visitors });
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: visitors }, () => ask(url, agent, began)));
  agent.destroy();
  return together(answers);
}

interface Asked {
  readonly ms: number;
  readonly ok: boolean;
  readonly bytes: number;
}

const together = (answers: readonly Asked[]): Load => ({
  times: answers.map(({ ms }) => ms),
  failures: answers.filter(({ ok }) => !ok).length,
  bytes: answers.at(-1)?.bytes ?? 0,
});

function ask(url: string, agent: Agent, planned: number): Promise<Asked> {
  // A timer may fire a little early: then the visitor waits from that instant on.
  const due = Math.min(planned, performance.now());
  return new Promise((resolve) => {
    const failed = (): void => {
      resolve({ ms: performance.now() - due, ok: false, bytes: 0 });
    };
    const headers = { 'Accept-Encoding': 'br', Accept: 'text/html' };
    get(url, { agent, headers }, (answer: IncomingMessage) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('error', failed);
      answer.on('end', () => {
        resolve({ ms: performance.now() - due, ok: answer.statusCode === 200, bytes });
      });
    }).on('error', failed);
  });
}
