import type { Logger } from '../../../observability/logger';
import { TokenBuckets } from '../../limits/token-buckets';
import type { Announcements, Refused, SourcePlace } from '../../webhooks/announcements';

/** So many sources are counted; the one that was refused longest ago is forgotten first. */
const MOST_SOURCES = 5_000;

export interface RefusalsDependencies {
  readonly announcements: Pick<Announcements, 'refused'>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Counts what is refused at the addresses of sources, and tells it at most once a minute a source. */
export class Refusals {
  readonly #told: TokenBuckets;
  readonly #counts = new Map<string, number>();

  constructor(private readonly dependencies: RefusalsDependencies) {
    this.#told = new TokenBuckets({ burst: 1, perSecond: 1 / 60 }, MOST_SOURCES, dependencies.now);
  }

  /** Nobody waits for it: that it cannot be told changes nothing of the answer. */
  note(source: SourcePlace, reason: Refused['reason']): void {
    const { announcements, log, now } = this.dependencies;
    const key = `${source.guildId}-${source.sourceId}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (this.#told.take(key) > 0) {
      this.#counts.set(key, count);
      return;
    }
    this.#counts.delete(key);
    log.warn(
      { source: key, reason, count },
      'What was sent to the address of a source was refused',
    );
    announcements.refused(source, { reason, count, at: now() }).catch((error: unknown) => {
      log.debug({ err: error }, 'A refusal could not be told');
    });
  }
}
