import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { ProbeFailure } from './failure';
import type { TimeLimit } from './time-limit';

/** When a question is asked again, in milliseconds after it was asked the time before; the last repeats. */
const AGAIN_AFTER_MS = [300, 500, 800];

/** One question over UDP and its answer. */
export interface DatagramQuestion<Answer> {
  /** @param attempt counted from 0; it must be told by the answer, since answers overtake each other */
  ask(attempt: number): Buffer;
  /**
   * @returns the answer and the attempt that it belongs to; `ask-again` for news that changes the
   *   question; `undefined` for a datagram that has nothing to do with it
   * @throws ProbeFailure when the server answered and refused
   */
  hear(datagram: Buffer): Heard<Answer> | 'ask-again' | undefined;
}

export interface Heard<Answer> {
  readonly answer: Answer;
  readonly attempt: number;
}

export interface DatagramAnswer<Answer> {
  readonly answer: Answer;
  /** From the question that was answered to its answer, in milliseconds. */
  readonly latencyMs: number;
}

/**
 * A UDP socket that sends to and hears from one server only. Datagrams get lost, so each question is
 * asked again until an answer comes or the time is over.
 */
export class Datagrams {
  readonly #socket: Socket;
  readonly #limit: TimeLimit;
  #hear: (datagram: Buffer, at: number) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #failure: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  #forget = (): unknown => undefined;

  private constructor(socket: Socket, limit: TimeLimit) {
    this.#socket = socket;
    this.#limit = limit;
    socket.on('message', (datagram) => {
      this.#hear(datagram, performance.now());
    });
    // The server's machine says that nothing listens there, or no way leads to it.
    socket.on('error', (error) => {
      this.#failure = error;
      this.#fail(error);
    });
  }

  /**
   * @param addresses IP addresses, at least one, checked by findAddresses; the first to which a way
   *   leads is taken
   * @throws ProbeFailure, or the socket's error
   */
  static async to(
    addresses: readonly string[],
    port: number,
    limit: TimeLimit,
  ): Promise<Datagrams> {
    const [address, ...others] = addresses;
    if (address === undefined) throw new ProbeFailure('name-not-found');
    const datagrams = new Datagrams(createSocket(isIPv6(address) ? 'udp6' : 'udp4'), limit);
    try {
      await limit.bound(datagrams.#connect(port, address));
      return datagrams;
    } catch (error) {
      datagrams.close();
      const other = await Datagrams.to(others, port, limit).catch(() => undefined);
      if (other === undefined) throw error;
      return other;
    }
  }

  /** @throws ProbeFailure `timed-out`, `protocol-error` when only nonsense came, or the socket's error */
  ask<Answer>(question: DatagramQuestion<Answer>): Promise<DatagramAnswer<Answer>> {
    return new Promise<DatagramAnswer<Answer>>((resolve, reject) => {
      const askedAt: number[] = [];
      let heardNonsense = false;
      this.#fail = reject;
      this.#hear = (datagram, at) => {
        try {
          const heard = question.hear(datagram);
          if (heard === 'ask-again') {
            askAgain();
            return;
          }
          const asked = heard && askedAt[heard.attempt];
          if (heard === undefined || asked === undefined) heardNonsense = true;
          else resolve({ answer: heard.answer, latencyMs: at - asked });
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const askAgain = (): void => {
        clearTimeout(this.#timer);
        const attempt = askedAt.length;
        askedAt.push(performance.now());
        this.#socket.send(question.ask(attempt));
        this.#timer = setTimeout(askAgain, AGAIN_AFTER_MS[attempt] ?? AGAIN_AFTER_MS.at(-1));
      };
      this.#forget = this.#limit.onEnd(() => {
        reject(new ProbeFailure(heardNonsense ? 'protocol-error' : 'timed-out'));
      });
      if (this.#failure !== undefined) reject(this.#failure);
      else askAgain();
    }).finally(() => {
      this.#rest();
    });
  }

  close(): void {
    this.#rest();
    this.#socket.close();
  }

  #connect(port: number, address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#socket.once('connect', resolve);
      this.#socket.connect(port, address);
    });
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#forget();
    this.#hear = () => undefined;
    this.#fail = () => undefined;
  }
}
