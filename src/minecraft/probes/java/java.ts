import type { Answered } from '../../../domain/watching/check';
import type { Ask } from '../ask';
import { converse } from '../conversation';
import { dial } from '../dial';
import { ProbeFailure } from '../failure';
import { TimeLimit } from '../time-limit';
import { LegacyStatus } from './legacy';
import { ModernStatus } from './modern';
import { findPlace, type Place } from './places';

/**
 * Some old servers wait for more when they hear the modern question. After this part of the time without
 * a byte, the old question is asked over a second connection, and the first one goes on waiting.
 */
const SILENCE_SHARE = 0.5;

/** Asks a Java server for its status: the modern way, and the old one where nobody speaks the modern. */
export const askJava: Ask = async (target, means) => {
  const { limit } = means;
  const silenceMs = limit.left * SILENCE_SHARE;
  const place = await findPlace(target, means);
  const { socket } = await dial(place.addresses, place.port, limit);
  const question = new ModernStatus(place.host, place.port);
  const modern = converse(socket, question, limit).then(({ answer, latencyMs }): Answered => {
    if (answer === 'speaks-legacy') throw new ProbeFailure('protocol-error');
    return { up: true, latencyMs, ...answer };
  });
  const decided = new AbortController();
  const forget = limit.onEnd(() => {
    decided.abort();
  });
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, silenceMs);
  });
  const legacy = Promise.race([silence, modern])
    .catch(() => undefined)
    .then(() => {
      if (!question.mayBeLegacy || limit.over) throw new ProbeFailure('protocol-error');
      return askLegacy(place, new TimeLimit({ timeoutMs: limit.left, signal: decided.signal }));
    });
  try {
    return await Promise.any([modern, legacy]);
  } catch (error) {
    // What the modern way met is what a reader can do something about.
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    clearTimeout(timer);
    forget();
    socket.destroy();
    decided.abort();
  }
};

async function askLegacy({ host, port, addresses }: Place, limit: TimeLimit): Promise<Answered> {
  try {
    const { socket } = await dial(addresses, port, limit);
    const { answer, latencyMs } = await converse(socket, new LegacyStatus(host, port), limit);
    return { up: true, latencyMs, ...answer };
  } finally {
    limit.release();
  }
}
