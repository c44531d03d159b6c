import type { Dialogue } from '../conversation';
import { description, playerCount, versionName, type Details } from '../details';
import { ProbeFailure } from '../failure';
import { LEGACY_KICK } from './modern';

/** A server that speaks this cannot say more: the text's length is a 16-bit number of UTF-16 units. */
const HEADER = 3;
/** Before the fields of 1.4 to 1.6, all of which NUL separates. */
const FIELDS_FOLLOW = '§1\0';

/**
 * The server list ping of the versions before 1.7, in 1.6's form, whose beginning is that of the older
 * ones: beta 1.8 to 1.3 look at the first byte, 1.4 and 1.5 at the first two
 * (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping).
 */
export class LegacyStatus implements Dialogue<Details> {
  readonly opening: Buffer;
  #received = Buffer.alloc(0);

  constructor(host: string, port: number) {
    const channel = utf16('MC|PingHost');
    const name = utf16(host.slice(0, 255));
    const data = Buffer.concat([Buffer.from([LAST_LEGACY_PROTOCOL]), counted(name), int32(port)]);
    this.opening = Buffer.concat([
      Buffer.from([0xfe, 0x01, 0xfa]),
      counted(channel),
      int16(data.length),
      data,
    ]);
  }

  hear(bytes: Buffer): Details | undefined {
    this.#received = Buffer.concat([this.#received, bytes]);
    const received = this.#received;
    if (received[0] !== LEGACY_KICK) throw new ProbeFailure('protocol-error');
    if (received.length < HEADER) return undefined;
    const end = HEADER + received.readUInt16BE(1) * 2;
    if (received.length < end) return undefined;
    return readLegacyStatus(
      Buffer.from(received.subarray(HEADER, end)).swap16().toString('utf16le'),
    );
  }
}

/** Of 1.6.4. */
const LAST_LEGACY_PROTOCOL = 78;

/**
 * Reads what an old server says when it closes.
 *
 * @throws ProbeFailure `protocol-error` when it is a complaint and no status
 */
export function readLegacyStatus(text: string): Details {
  if (text.startsWith(FIELDS_FOLLOW)) {
    const [, version, motd = '', players, maxPlayers] = text
      .slice(FIELDS_FOLLOW.length)
      .split('\0');
    return details(motd, players, maxPlayers, versionName(version));
  }
  // Before 1.4: description, players and room, with section signs between them; the description of a
  // server that colours it all the same may hold some, too.
  const fields = text.split('§');
  const [players, maxPlayers] = fields.slice(-2);
  return details(fields.slice(0, -2).join('§'), players, maxPlayers, null);
}

function details(
  motd: string,
  players: string | undefined,
  maxPlayers: string | undefined,
  version: string | null,
): Details {
  const counted = { players: playerCount(players), maxPlayers: playerCount(maxPlayers) };
  if (counted.players === null || counted.maxPlayers === null) {
    throw new ProbeFailure('protocol-error');
  }
  return { ...counted, version, motd: description(motd) };
}

/** A text as the old protocol writes it: its number of units, then the units, big end first. */
function counted(text: Buffer): Buffer {
  return Buffer.concat([int16(text.length / 2), text]);
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
