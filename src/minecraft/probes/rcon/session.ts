import type { Dialogue, Say } from '../conversation';
import { ProbeFailure } from '../failure';
import { COMMAND, DENIED, LOGIN, OUTPUT, packet, Packets, type Packet } from './packets';

/** Each thing we say has its own id, which its answer repeats. */
const IDS = { login: 1, command: 2, end: 3 } as const;

/** A packet with less text than this is the last one of its answer (Minecraft cuts at 4,096 bytes). */
const FULL = 4_096;

/** Login, a command, and all of its output. */
export class RconSession implements Dialogue<string> {
  readonly opening: Buffer;
  readonly #packets = new Packets();
  readonly #output: string[] = [];
  #loggedIn = false;
  #askedForEnd = false;

  constructor(
    password: string,
    private readonly command: string,
  ) {
    this.opening = packet({ id: IDS.login, type: LOGIN, body: password });
  }

  hear(bytes: Buffer, say: Say): string | undefined {
    for (const one of this.#packets.in(bytes)) {
      if (!this.#loggedIn) this.#hearLogin(one, say);
      else if (this.#hearOutput(one, say)) return this.#output.join('');
    }
    return undefined;
  }

  /** Some servers do not answer the question after the output. */
  afterSilence(): string | undefined {
    return this.#output.length > 0 ? this.#output.join('') : undefined;
  }

  #hearLogin({ id, type }: Packet, say: Say): void {
    if (id === DENIED) throw new ProbeFailure('wrong-answer');
    // Valve's own servers send an empty output before the verdict.
    if (id === IDS.login && type === OUTPUT) return;
    if (id !== IDS.login || type !== COMMAND) throw new ProbeFailure('protocol-error');
    this.#loggedIn = true;
    say(packet({ id: IDS.command, type: COMMAND, body: this.command }));
  }

  /** @returns whether the output is whole */
  #hearOutput({ id, body }: Packet, say: Say): boolean {
    if (id === DENIED) throw new ProbeFailure('wrong-answer');
    if (id === IDS.end) return true;
    if (id !== IDS.command) return false;
    this.#output.push(body);
    if (Buffer.byteLength(body) < FULL) return true;
    // Whether more follows is seen by the answer to a question after it. It is not sent with the
    // command: Minecraft's server reads one packet at a time and drops what came along with it.
    if (!this.#askedForEnd) say(packet({ id: IDS.end, type: OUTPUT, body: '' }));
    this.#askedForEnd = true;
    return false;
  }
}
