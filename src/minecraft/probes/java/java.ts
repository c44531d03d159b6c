import type { Answered, FailureCause } from '../../../domain/watching/check';
import type { Ask } from '../ask';
import { converse } from '../conversation';
import { causeOf, ProbeFailure } from '../failure';
import { TimeLimit } from '../time-limit';
import { LegacyStatus } from './legacy';
import { ModernStatus } from './modern';
import { findPlace, type Place } from './places';

/**
 * Some old servers wait for more when they hear the modern question. After this part of the time without
 * a byte, the old question is asked over a second connection, and the first one goes on waiting.
 */
const SILENCE_SHARE = 0.5;

/** How an old server ends a connection that it does not understand. */
const HUNG_UP: ReadonlySet<FailureCause> = new Set(['closed-early', 'protocol-error']);

/** Asks a Java server for its status: the modern way, and the old one where nobody speaks the modern. */
export const askJava: Ask = async (target, means) => {
  const silenceMs = means.limit.left * SILENCE_SHARE;
  const place = await findPlace(target, means);
  const limit = new TimeLimit(means.limit);
  const question = new ModernStatus(place.host, place.port);
  const modern = askModern(place, question, limit);
  const legacy = Promise.race([limit.pause(silenceMs), modern.then(nothing, causeOf)]).then(
    (failed) => {
      const hungUp = failed === undefined || HUNG_UP.has(failed);
      if (limit.over || !hungUp || !question.mayBeLegacy) throw new ProbeFailure('protocol-error');
      return askLegacy(place, limit);
    },
  );
  try {
    return await Promise.any([modern, legacy]);
  } catch (error) {
    // What the modern way met is what a reader can do something about.
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    limit.close();
  }
};

async function askModern(
  { addresses, port }: Place,
  question: ModernStatus,
  limit: TimeLimit,
): Promise<Answered> {
  const { answer, latencyMs } = await converse(addresses, port, question, limit);
  if (answer === 'speaks-legacy') throw new ProbeFailure('protocol-error');
  return { up: true, latencyMs, ...answer };
}

async function askLegacy({ addresses, host, port }: Place, limit: TimeLimit): Promise<Answered> {
  const question = new LegacyStatus(host, port);
  const { answer, latencyMs } = await converse(addresses, port, question, limit);
  return { up: true, latencyMs, ...answer };
}

function nothing(): undefined {
  return undefined;
}
