import { ProbeFailure } from '../failure';

/**
 * Valve's RCON as Minecraft speaks it (https://developer.valvesoftware.com/wiki/Source_RCON_Protocol,
 * https://minecraft.wiki/w/RCON): length, id and type in 32 bits, lowest byte first, a text, two zero
 * bytes. The length counts what follows it.
 */
export interface Packet {
  readonly id: number;
  readonly type: number;
  readonly body: string;
}

export const LOGIN = 3;
export const COMMAND = 2;
/** What answers a command. */
export const OUTPUT = 0;
/** The id of the answer to a wrong password. */
export const DENIED = -1;

/** Id and type. */
const NUMBERS = 8;
/** Minecraft's own answers have at most 4,096 bytes of text; others send more at once. */
const LONGEST = 1_048_576;

export function packet({ id, type, body }: Packet): Buffer {
  const text = Buffer.from(body, 'utf8');
  const bytes = Buffer.alloc(4 + NUMBERS + text.length + 2);
  bytes.writeInt32LE(bytes.length - 4, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(type, 8);
  text.copy(bytes, 12);
  return bytes;
}

/** Cuts a stream of bytes into packets. */
export class Packets {
  #left: Buffer = Buffer.alloc(0);

  /** @throws ProbeFailure `protocol-error` for a length that cannot be one */
  *in(bytes: Buffer): Generator<Packet> {
    this.#left = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
    while (this.#left.length >= 4) {
      const length = this.#left.readInt32LE(0);
      if (length < NUMBERS || length > LONGEST) throw new ProbeFailure('protocol-error');
      if (this.#left.length < 4 + length) return;
      const one = this.#left.subarray(4, 4 + length);
      this.#left = this.#left.subarray(4 + length);
      yield {
        id: one.readInt32LE(0),
        type: one.readInt32LE(4),
        body: textOf(one.subarray(NUMBERS)),
      };
    }
  }
}

/** Up to the first zero byte: some servers send one zero byte where two belong. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}
