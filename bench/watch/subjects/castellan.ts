import { createProbes } from '../../../src/minecraft/probes';
import { serve } from './serve';

/** Castellan's own probe. */
const { java } = createProbes({
  onMistake: (error) => process.stderr.write(`castellan: ${String(error)}\n`),
});
const { signal } = new AbortController();

void serve(async (port, timeoutMs) => {
  const result = await java.check(
    { address: '127.0.0.1', port, allowInternal: true, expectStatus: null, rcon: null },
    { timeoutMs, signal },
  );
  return result.up
    ? { up: true, cause: null, players: result.players, latencyMs: result.latencyMs }
    : { up: false, cause: result.cause, players: null, latencyMs: null };
});
