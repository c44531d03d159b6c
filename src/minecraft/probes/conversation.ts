import type { Socket } from 'node:net';
import { dial } from './dial';
import { ProbeFailure } from './failure';
import type { TimeLimit } from './time-limit';

/** No probe reads more from one server, in bytes. */
export const MOST_READ = 1_048_576;
/** All connections read into the same bytes, one after the other; what is kept is copied. */
const READ_AT_A_TIME = 65_536;
/** A connection that brought so much is not read again. */
const ENOUGH = MOST_READ - READ_AT_A_TIME;

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
  /** Takes bytes that it does not want to see, only to count; for as long as it `isCounting`. */
  count?(length: number): Answer | undefined;
  readonly isCounting?: boolean;
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

let shared: Buffer | undefined;

/**
 * Connects, holds a dialogue and hangs up.
 *
 * @param addresses IP addresses, checked by findAddresses
 * @throws ProbeFailure, or the socket's error
 */
export async function converse<Answer>(
  addresses: readonly string[],
  port: number,
  dialogue: Dialogue<Answer>,
  limit: TimeLimit,
): Promise<Told<Answer>> {
  const conversation = new Conversation(dialogue);
  const buffer = (shared ??= Buffer.allocUnsafeSlow(READ_AT_A_TIME));
  const { socket } = await dial(addresses, port, limit, {
    buffer,
    callback: (length) => conversation.take(buffer.subarray(0, length)),
  });
  return conversation.begin(socket, limit);
}

/**
 * When bytes came is noted at once, and they are read when the event loop has seen to all connections
 * that have some: otherwise one server's parsing would count in the next one's latency.
 */
class Conversation<Answer> {
  readonly #waiting: Buffer[] = [];
  #socket: Socket | undefined;
  #resolve: (told: Told<Answer>) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #received = 0;
  #saidAt = 0;
  /** `undefined` while our last word is unanswered. */
  #latencyMs: number | undefined;
  #willRead = false;
  #over = false;
  #ending: Error | undefined;
  #silence: NodeJS.Timeout | undefined;
  #forget = (): unknown => undefined;

  constructor(private readonly dialogue: Dialogue<Answer>) {}

  begin(socket: Socket, limit: TimeLimit): Promise<Told<Answer>> {
    this.#socket = socket;
    socket.on('error', (error) => {
      this.#endWith(error);
    });
    socket.on('close', () => {
      this.#endWith(new ProbeFailure('closed-early'));
    });
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#forget = limit.onEnd(() => {
        // What came in the last moment has come in time.
        this.#ending ??= new ProbeFailure('timed-out');
        this.#read();
      });
      if (!this.#over) this.#say(this.dialogue.opening);
    });
  }

  /**
   * @param bytes are others' as soon as this returns
   * @returns whether more are wanted
   */
  take(bytes: Buffer): boolean {
    if (this.#over) return false;
    this.#latencyMs ??= performance.now() - this.#saidAt;
    this.#received += bytes.length;
    if (this.dialogue.isCounting === true) this.#tell(this.dialogue.count?.(bytes.length));
    else this.#waiting.push(Buffer.from(bytes));
    this.#readSoon();
    return this.#received <= ENOUGH;
  }

  readonly #say = (bytes: Buffer): void => {
    this.#latencyMs = undefined;
    this.#saidAt = performance.now();
    this.#socket?.write(bytes);
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
      if (!this.#hearAll() && this.#ending !== undefined) throw this.#ending;
    } catch (error) {
      this.#close();
      this.#reject(error);
    }
  }

  /** @returns whether that was the answer */
  #hearAll(): boolean {
    for (let bytes = this.#waiting.shift(); bytes !== undefined; bytes = this.#waiting.shift()) {
      const { isCounting = false } = this.dialogue;
      const answer = isCounting
        ? this.dialogue.count?.(bytes.length)
        : this.dialogue.hear(bytes, this.#say);
      if (this.#tell(answer)) return true;
    }
    if (this.#received > ENOUGH) {
      if (this.dialogue.enough === undefined) throw new ProbeFailure('too-large');
      return this.#tell(this.dialogue.enough());
    }
    this.#waitForSilence();
    return false;
  }

  #waitForSilence(): void {
    if (this.dialogue.afterSilence === undefined) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#tell(this.dialogue.afterSilence?.());
    }, SILENCE_MS);
  }

  #tell(answer: Answer | undefined): boolean {
    if (answer === undefined) return false;
    this.#close();
    this.#resolve({ answer, latencyMs: this.#latencyMs ?? 0 });
    return true;
  }

  #close(): void {
    this.#over = true;
    clearTimeout(this.#silence);
    this.#forget();
    this.#socket?.destroy();
  }
}
