import { RconClient } from '../../../src/minecraft/rcon';
import { startGoMc } from '../../integration/probes/go-mc';
import type { Provided } from '../../integration/probes/provide';
import { freePort, type ServerProcess } from '../../integration/probes/server-process';
import { until } from '../../workflow/until';

/** A game without a plugin behind go-mc's RCON, and what people do in it. */
export class GoMcGame {
  #server: ServerProcess | undefined;
  readonly #players: RconClient;

  private constructor(
    private readonly provided: Provided,
    readonly port: number,
    readonly password: string,
    private readonly file: string,
  ) {
    const place = { address: '127.0.0.1', port, password, allowInternal: true };
    this.#players = new RconClient(place);
  }

  /** @param file keeps the whitelist while the game is stopped */
  static async start(provided: Provided, password: string, file: string): Promise<GoMcGame> {
    const game = new GoMcGame(provided, await freePort(), password, file);
    await game.start();
    return game;
  }

  /** Starts it again: with the same whitelist, and nobody in it. */
  async start(): Promise<void> {
    const { port, password, file } = this;
    this.#server = await startGoMc(this.provided, { port, password, whitelist: file });
  }

  /** From one moment to the next. */
  async stop(): Promise<void> {
    await this.#server?.kill();
  }

  /** It answers nobody any more, and keeps its connections. */
  async freeze(): Promise<void> {
    await this.#server?.freeze();
  }

  thaw(): void {
    this.#server?.thaw();
  }

  async end(): Promise<void> {
    this.#players.close();
    await this.stop();
  }

  async join(name: string, uuid: string): Promise<void> {
    await this.#run(`test join ${name} ${uuid}`);
  }

  /** What somebody read in the game since they joined. */
  async readBy(name: string): Promise<readonly string[]> {
    const read = await this.#run(`test heard ${name}`);
    return read === '' ? [] : read.split('\n');
  }

  /** Waits until somebody has read a line with these words. */
  async reads(name: string, words: string): Promise<void> {
    await until(`${name} to read "${words}"`, async () =>
      (await this.readBy(name)).some((line) => line.includes(words)),
    );
  }

  /** Types /trigger castellan set. @returns whether the game let them */
  async mayTrigger(name: string, code: string): Promise<boolean> {
    return (await this.#run(`test trigger ${name} ${code}`)) === 'Triggered';
  }

  /** Types it, as soon as the game lets them. */
  async trigger(name: string, code: string): Promise<void> {
    await until(`the trigger of ${name}`, () => this.mayTrigger(name, code));
  }

  /** What the game itself lists. */
  async whitelist(): Promise<readonly string[]> {
    const [, names = ''] = (await this.#run('whitelist list')).split(': ');
    return names === '' ? [] : names.split(', ');
  }

  /** Somebody changes it at the game's own console. */
  async changeByHand(change: 'add' | 'remove', name: string): Promise<void> {
    await this.#run(`whitelist ${change} ${name}`);
  }

  async isListed(name: string, listed = true): Promise<void> {
    await until(`${name} ${listed ? 'on' : 'off'} the whitelist`, async () =>
      (await this.whitelist()).includes(name) === listed ? true : undefined,
    );
  }

  #run(command: string): Promise<string> {
    return this.#players.run(command, { repeatable: true });
  }
}
