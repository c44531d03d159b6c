import { loginVerdict } from '../../rcon/login';
import { Output } from '../../rcon/output';
import {
  COMMAND,
  DENIED,
  LOGIN,
  MalformedPacket,
  OUTPUT,
  packet,
  Packets,
  type Packet,
} from '../../rcon/packets';
import type { Dialogue, Say } from '../conversation';
import { ProbeFailure } from '../failure';

/** Each thing we say has its own id, which its answer repeats. */
const IDS = { login: 1, command: 2, end: 3 } as const;

/** Login, a command, and all of its output. */
export class RconSession implements Dialogue<string> {
  readonly opening: Buffer;
  readonly #packets = new Packets();
  readonly #output = new Output();
  #loggedIn = false;
  #askedForEnd = false;

  constructor(
    password: string,
    private readonly command: string,
  ) {
    this.opening = packet(IDS.login, LOGIN, password);
  }

  hear(bytes: Buffer, say: Say): string | undefined {
    try {
      for (const one of this.#packets.in(bytes)) {
        if (!this.#loggedIn) this.#hearLogin(one, say);
        else if (this.#hearOutput(one, say)) return this.#output.text;
      }
    } catch (error) {
      throw error instanceof MalformedPacket ? new ProbeFailure('protocol-error') : error;
    }
    return undefined;
  }

  /** Some servers do not answer the question after the output. */
  afterSilence(): string | undefined {
    return this.#output.begun ? this.#output.text : undefined;
  }

  #hearLogin(one: Packet, say: Say): void {
    const verdict = loginVerdict(one, IDS.login);
    if (verdict === 'denied') throw new ProbeFailure('wrong-answer');
    if (verdict === 'nonsense') throw new ProbeFailure('protocol-error');
    if (verdict === 'not-yet') return;
    this.#loggedIn = true;
    say(packet(IDS.command, COMMAND, this.command));
  }

  /** @returns whether the output is whole */
  #hearOutput({ id, body }: Packet, say: Say): boolean {
    if (id === DENIED) throw new ProbeFailure('wrong-answer');
    if (id === IDS.end) return true;
    if (id !== IDS.command) return false;
    if (this.#output.take(body)) return true;
    // Whether more follows is seen by the answer to a question after it. It is not sent with the
    // command: Minecraft's server reads one packet at a time and drops what came along with it.
    if (!this.#askedForEnd) say(packet(IDS.end, OUTPUT, ''));
    this.#askedForEnd = true;
    return false;
  }
}
