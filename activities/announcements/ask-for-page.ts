import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { fetchBounded, FetchFailure, retryAfter, type Fetched } from '../../src/network/fetch';
import type { CommitsApi, CommitsPage } from '../../src/web/sources/commits-api';
import type { Attempt } from '../attempt';
import { EffectFailed, type FailureCode } from '../failure';

/** For one answer: a service that is well takes less than a second. */
const TIMEOUT_MS = 10_000;
/** Of one answer: 250 commits of GitHub with all that changed in them have 1 to 3 MB. */
const MOST_BYTES = 4_194_304;
/** Of one delivery, for all of its pushes: one needs three pages; GitHub allows 60 an hour to whoever has no token. */
const MOST_REQUESTS = 12;
/** A pause that the service asks for, and that is still within the minute in which it is tried. */
const LONGEST_PAUSE_MS = 20_000;

/** How one try asks: it ends before Temporal gives up on it, and counts its requests. */
export class Asking {
  /** Of one try: three slow answers. */
  static readonly MOST_MS = 25_000;
  #requests = 0;
  readonly #until = performance.now() + Asking.MOST_MS;

  constructor(
    readonly attempt: Attempt,
    readonly allowInternal: boolean,
  ) {}

  /** @returns how long the next request may take, in milliseconds; `null`: no more are sent */
  next(): number | null {
    const left = Math.min(TIMEOUT_MS, this.#until - performance.now());
    if (this.#requests >= MOST_REQUESTS || left <= 0) return null;
    this.#requests += 1;
    return left;
  }
}

/** What may be over within the minute. */
const PASSING: ReadonlySet<string> = new Set(['timed-out', 'unreachable', 'name-not-found']);

/**
 * Asks for one page, without any secret.
 *
 * @returns `null`: it is not told, and will not be
 * @throws EffectFailed or ApplicationFailure where it may be told a moment later
 */
export async function askForPage(
  address: string,
  api: CommitsApi,
  asking: Asking,
): Promise<CommitsPage | null> {
  const timeoutMs = asking.next();
  if (timeoutMs === null) return null;
  const { allowInternal, attempt } = asking;
  try {
    const fetched = await fetchBounded(
      { method: 'GET', url: address, headers: { accept: api.accept } },
      {
        ...{ allowInternal, timeoutMs, signal: attempt.signal },
        // Inside of one's own network there may be no certificates.
        secureOnly: !allowInternal,
        mostBytes: MOST_BYTES,
      },
    );
    throwIfPassing(fetched, attempt.now);
    return fetched.status === 200 ? api.read(fetched.body, address) : null;
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    if (!PASSING.has(error.code)) return null;
    throw new EffectFailed('service-unavailable', `The service was asked. ${error.message}`);
  }
}

/** Refused for good: 401, 403 and 404 are said of what is private. */
function throwIfPassing({ status, headers }: Fetched, now: number): void {
  const isPassing = status >= 500 || status === 408;
  const isLimited = status === 429 || status === 403;
  const at = isPassing || isLimited ? retryAfter(headers, now) : null;
  if (at !== null && at - now > LONGEST_PAUSE_MS) return;
  if (at === null && !isPassing) return;
  throw ApplicationFailure.create({
    type: 'service-unavailable' satisfies FailureCode,
    message: `The service was asked, and answered with ${status}`,
    ...(at !== null && { nextRetryDelay: Math.max(at - now, 1_000) }),
    category: ApplicationFailureCategory.BENIGN,
  });
}
