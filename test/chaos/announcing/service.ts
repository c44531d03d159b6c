import { setTimeout as pause } from 'node:timers/promises';
import { DEMO } from '../../../sandbox';
import { samples } from '../../../src/web/sources/samples';
import { SOURCES } from './configuration';

/** Before the second try of what was not accepted, unless the answer says otherwise; each wait is twice as long as the one before (milliseconds). */
const TRY_AGAIN_MS = 300;
const PATIENCE_MS = 600_000;

/**
 * Two services that deliver pushes. One is as GitHub is: what was answered with 503 it never sends again. The other
 * tries each again until it is accepted.
 */
export class PushingService {
  /** How many were answered with 202. */
  accepted = 0;
  /** How many were left with the answer 503. */
  left = 0;
  /** How often it had to try again. */
  triedAgain = 0;

  constructor(
    private readonly web: () => string,
    private readonly secret: string,
  ) {}

  /** The title of the only commit of a push: no other has it. */
  static titleOf(index: number): string {
    return `Stone ${String(index).padStart(6, '0')}`;
  }

  /** An even index is the first service's. @throws Error when it is refused, or not accepted in time */
  async deliver(index: number): Promise<void> {
    const source = SOURCES[index % SOURCES.length] ?? SOURCES[0];
    const mark = `c${index.toString(16).padStart(39, '0')}`;
    const [push] = samples.github.samples;
    const made = push.delivery({ mark, now: Date.now(), channelId: '' });
    const body = made.body.replace('Lower the drawbridge', PushingService.titleOf(index));
    const delivery = { ...made, body };
    const signed = samples.github.sign(delivery, {
      ...{ secret: this.secret, id: `push-${index}`, now: Date.now() },
      authentication: { kind: 'standard-webhooks' },
    });
    const headers = { 'content-type': made.contentType, ...made.headers, ...signed };
    const until = performance.now() + PATIENCE_MS;
    for (let factor = 1; ; factor *= 2) {
      const { status, waitMs } = await this.#post(
        `/webhooks/github/${DEMO.guild}-${source}`,
        headers,
        body,
      );
      if (status === 202) {
        this.accepted += 1;
        return;
      }
      if (status === 503 && index % 2 === 0) {
        this.left += 1;
        return;
      }
      if (status !== null && ![429, 500, 503].includes(status)) {
        throw new Error(`Push ${index} was answered with ${status}.`);
      }
      if (performance.now() > until) throw new Error(`Push ${index} was not accepted in time.`);
      this.triedAgain += 1;
      await pause(waitMs * factor);
    }
  }

  /** @returns `null` as the status: nobody answered; and how long to wait before the next try, in milliseconds */
  async #post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<{ readonly status: number | null; readonly waitMs: number }> {
    try {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`${this.web()}${path}`, { method: 'POST', headers, body, signal });
      await answer.arrayBuffer();
      const seconds = Number(answer.headers.get('retry-after') ?? 0);
      return { status: answer.status, waitMs: seconds * 1_000 || TRY_AGAIN_MS };
    } catch {
      return { status: null, waitMs: TRY_AGAIN_MS };
    }
  }
}
