import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const event = z.union([
  z.object({ joined: z.literal(true) }),
  z.object({ chat: z.string() }),
  z.object({ kicked: z.string() }),
]);
export type PlayerEvent = z.infer<typeof event>;

/** A player with a real client of Minecraft's Java Edition, in a process of its own. */
export class Player {
  readonly #child: ChildProcess;
  readonly #events: PlayerEvent[] = [];
  #heard: () => void = () => undefined;
  #ended = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * @param packages the folder of `provideMinecraftProtocol`
   * @param version of the game, such as `1.21.11`
   */
  static join(packages: string, version: string, port: number, name: string): Player {
    const program = path.join(__dirname, 'client.cjs');
    const child = spawn(process.execPath, [program, packages, version, String(port), name], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const player = new Player(child);
    createInterface({ input: child.stdout })
      .on('line', (line) => {
        player.#events.push(event.parse(JSON.parse(line)));
        player.#heard();
      })
      .on('close', () => {
        player.#ended = true;
        player.#heard();
      });
    return player;
  }

  /** Says something in the chat, or gives a command. */
  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** What happened next. Waits for it. @throws Error when the client ends before */
  async next(): Promise<PlayerEvent> {
    for (;;) {
      const next = this.#events.shift();
      if (next !== undefined) return next;
      if (this.#ended) throw new Error('The client ended.');
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  async leave(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
