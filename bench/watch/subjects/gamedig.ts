import { rival } from './rival';
import { serve } from './serve';

interface Library {
  readonly GameDig: {
    query(options: Readonly<Record<string, unknown>>): Promise<{
      readonly numplayers: number;
      readonly ping: number;
    }>;
  };
}

const { GameDig } = rival('gamedig', (exports): exports is Library => {
  return typeof exports === 'object' && exports !== null && 'GameDig' in exports;
});

/** gamedig, told to ask once and by the Java edition's status alone, as all others do. */
void serve(async (port, timeoutMs) => {
  const found = await GameDig.query({
    type: 'protocol-minecraftvanilla',
    host: '127.0.0.1',
    port,
    givenPortOnly: true,
    maxRetries: 1,
    attemptTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return { up: true, cause: null, players: found.numplayers, latencyMs: found.ping };
});
