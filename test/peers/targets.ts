import type { ProbeLimits, ProbeTarget } from '../../src/minecraft/probes';

/** A server on loopback, as a test's administrator allowed it. */
export function onLoopback(port: number, more: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    address: '127.0.0.1',
    port,
    allowInternal: true,
    expectStatus: null,
    rcon: null,
    ...more,
  };
}

/** Limits that only something that never ends reaches. */
export function limits(timeoutMs = 3_000): ProbeLimits {
  return { timeoutMs, signal: new AbortController().signal };
}

/** What a probe calls a mistake of ours fails the test. */
export function noMistake(error: unknown): never {
  throw error;
}
