/**
 * Valve's RCON as Minecraft speaks it (https://developer.valvesoftware.com/wiki/Source_RCON_Protocol,
 * https://minecraft.wiki/w/RCON): length, id and type in 32 bits, lowest byte first, a text, two zero
 * bytes. The length counts what follows it.
 */
export interface Packet {
  readonly id: number;
  readonly type: number;
  /** UTF-8; a character may be cut where an answer comes in several packets. */
  readonly body: Buffer;
}

export const LOGIN = 3;
export const COMMAND = 2;
/** What answers a command. */
export const OUTPUT = 0;
/** The id of the answer to a wrong password. */
export const DENIED = -1;

/** Nobody reads more of one answer, in bytes. */
export const LONGEST = 1_048_576;

/** Id and type. */
const NUMBERS = 8;

/** What came is not this protocol, or far more than is read. */
export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
  readonly isTooLong: boolean;

  constructor(length: number) {
    super(`No RCON packet has a length of ${length}`);
    this.isTooLong = length > LONGEST;
  }
}

export function packet(id: number, type: number, text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(4 + NUMBERS + body.length + 2);
  bytes.writeInt32LE(bytes.length - 4, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(type, 8);
  body.copy(bytes, 12);
  return bytes;
}

/** Cuts a stream of bytes into packets. */
export class Packets {
  #pieces: Buffer[] = [];
  #waiting = 0;
  /** So many bytes are needed before there is anything to cut. */
  #wanted = 4;

  /** @throws MalformedPacket for a length that cannot be one */
  *in(bytes: Buffer): Generator<Packet> {
    this.#pieces.push(bytes);
    this.#waiting += bytes.length;
    while (this.#waiting >= this.#wanted) {
      const all = this.#join();
      const length = all.readInt32LE(0);
      if (length < NUMBERS || length > LONGEST) throw new MalformedPacket(length);
      this.#wanted = 4 + length;
      if (this.#waiting < this.#wanted) return;
      const one = all.subarray(4, this.#wanted);
      this.#leave(all.subarray(this.#wanted));
      yield { id: one.readInt32LE(0), type: one.readInt32LE(4), body: bodyOf(one) };
    }
  }

  #join(): Buffer {
    const [first] = this.#pieces;
    const all =
      first !== undefined && this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }

  #leave(rest: Buffer): void {
    this.#pieces = [rest];
    this.#waiting = rest.length;
    this.#wanted = 4;
  }
}

/** Up to the first zero byte: some servers send one zero byte where two belong. */
function bodyOf(one: Buffer): Buffer {
  const end = one.indexOf(0, NUMBERS);
  return one.subarray(NUMBERS, end < 0 ? one.length : end);
}
