/**
 * Minecraft cuts what a command puts out into packets: older versions after 4,096 bytes, newer ones after
 * 4,096 of Java's characters. Nothing in a packet says whether it is the last one.
 */
const CUT = 4_096;
/** Bytes that a Java character takes at most in UTF-8. */
const WIDEST = 3;

/** What a command puts out, piece by piece. */
export class Output {
  readonly #pieces: Buffer[] = [];

  /** @returns whether it is whole for certain; if not, a question after it shows its end */
  take(body: Buffer): boolean {
    this.#pieces.push(body);
    return !isFull(body);
  }

  get begun(): boolean {
    return this.#pieces.length > 0;
  }

  /** A character that was cut in two is joined again. */
  get text(): string {
    return Buffer.concat(this.#pieces).toString('utf8');
  }
}

function isFull(body: Buffer): boolean {
  if (body.length === CUT) return true;
  return body.length > CUT && body.length <= CUT * WIDEST && body.toString('utf8').length === CUT;
}
