import { LRUCache } from 'lru-cache';
import { ProblemError } from '../problem';

/** Longer than a request can be repeated as it is (5 minutes either way), and longer than a code lives. */
const KEPT_MS = 30 * 60_000;
const MOST_SERVERS = 2_000;
const MOST_OF_A_SERVER = 5_000;
/** Of all answers to one server, by `sizeOf`. */
const MOST_BYTES = 4 * 1_024 * 1_024;

interface Kept<Answer> {
  readonly request: string;
  readonly answer: Promise<Answer>;
}

/**
 * Remembers the first answer to each request, so that its repetition gets the same. A repetition that
 * comes while the first is under way waits for it. Each server has its own room, so that nobody's
 * requests push out another's.
 *
 * What reached a workflow is known there for longer, and by every process.
 */
export class FirstAnswers<Answer> {
  readonly #servers: LRUCache<string, LRUCache<string, Kept<Answer>>>;

  /**
   * @param now milliseconds since the epoch
   * @param sizeOf about how many bytes an answer takes, at least 1
   */
  constructor(
    private readonly now: () => number,
    private readonly sizeOf: (answer: Answer) => number,
  ) {
    this.#servers = new LRUCache({ max: MOST_SERVERS });
  }

  /**
   * @param id the request's
   * @param request what says whether another request came under the same id
   * @param make makes the answer; when it throws, nothing is remembered
   * @throws ProblemError 400 when the id belongs to another request; and whatever `make` throws
   */
  async answer(
    server: string,
    id: string,
    request: string,
    make: () => Promise<Answer>,
  ): Promise<Answer> {
    const kept = this.#of(server);
    const first = kept.get(id);
    if (first !== undefined) {
      if (first.request === request) return first.answer;
      throw new ProblemError({
        status: 400,
        detail: 'Another request had this webhook-id. Every request needs one of its own.',
      });
    }
    const entry = { request, answer: make() };
    kept.set(id, entry, { size: 1 });
    try {
      const answer = await entry.answer;
      // A copy: the size of what is set once more as it is stays as it was.
      if (kept.peek(id) === entry) kept.set(id, { ...entry }, { size: this.sizeOf(answer) });
      return answer;
    } catch (error) {
      if (kept.peek(id) === entry) kept.delete(id);
      throw error;
    }
  }

  #of(server: string): LRUCache<string, Kept<Answer>> {
    const known = this.#servers.get(server);
    if (known !== undefined) return known;
    const fresh = new LRUCache<string, Kept<Answer>>({
      max: MOST_OF_A_SERVER,
      maxSize: MOST_BYTES,
      ttl: KEPT_MS,
      // 0 milliseconds: every look asks the clock.
      ttlResolution: 0,
      perf: { now: this.now },
    });
    this.#servers.set(server, fresh);
    return fresh;
  }
}
