/**
 * Numbers as the Java edition's protocol writes them: 32 bits, seven to a byte, lowest first, the
 * highest bit says that more follow (https://minecraft.wiki/w/Java_Edition_protocol/Data_types).
 */

export interface VarInt {
  /** Signed. */
  readonly value: number;
  /** Where the next thing begins. */
  readonly end: number;
}

/**
 * @param at where it begins
 * @returns `undefined` when the bytes end before the number does; `'invalid'` when it has more than 5 bytes
 */
export function readVarInt(bytes: Buffer, at: number): VarInt | 'invalid' | undefined {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value |= (byte & 0x7f) << (7 * index);
    if ((byte & 0x80) === 0) return { value, end: at + index + 1 };
  }
  return 'invalid';
}

export function varInt(value: number): Buffer {
  const bytes: number[] = [];
  let left = value >>> 0;
  while (left > 0x7f) {
    bytes.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
}
