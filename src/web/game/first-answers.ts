import { LRUCache } from 'lru-cache';

/** Longer than a request can be repeated as it is (5 minutes either way), and longer than a code lives. */
const KEPT_MS = 30 * 60_000;
const MOST_SERVERS = 2_000;
const MOST_OF_A_SERVER = 5_000;

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

  /** @param now milliseconds since the epoch */
  constructor(private readonly now: () => number) {
    this.#servers = new LRUCache({ max: MOST_SERVERS });
  }

  /**
   * @param id the request's
   * @param request what says whether another request came under the same id
   * @param make makes the answer; when it throws, nothing is remembered
   * @returns `other-request` when the id belongs to another request
   */
  async answer(
    server: string,
    id: string,
    request: string,
    make: () => Promise<Answer>,
  ): Promise<Answer | 'other-request'> {
    const kept = this.#of(server);
    const first = kept.get(id);
    if (first !== undefined) return first.request === request ? first.answer : 'other-request';
    const entry = { request, answer: make() };
    kept.set(id, entry);
    try {
      return await entry.answer;
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
      ttl: KEPT_MS,
      // 0 milliseconds: every look asks the clock.
      ttlResolution: 0,
      perf: { now: this.now },
    });
    this.#servers.set(server, fresh);
    return fresh;
  }
}
