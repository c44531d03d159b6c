import { rival } from './rival';
import { serve } from './serve';

interface Library {
  status(
    host: string,
    port: number,
    options: { readonly timeout: number; readonly enableSRV: boolean },
  ): Promise<{ readonly players: { readonly online: number }; readonly roundTripLatency: number }>;
}

const library = rival('minecraft-server-util', (exports): exports is Library => {
  return typeof exports === 'object' && exports !== null && 'status' in exports;
});

/** minecraft-server-util, as its documentation uses it. */
void serve(async (port, timeoutMs) => {
  const options = { timeout: timeoutMs, enableSRV: false };
  const { players, roundTripLatency } = await library.status('127.0.0.1', port, options);
  return { up: true, cause: null, players: players.online, latencyMs: roundTripLatency };
});
