import type { OnTrouble, Pending, PendingName, Typed } from '../bridge';
import { BridgeFailure } from '../failure';
import { byInGameName, playerAmong, type BedrockPrefix } from '../in-game-name';
import { pause, Pauses } from '../pauses';
import { codeIn } from './code-shape';
import { FollowedLog } from './follow';
import type { KnownPlayers } from './known-players';
import { readServerLine } from './server-line';

/** What the log's own watching cannot do, where something else can. */
export interface InGame {
  /** `null`: they are not in the game, or it does not tell. */
  uuidOf(name: string, signal: AbortSignal): Promise<string | null>;
  /** Whether the game showed it. It does not reject. */
  tell(name: string, message: string, signal: AbortSignal): Promise<boolean>;
}

export interface ChatWatchOptions {
  readonly file: string;
  readonly bedrockPrefix: BedrockPrefix;
  /** Between two looks, in milliseconds. */
  readonly intervalMs: number;
  readonly firstPauseMs?: number;
  readonly onTrouble: OnTrouble;
  readonly players: KnownPlayers;
  readonly inGame: InGame | null;
}

/** While nobody can tell which names are pending, so many are kept, the newest. */
const MOST_SAID = 1_000;

/** Something that was said and looks like a code, before it is known whether anybody waits for it. */
interface Said {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Watches what players say in a server's chat, as its log has it. */
export class ChatWatch {
  /** What has to be looked at: new, or brought back. */
  #said: Said[] = [];

  constructor(private readonly options: ChatWatchOptions) {}

  async *typed(pending: Pending, signal: AbortSignal): AsyncGenerator<Typed, void, undefined> {
    const log = new FollowedLog(this.options.file);
    const pauses = new Pauses(this.options.firstPauseMs);
    try {
      while (!signal.aborted) {
        const typed: Typed[] = [];
        let more = false;
        try {
          more = await this.#round(log, pending, signal, typed);
          pauses.succeeded();
        } catch (error) {
          if (isAborted(signal)) return;
          this.options.onTrouble(error);
          yield* typed;
          await pauses.afterFailure(signal);
          continue;
        }
        yield* typed;
        if (!more) await pause(this.options.intervalMs, signal);
      }
    } finally {
      await log.close();
    }
  }

  /** @returns whether there is more to read at once */
  async #round(
    log: FollowedLog,
    pending: Pending,
    signal: AbortSignal,
    typed: Typed[],
  ): Promise<boolean> {
    const { lines, more } = await log.read();
    for (const { text, isNew, id } of lines) {
      const line = readServerLine(text);
      if (line?.type === 'uuid') this.options.players.learn(line.name, line.uuid);
      if (line?.type !== 'chat' || !isNew) continue;
      const code = codeIn(line.text);
      if (code !== null) this.#said.push({ id, name: line.name, text: code });
    }
    if (this.#said.length === 0) return more;
    this.#said = this.#said.slice(-MOST_SAID);
    // Asked after the log was read: whoever speaks has been registering for a while.
    const names = byInGameName(await pending(signal), this.options.bedrockPrefix);
    for (let said = this.#said[0]; said !== undefined; said = this.#said[0]) {
      const one = await this.#typedBy(said, names.get(said.name.toLowerCase()) ?? [], signal);
      this.#said.shift();
      if (one !== null) typed.push(one);
    }
    return more;
  }

  async #typedBy(
    said: Said,
    pending: readonly PendingName[],
    signal: AbortSignal,
  ): Promise<Typed | null> {
    if (pending.length === 0) return null;
    const { inGame, players, onTrouble } = this.options;
    const uuid =
      (await inGame?.uuidOf(said.name, signal)) ?? (await players.uuidOf(said.name)) ?? null;
    if (uuid === null) {
      onTrouble(
        new BridgeFailure(
          'uuid-unknown',
          "A player said a code, and neither the game server's log nor its usercache.json tells the player's UUID. Give this server RCON, or use the plugin.",
        ),
      );
      return null;
    }
    const player = playerAmong(pending, { name: said.name, uuid }, this.options.bedrockPrefix);
    if (player === null) return null;
    return {
      id: said.id,
      player,
      text: said.text,
      answer: async (message) => (await inGame?.tell(said.name, message, signal)) ?? false,
      again: () => {
        this.#said.push(said);
      },
    };
  }
}

/** TypeScript takes it for constant after the first look. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
