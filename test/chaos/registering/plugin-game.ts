import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Change, PluginCalls } from '../../e2e/registration/plugin-calls';
import type { Goings } from './goings';
import type { Player } from './player';
import type { WhitelistCommand } from './whitelist-command';

/** Between two looks for what is to be changed, in milliseconds. */
const LOOK_MS = 1_000;
/** Before a request that failed is sent once more, in milliseconds. */
const AGAIN_MS = 700;
/** What is answered while a part is away, or too much was asked. */
const LATER: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/**
 * A game server with a plugin, which does nothing while it is down. What it has on its whitelist is there again
 * when it is back; what it was about to confirm is not.
 */
export class PluginGame implements Goings {
  readonly whitelist = new Set<string>();
  readonly commands: WhitelistCommand[] = [];
  /** Requests that were sent again, since no answer came. */
  repeated = 0;
  #life: AbortController | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly calls: PluginCalls) {}

  get isUp(): boolean {
    return this.#life !== undefined;
  }

  start(): Promise<void> {
    if (this.#life === undefined) {
      this.#life = new AbortController();
      this.#looking = this.#look(this.#life.signal);
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#life?.abort();
    this.#life = undefined;
    await this.#looking;
  }

  /**
   * A player types a code; the plugin asks until it gets an answer, over restarts of its server.
   *
   * @param isOver whether nobody waits for the answer any more
   * @returns the status of the answer; `null`: there was none until then
   */
  async type(player: Player, code: string, isOver: () => boolean): Promise<number | null> {
    const id = randomUUID();
    for (let round = 0; !isOver(); round += 1) {
      const signal = this.#life?.signal;
      if (signal !== undefined) {
        if (round > 0) this.repeated += 1;
        const status = await this.calls
          .type(player, code, id, signal)
          .then((answered) => answered.status)
          .catch(() => 503);
        if (!LATER.has(status)) return status;
      }
      await pause(AGAIN_MS);
    }
    return null;
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const changes = await this.calls.changes(signal);
        // The server goes down in the midst of them.
        for (const change of changes) if (!isOver(signal)) this.#make(change);
        if (changes.length > 0 && !isOver(signal)) {
          const ids = changes.map(({ id }) => id);
          await this.calls.applied(ids, signal);
        }
      } catch {
        // The web server is away, or this one: the next look shows the same changes again.
      }
      await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #make({ action, name }: Change): void {
    const had = this.whitelist.has(name);
    if (action === 'add') this.whitelist.add(name);
    else this.whitelist.delete(name);
    const effective = had !== (action === 'add');
    this.commands.push({ at: Date.now(), action, name, effective, told: true });
  }
}

/** TypeScript takes it for constant after the first look. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
