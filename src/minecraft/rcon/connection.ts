import type { Socket } from 'node:net';
import { dial } from '../probes/dial';
import type { TimeLimit } from '../probes/time-limit';
import { RconFailure, type RconFailureCode } from './failure';
import { loginVerdict } from './login';
import { Output } from './output';
import {
  COMMAND,
  DENIED,
  LOGIN,
  LONGEST,
  MalformedPacket,
  OUTPUT,
  packet,
  Packets,
  type Packet,
} from './packets';

/** Some servers do not answer the question after an output. Then nothing comes for so long. */
const SILENCE_MS = 1_000;
/** Ids are 32 bits with a sign, and negative ones mean refusal. */
const MOST_IDS = 0x7fff_ffff;

/** What is waited for: one packet after the other, until one is the last. */
interface Exchange {
  /** @returns whether that was all */
  hear(one: Packet): boolean;
  fail(error: Error): void;
}

/** One connection that is logged in. It takes one command at a time: Minecraft takes a read for a packet. */
export class RconConnection {
  readonly #packets = new Packets();
  readonly #socket: Socket;
  #id = 0;
  #exchange: Exchange | undefined;
  #received = 0;
  #loggedIn = false;
  #silence: NodeJS.Timeout | undefined;
  #open = true;
  #asksForEnd = false;
  #bearsQuestions: boolean;

  private constructor(socket: Socket, bearsQuestions: boolean) {
    this.#socket = socket;
    this.#bearsQuestions = bearsQuestions;
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (bytes: Buffer) => {
      this.#hear(bytes);
    });
    socket.on('error', (error) => {
      this.#end(new RconFailure('closed', { cause: error }));
    });
    for (const over of ['end', 'close']) {
      socket.on(over, () => {
        this.#end(new RconFailure('closed'));
      });
    }
  }

  /**
   * Connects and logs in.
   *
   * @param addresses IP addresses that may be asked, at least one
   * @param bearsQuestions whether it may be asked something that is no command
   * @throws RconFailure, ProbeFailure, or the socket's error; the connection is gone then
   */
  static async open(
    addresses: readonly string[],
    port: number,
    password: string,
    bearsQuestions: boolean,
    limit: TimeLimit,
  ): Promise<RconConnection> {
    const { socket } = await dial(addresses, port, limit);
    const connection = new RconConnection(socket, bearsQuestions);
    await connection.#logIn(password, limit);
    return connection;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether it may be asked something that is no command: not if it hung up on that, or kept silent. */
  get bearsQuestions(): boolean {
    return this.#bearsQuestions;
  }

  /**
   * @param command was checked by requireSendable
   * @returns all that the command put out
   * @throws RconFailure; the connection is gone then, so that no late answer is taken for another's
   */
  async ask(command: string, limit: TimeLimit): Promise<string> {
    const id = this.#nextId();
    const end = this.#nextId();
    const output = new Output();
    this.#asksForEnd = false;
    await this.#say(packet(id, COMMAND, command), limit, (one, done) => {
      if (one.id === DENIED) throw new RconFailure('wrong-password');
      if (one.id === end) return true;
      if (one.id !== id) return false;
      const isWhole = output.take(one.body);
      if (isWhole && !this.#asksForEnd) return true;
      // Whether more follows is seen by the answer to a question after it, which is not sent with the
      // command: Minecraft hangs up on two packets in one read. For the same reason that answer is
      // awaited before anything else is said.
      if (this.#bearsQuestions && !this.#asksForEnd) {
        this.#socket.write(packet(end, OUTPUT, ''));
        this.#asksForEnd = true;
      }
      this.#afterSilence(() => {
        if (this.#asksForEnd) this.#bearsQuestions = false;
        done();
      });
      return false;
    });
    this.#asksForEnd = false;
    return output.text;
  }

  close(): void {
    this.#end(new RconFailure('client-closed'));
  }

  async #logIn(password: string, limit: TimeLimit): Promise<void> {
    const id = this.#nextId();
    await this.#say(packet(id, LOGIN, password), limit, (one) => {
      const verdict = loginVerdict(one, id);
      if (verdict === 'denied') throw new RconFailure('wrong-password');
      if (verdict === 'nonsense') throw new RconFailure('protocol-error');
      return verdict === 'in';
    });
    this.#loggedIn = true;
  }

  #say(
    words: Buffer,
    limit: TimeLimit,
    hear: (one: Packet, done: () => void) => boolean,
  ): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let forget = (): unknown => undefined;
      const settle = (): void => {
        this.#exchange = undefined;
        this.#forgetSilence();
        forget();
      };
      const done = (): void => {
        settle();
        resolve();
      };
      this.#received = 0;
      this.#exchange = {
        hear: (one) => {
          const isWhole = hear(one, done);
          if (isWhole) done();
          return isWhole;
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      if (!this.#open) {
        this.#exchange.fail(new RconFailure('closed'));
        return;
      }
      this.#socket.write(words);
      forget = limit.onEnd(() => {
        this.#end(new RconFailure('timed-out'));
      });
    });
  }

  #hear(bytes: Buffer): void {
    this.#received += bytes.length;
    this.#silence?.refresh();
    try {
      for (const one of this.#packets.in(bytes)) this.#exchange?.hear(one);
      if (this.#exchange !== undefined && this.#received > LONGEST) this.#refuse('too-large');
    } catch (error) {
      // Before the login is answered, it is rather something else that speaks there.
      const isMalformed = error instanceof MalformedPacket;
      if (isMalformed && error.isTooLong && this.#loggedIn) this.#refuse('too-large');
      else if (isMalformed) this.#refuse('protocol-error');
      else this.#end(error instanceof Error ? error : new RconFailure('protocol-error'));
    }
  }

  #refuse(code: RconFailureCode): void {
    this.#end(new RconFailure(code));
  }

  #afterSilence(done: () => void): void {
    this.#forgetSilence();
    this.#silence = setTimeout(done, SILENCE_MS);
  }

  #forgetSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #end(error: Error): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#asksForEnd && isClosed(error)) this.#bearsQuestions = false;
    this.#exchange?.fail(error);
    this.#socket.destroy();
  }

  #nextId(): number {
    this.#id = this.#id >= MOST_IDS ? 1 : this.#id + 1;
    return this.#id;
  }
}

function isClosed(error: Error): boolean {
  return error instanceof RconFailure && error.code === 'closed';
}
