import { randomUUID } from 'node:crypto';
import { RconFailure } from '../../rcon';
import { BridgeFailure } from '../failure';
import type { OnTrouble, Pending, PendingName, Typed } from '../bridge';
import { byInGameName, playerAmong, type BedrockPrefix } from '../in-game-name';
import { pause, Pauses } from '../pauses';
import type { Commands } from './commands';
import type { Watched } from './watched';
import { greeting, NO_CODE } from './words';

/** So many players are asked for one by one; for more, the list of all who are there is read first. */
const FEW = 4;

/** Other numbers are no codes. */
const CODES = { from: 100_000, to: 999_999 } as const;

export interface TriggerWatchOptions {
  /** Letters, digits and `_`; players type it: /trigger castellan set 123456. */
  readonly objective: string;
  readonly bedrockPrefix: BedrockPrefix;
  /** Between two rounds, in milliseconds. */
  readonly intervalMs: number;
  /** Before the second try after a failure, in milliseconds; it grows to a minute. */
  readonly firstPauseMs?: number;
  readonly onTrouble: OnTrouble;
}

/** Who registers by a name, by what the game calls it, in lower case. */
type Wanted = ReturnType<typeof byInGameName>;

/**
 * Watches a trigger of the scoreboard (https://minecraft.wiki/w/Commands/trigger): a player for whom it
 * was enabled can set it once, to any number. The number stays until it is reset, also while nobody
 * watches.
 */
export class TriggerWatch {
  /** By name in the game, lower case. */
  readonly #watched = new Map<string, Watched>();
  /** Names that cannot be watched, so that this is said once. */
  readonly #unusable = new Set<string>();
  #hasObjective = false;

  constructor(
    private readonly commands: Commands,
    private readonly options: TriggerWatchOptions,
  ) {}

  async *typed(pending: Pending, signal: AbortSignal): AsyncGenerator<Typed, void, undefined> {
    const pauses = new Pauses(this.options.firstPauseMs);
    while (!signal.aborted) {
      const typed: Typed[] = [];
      try {
        await this.#round(await pending(signal), signal, typed);
        pauses.succeeded();
      } catch (error) {
        if (isAborted(signal)) return;
        // The server may come back with another world.
        if (error instanceof RconFailure) this.#hasObjective = false;
        this.options.onTrouble(error);
        yield* typed;
        await pauses.afterFailure(signal);
        continue;
      }
      yield* typed;
      await pause(this.options.intervalMs, signal);
    }
  }

  /** @param typed takes what was typed, also when the round fails later */
  async #round(names: readonly PendingName[], signal: AbortSignal, typed: Typed[]): Promise<void> {
    const wanted = this.#wanted(names);
    await this.#forgetOthers(wanted);
    // Also before anybody is there: a server that has no triggers is found out at once.
    if (wanted.size > 0) await this.#requireObjective();
    const isThere = await this.#isThere(wanted);
    let failed: BridgeFailure | undefined;
    for (const [name, registering] of wanted) {
      signal.throwIfAborted();
      if (!isThere(name)) continue;
      try {
        const one = await this.#look(name, registering);
        if (one !== null) typed.push(one);
      } catch (error) {
        // One player's trouble is not the others'; a server that is away is everybody's.
        if (!(error instanceof BridgeFailure)) throw error;
        failed ??= error;
      }
    }
    if (failed !== undefined) throw failed;
  }

  #wanted(names: readonly PendingName[]): Wanted {
    return byInGameName(names, this.options.bedrockPrefix, ({ edition, name }, error) => {
      const key = `${edition} ${name}`;
      if (!this.#unusable.has(key)) this.options.onTrouble(error);
      this.#unusable.add(key);
    });
  }

  async #forgetOthers(wanted: Wanted): Promise<void> {
    for (const [key, { name }] of this.#watched) {
      if (wanted.has(key)) continue;
      // Otherwise what is typed too late would be taken for the next registration's.
      await this.commands.reset(name, this.options.objective);
      this.#watched.delete(key);
    }
  }

  /** Who is worth a question. It spares a busy server most of them. */
  async #isThere(wanted: Wanted): Promise<(name: string) => boolean> {
    const unseen = [...wanted.keys()].filter((name) => !this.#watched.has(name));
    const online = unseen.length > FEW ? await this.commands.online() : null;
    if (online === null) return () => true;
    const names = new Set(online.map(({ name }) => name.toLowerCase()));
    return (name) => names.has(name) || this.#watched.has(name);
  }

  /** One player's turn. */
  async #look(name: string, registering: readonly PendingName[]): Promise<Typed | null> {
    const watched = this.#watched.get(name) ?? (await this.#meet(name, registering));
    if (watched === null || watched.state === 'undecided') return null;
    const { objective } = this.options;
    if (watched.state === 'to-reset') await this.#takeAway(watched);
    if (watched.state === 'to-enable' && !(await this.#enable(watched))) return null;
    const score = await this.commands.score(watched.name, objective);
    if (score === 'no-objective') {
      this.#lost();
      return null;
    }
    if (score === 'none') {
      watched.state = 'to-enable';
      return null;
    }
    if (score === 0) return null;
    if (score >= CODES.from && score <= CODES.to) return this.#typedBy(watched, String(score));
    watched.state = 'to-reset';
    await this.commands.tell(watched.name, NO_CODE);
    return null;
  }

  async #meet(key: string, registering: readonly PendingName[]): Promise<Watched | null> {
    const online = await this.commands.find(key);
    if (online === null) return null;
    const player = playerAmong(registering, online, this.options.bedrockPrefix);
    if (player === null) return null;
    const watched: Watched = {
      name: online.name,
      player,
      state: 'to-enable',
      typedId: null,
      greeted: false,
    };
    this.#watched.set(key, watched);
    return watched;
  }

  async #requireObjective(): Promise<void> {
    if (!this.#hasObjective) await this.commands.addObjective(this.options.objective);
    this.#hasObjective = true;
  }

  async #enable(watched: Watched): Promise<boolean> {
    const { objective } = this.options;
    if ((await this.commands.enable(watched.name, objective)) === 'no-objective') {
      this.#lost();
      return false;
    }
    watched.state = 'may-type';
    if (!watched.greeted) {
      watched.greeted = await this.commands.tell(watched.name, greeting(objective));
    }
    return true;
  }

  /** The objective is gone, and everybody's scores with it. */
  #lost(): void {
    this.#hasObjective = false;
    for (const watched of this.#watched.values()) {
      if (watched.state === 'may-type') watched.state = 'to-enable';
    }
  }

  #typedBy(watched: Watched, text: string): Typed {
    watched.state = 'undecided';
    const { name, player } = watched;
    const id = (watched.typedId ??= randomUUID());
    return {
      id,
      player,
      text,
      answer: async (message) => {
        try {
          // First what would be taken for another attempt, if this process died now.
          if (watched.typedId === id) await this.#takeAway(watched);
          return await this.commands.tell(name, message);
        } catch {
          // The next round takes it away: the verdict stands, whether or not the game could show it.
          return false;
        }
      },
      again: () => {
        if (watched.state === 'undecided') watched.state = 'may-type';
      },
    };
  }

  async #takeAway(watched: Watched): Promise<void> {
    watched.state = 'to-reset';
    watched.typedId = null;
    await this.commands.reset(watched.name, this.options.objective);
    watched.state = 'to-enable';
  }
}

/** TypeScript takes it for constant after the first look. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
