/**
 * As much of Minecraft: Java Edition's protocol as the server list needs: a handshake, a status and a ping
 * (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping).
 */

/** One packet: its number, and what follows. */
export interface Packet {
  readonly id: number;
  readonly body: Buffer;
}

/** No client's packet of these is longer; who sends more is no client. */
const MOST_BYTES = 1_024;

/** A whole number in groups of seven bits, the lowest first. */
export function varInt(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** The number at an offset and the offset behind it; undefined while its end has not arrived. */
function readVarInt(data: Buffer, from: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = data[from + index];
    if (byte === undefined) return undefined;
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value: value >>> 0, next: from + index + 1 };
  }
  throw new Error('A number of the protocol has at most five bytes.');
}

/**
 * The first packet of what has arrived, and the rest; undefined while it is not whole.
 *
 * @throws Error when this is not the protocol
 */
export function readPacket(data: Buffer): { packet: Packet; rest: Buffer } | undefined {
  const length = readVarInt(data, 0);
  if (length === undefined) return undefined;
  if (length.value < 1 || length.value > MOST_BYTES) throw new Error('No packet is so long.');
  const end = length.next + length.value;
  if (data.length < end) return undefined;
  const id = readVarInt(data, length.next);
  if (id === undefined) return undefined;
  return {
    packet: { id: id.value, body: data.subarray(id.next, end) },
    rest: data.subarray(end),
  };
}

/** A packet as it is sent. */
export function writePacket({ id, body }: Packet): Buffer {
  const content = Buffer.concat([varInt(id), body]);
  return Buffer.concat([varInt(content.length), content]);
}

/** Text with its length in bytes before it. */
export function writeText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([varInt(bytes.length), bytes]);
}
