import { connect } from 'node:net';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { ControlTarget } from './dependencies';

/** Longer than any round trip on Earth, shorter than the pause before a suspect is asked again. */
const PATIENCE_MS = 2_500;

/** What is asked when servers fail: what the guilds name, or else our own. */
export function controlTargets(
  guilds: readonly GuildConfiguration[],
  own: ControlTarget,
): readonly ControlTarget[] {
  const named = guilds.flatMap(({ watching }) => watching.controlTargets);
  return named.length > 0 ? named : [own];
}

/**
 * Whether we have a network: resolves as soon as one target accepts a connection or refuses it, since a
 * refusal came over the network, too. Never rejects.
 */
export async function isConnected(
  targets: readonly ControlTarget[],
  signal: AbortSignal,
): Promise<boolean> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await Promise.any(targets.map((target) => answers(target, either))).catch(() => false);
  } finally {
    ended.abort();
  }
}

function answers({ host, port }: ControlTarget, signal: AbortSignal): Promise<true> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const end = (): void => {
      signal.removeEventListener('abort', give);
      socket.destroy();
    };
    const give = (): void => {
      end();
      reject(new Error('It does not answer.'));
    };
    signal.addEventListener('abort', give, { once: true });
    socket.once('connect', () => {
      end();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') {
        give();
        return;
      }
      end();
      resolve(true);
    });
    if (signal.aborted) give();
  });
}
