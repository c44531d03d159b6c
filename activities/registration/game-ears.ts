import type { BedrockPrefix } from '../../src/minecraft/bridge';
import type { Logger } from '../../src/observability/logger';
import type { HeardVerdict } from '../../workflows/registration/activities';
import type { BridgedGame, OpenBridge } from './bridges';
import type { Listener } from './game-listener';
import { ServerEar, type ReadPending } from './server-ear';

export interface GameEarsOptions {
  readonly openBridge: OpenBridge;
  readonly readPending: ReadPending;
  /** The keyed hash that stands for a code. */
  readonly hashCode: (registrationId: string, code: string) => string;
  readonly log: Logger;
}

/** Whose registration listens. */
export interface Listening {
  readonly guildId: string;
  readonly registrationId: string;
  readonly player: Listener['player'];
}

/**
 * All that this process hears of game servers without a plugin: one bridge for each server, however many
 * registrations listen there.
 */
export class GameEars {
  readonly #ears = new Map<string, ServerEar>();

  constructor(private readonly options: GameEarsOptions) {}

  /** Listens, or goes on to listen, for a registration. */
  listen(game: BridgedGame, bedrockPrefix: BedrockPrefix, listening: Listening): Listener {
    const { guildId, registrationId } = listening;
    const key = `${guildId}/${game.serverId}`;
    const settings = JSON.stringify([game, bedrockPrefix]);
    let ear = this.#ears.get(key);
    if (ear?.settings !== settings || ear.isClosed) {
      ear?.close();
      const { openBridge, log } = this.options;
      let last: unknown;
      const bridge = openBridge(game, bedrockPrefix, (error) => {
        const reason = error instanceof Error && 'code' in error ? error.code : 'unknown';
        // It is tried again and again: an operator reads once what is the matter.
        const level = reason === last ? 'debug' : 'warn';
        last = reason;
        log[level](
          { guild: guildId, server: game.serverId, reason },
          'a game server cannot be listened to just now',
        );
      });
      ear = new ServerEar({ ...this.options, guildId, settings, bridge });
      this.#ears.set(key, ear);
    }
    return ear.listen(registrationId, listening.player);
  }

  /**
   * The registration is over: tells the player what was heard last, and listens no longer for it. Where another
   * process listens there is nothing to do; it hears of the end by itself. It never rejects.
   */
  async conclude(
    over: {
      readonly guildId: string;
      readonly registrationId: string;
      readonly serverIds: readonly string[];
    },
    heard: HeardVerdict | null,
  ): Promise<void> {
    for (const serverId of over.serverIds) {
      const ear = this.#ears.get(`${over.guildId}/${serverId}`);
      const listener = ear?.listener(over.registrationId);
      try {
        if (heard?.serverId === serverId) await listener?.tell(heard.verdict, null);
      } catch (error) {
        this.options.log.debug({ err: error }, 'a verdict cannot be told in the game');
      }
      ear?.forget(over.registrationId);
    }
  }

  /** Listens nowhere any more. */
  close(): void {
    for (const ear of this.#ears.values()) ear.close();
    this.#ears.clear();
  }
}
