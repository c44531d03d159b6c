import type { Socket } from 'node:net';
import { ProbeFailure } from './failure';
import type { TimeLimit } from './time-limit';

/** No probe reads more from one server, in bytes. */
export const MOST_READ = 1_048_576;
/** A connection that brought so much is not read again: Node.js reads up to 64 KiB at a time. */
const ENOUGH = MOST_READ - 65_536;

/** How long nothing comes until a dialogue is told so, in milliseconds. */
const SILENCE_MS = 300;

export type Say = (bytes: Buffer) => void;

/** What is said over one connection, from our first word to the answer. */
export interface Dialogue<Answer> {
  /** Sent as soon as the connection stands. */
  readonly opening: Buffer;
  /**
   * Takes the next bytes in whatever pieces they come, and may say more.
   *
   * @returns the answer, once it is whole
   * @throws ProbeFailure when it will never be
   */
  hear(bytes: Buffer, say: Say): Answer | undefined;
  /** The answer, if it is whole as soon as nothing more comes for a while. */
  afterSilence?(): Answer | undefined;
  /** What to make of an answer that is not whole after all that a probe reads; without it, `too-large`. */
  enough?(): Answer;
}

export interface Told<Answer> {
  readonly answer: Answer;
  /** From our last word to the first byte of what was answered to it, in milliseconds. */
  readonly latencyMs: number;
}

/**
 * Holds a dialogue over a connection and closes it.
 *
 * @throws ProbeFailure, or the socket's error
 */
export function converse<Answer>(
  socket: Socket,
  dialogue: Dialogue<Answer>,
  limit: TimeLimit,
): Promise<Told<Answer>> {
  return new Promise((resolve, reject) => {
    new Conversation(socket, dialogue, resolve, reject).begin(limit);
  });
}

/**
 * When bytes came is noted at once, and they are read when the event loop has seen to all connections
 * that have some: otherwise one server's parsing would count in the next one's latency.
 */
class Conversation<Answer> {
  readonly #waiting: Buffer[] = [];
  #received = 0;
  #saidAt = 0;
  /** `undefined` while our last word is unanswered. */
  #latencyMs: number | undefined;
  #willRead = false;
  #over = false;
  #ending: Error | undefined;
  #silence: NodeJS.Timeout | undefined;
  #forget = (): unknown => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly dialogue: Dialogue<Answer>,
    private readonly resolve: (told: Told<Answer>) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  begin(limit: TimeLimit): void {
    this.socket.on('data', (bytes: Buffer) => {
      this.#latencyMs ??= performance.now() - this.#saidAt;
      this.#waiting.push(bytes);
      this.#received += bytes.length;
      if (this.#received > ENOUGH) this.socket.destroy();
      this.#readSoon();
    });
    this.socket.on('error', (error) => {
      this.#endWith(error);
    });
    this.socket.on('close', () => {
      this.#endWith(new ProbeFailure('closed-early'));
    });
    this.#forget = limit.onEnd(() => {
      // What came in the last moment has come in time.
      this.#ending ??= new ProbeFailure('timed-out');
      this.#read();
    });
    if (!this.#over) this.#say(this.dialogue.opening);
  }

  readonly #say = (bytes: Buffer): void => {
    this.#latencyMs = undefined;
    this.#saidAt = performance.now();
    this.socket.write(bytes);
  };

  #endWith(error: Error): void {
    this.#ending ??= error;
    this.#readSoon();
  }

  #readSoon(): void {
    if (this.#willRead || this.#over) return;
    this.#willRead = true;
    setImmediate(() => {
      this.#willRead = false;
      this.#read();
    });
  }

  #read(): void {
    if (this.#over) return;
    try {
      const told = this.#hearAll();
      if (told !== undefined) {
        this.#close();
        this.resolve(told);
      } else if (this.#ending !== undefined) {
        throw this.#ending;
      }
    } catch (error) {
      this.#close();
      this.reject(error);
    }
  }

  #hearAll(): Told<Answer> | undefined {
    for (let bytes = this.#waiting.shift(); bytes !== undefined; bytes = this.#waiting.shift()) {
      const latencyMs = this.#latencyMs ?? 0;
      const answer = this.dialogue.hear(bytes, this.#say);
      if (answer !== undefined) return { answer, latencyMs };
    }
    if (this.#received <= ENOUGH) {
      this.#waitForSilence();
      return undefined;
    }
    if (this.dialogue.enough === undefined) throw new ProbeFailure('too-large');
    return { answer: this.dialogue.enough(), latencyMs: this.#latencyMs ?? 0 };
  }

  #waitForSilence(): void {
    if (this.dialogue.afterSilence === undefined) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      const answer = this.dialogue.afterSilence?.();
      if (answer === undefined || this.#over) return;
      this.#close();
      this.resolve({ answer, latencyMs: this.#latencyMs ?? 0 });
    }, SILENCE_MS);
  }

  #close(): void {
    this.#over = true;
    clearTimeout(this.#silence);
    this.#forget();
    this.socket.destroy();
  }
}
