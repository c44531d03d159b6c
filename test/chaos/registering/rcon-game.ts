import { startRconPeer, type RconPeer } from '../../peers/rcon-peer';
import { VanillaGame } from '../../peers/vanilla-game';
import type { Chance } from '../chance';
import type { Goings } from './goings';
import type { WhitelistCommand } from './whitelist-command';

/** What players trigger. */
export const OBJECTIVE = 'verify';
/** Of how many commands the connection breaks when they were carried out, and before they are answered. */
const LOST = 0.05;

const CHANGE = /^whitelist (add|remove) (\S+)$/;

/**
 * A vanilla server, reached by RCON: nobody listens while it is down; what it has stored is there again when
 * it is back.
 */
export class RconGame implements Goings {
  readonly game = new VanillaGame();
  readonly commands: WhitelistCommand[] = [];
  /** Commands of any kind whose answer was lost. */
  lost = 0;
  #peer: RconPeer | undefined;

  constructor(
    readonly port: number,
    private readonly password: string,
    private readonly chance: Chance,
  ) {}

  get isUp(): boolean {
    return this.#peer !== undefined;
  }

  async start(): Promise<void> {
    this.#peer ??= await startRconPeer({
      port: this.port,
      password: () => this.password,
      run: (command) => this.#run(command, true),
      instead: ({ type, text }, socket) => {
        if (type !== 2 || !this.chance.happens(LOST)) return false;
        this.#run(text, false);
        this.lost += 1;
        socket.destroy();
        return true;
      },
    });
    this.game.look();
  }

  async stop(): Promise<void> {
    const peer = this.#peer;
    this.#peer = undefined;
    await peer?.stop();
  }

  #run(command: string, told: boolean): string {
    const answer = this.game.run(command);
    const [, action, name = ''] = CHANGE.exec(command) ?? [];
    if (action === 'add' || action === 'remove') {
      const effective = /^(?:Added|Removed) /.test(answer);
      this.commands.push({ at: Date.now(), action, name, effective, told });
    }
    return answer;
  }
}
