/** A line that is longer is no server's, and is left out. */
const LONGEST = 16_384;
const LINE_END = 0x0a;

export interface Line {
  readonly text: string;
  /** Where it begins in the file, in bytes. */
  readonly at: number;
}

/** Cuts bytes into whole lines. A character that is cut in two by a read is whole again in its line. */
export class Lines {
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param at where the next byte stands in the file */
  constructor(private at: number) {}

  *in(bytes: Buffer): Generator<Line> {
    let from = 0;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, from)) {
      this.#add(bytes.subarray(from, end));
      from = end + 1;
      const line = this.#line();
      if (line !== null) yield line;
    }
    // The bytes are read into again.
    this.#add(Buffer.from(bytes.subarray(from)));
  }

  #add(bytes: Buffer): void {
    this.#length += bytes.length;
    if (this.#length <= LONGEST) this.#pieces.push(bytes);
    else this.#pieces = [];
  }

  #line(): Line | null {
    const { at } = this;
    const isWhole = this.#length <= LONGEST;
    const text = isWhole ? Buffer.concat(this.#pieces).toString('utf8') : '';
    this.at += this.#length + 1;
    this.#pieces = [];
    this.#length = 0;
    return isWhole ? { text: text.replace(/\r$/, ''), at } : null;
  }
}
