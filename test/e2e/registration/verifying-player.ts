import { Player } from '../../integration/plugin/player';
import { GAME_VERSION } from '../../integration/plugin/minestom-server';

/** What the plugin says to a player whose name is being registered. */
const INVITATION = 'Somebody on Discord is registering your name.';

/** A player with a real client, on a server with the plugin. */
export class VerifyingPlayer {
  private constructor(private readonly player: Player) {}

  /**
   * Joins, and is there.
   *
   * @param packages the folder of `provideMinecraftProtocol`
   * @throws Error when the server does not let them in
   */
  static async join(packages: string, port: number, name: string): Promise<VerifyingPlayer> {
    const player = Player.join(packages, GAME_VERSION, port, name);
    const event = await player.next();
    if (!('joined' in event)) throw new Error(`${name} did not join: ${JSON.stringify(event)}`);
    return new VerifyingPlayer(player);
  }

  /** Reads on until they are invited to type a code. */
  async isInvited(): Promise<void> {
    while (!(await this.#read()).startsWith(INVITATION));
  }

  /**
   * Types `/verify` and a code.
   *
   * @returns the answer; who has just come may be invited once more before it
   */
  async types(code: string): Promise<string> {
    this.player.say(`/verify ${code}`);
    for (;;) {
      const line = await this.#read();
      if (!line.startsWith(INVITATION)) return line;
    }
  }

  leave(): Promise<void> {
    return this.player.leave();
  }

  /** The next line of the chat. */
  async #read(): Promise<string> {
    for (;;) {
      const event = await this.player.next();
      if ('kicked' in event) throw new Error(event.kicked);
      if ('chat' in event) return event.chat;
    }
  }
}
