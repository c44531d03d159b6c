import { setTimeout as pause } from 'node:timers/promises';
import { DEMO } from '../../../sandbox';
import { samples } from '../../../src/web/sources/samples';
import { SOURCES } from './configuration';

/** Between two tries of what was not accepted (milliseconds). */
const TRY_AGAIN_MS = 300;
const PATIENCE_MS = 120_000;

/** A service that delivers pushes, and tries each again until it is accepted. */
export class PushingService {
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

  /** @throws Error when it is refused, or not accepted in time */
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
    for (;;) {
      const status = await this.#post(`/webhooks/github/${DEMO.guild}-${source}`, headers, body);
      if (status === 202) return;
      if (status !== null && ![429, 500, 503].includes(status)) {
        throw new Error(`Push ${index} was answered with ${status}.`);
      }
      if (performance.now() > until) throw new Error(`Push ${index} was not accepted in time.`);
      this.triedAgain += 1;
      await pause(TRY_AGAIN_MS);
    }
  }

  /** @returns `null`: nobody answered */
  async #post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<number | null> {
    try {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`${this.web()}${path}`, { method: 'POST', headers, body, signal });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }
}
