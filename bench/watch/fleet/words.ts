/** What servers of the fleet say, as bytes of the Java edition's protocol; written apart from the probes. */

export function varInt(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value >>> 0; ; left >>>= 7) {
    if (left < 0x80) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}

/** A packet with its length before it. */
export function framed(id: number, content: Buffer): Buffer {
  const whole = Buffer.concat([varInt(id), content]);
  return Buffer.concat([varInt(whole.length), whole]);
}

/** A text with its length before it. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([varInt(bytes.length), bytes]);
}

export function statusPacket(json: string, id = 0): Buffer {
  return framed(id, text(json));
}

export function status(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    version: { name: 'Paper 1.21.4', protocol: 769 },
    enforcesSecureChat: true,
    description: { text: 'A ', extra: [{ text: 'Minecraft', color: 'green' }, ' server'] },
    ...more,
  });
}

export function players(online: number): { players: Readonly<Record<string, unknown>> } {
  return { players: { online, max: 100, sample: [] } };
}

/** An icon as servers have them: 64 by 64 pixels, some thousand characters. */
export function icon(characters: number): { favicon: string } {
  return { favicon: `data:image/png;base64,${'iVBORw0KGgo'.repeat(Math.ceil(characters / 11))}` };
}

/** What the peer hears: each packet that is whole, and the first byte of a question of the old kind. */
export type Question = 'handshake' | 'status' | 'ping' | 'legacy';

/** Takes the questions of a connection apart. */
export class Listener {
  #left: Buffer = Buffer.alloc(0);
  #packets = 0;

  *questions(bytes: Buffer): Generator<readonly [Question, packet: Buffer]> {
    this.#left = Buffer.concat([this.#left, bytes]);
    if (this.#packets === 0 && this.#left[0] === 0xfe) {
      yield ['legacy', this.#left];
      return;
    }
    for (;;) {
      // No client's packet here has more than 127 bytes but a handshake with a very long name.
      const [low = 0, high = 0] = this.#left;
      const header = low < 0x80 ? 1 : 2;
      const length = low < 0x80 ? low : (low & 0x7f) | (high << 7);
      if (this.#left.length < header || this.#left.length < header + length) return;
      const packet = this.#left.subarray(header, header + length);
      this.#left = this.#left.subarray(header + length);
      this.#packets += 1;
      if (this.#packets === 1) yield ['handshake', packet];
      else yield [packet[0] === 1 ? 'ping' : 'status', packet];
      if (this.#left.length === 0) return;
    }
  }
}
