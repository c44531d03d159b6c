import type { Dialogue } from '../conversation';
import { NO_DETAILS, type Details } from '../details';
import { ProbeFailure } from '../failure';
import { readStatus } from './status';
import { readVarInt, varInt, type VarInt } from './varint';

/** The packet that asks for the status and the one that brings it have this id. */
const STATUS = 0x00;
/** A handshake's wish: the status, not to play. */
const NEXT_STATUS = 1;
/** By convention the version of a client that asks in order to find out. */
const ANY_VERSION = -1;

/** A status of more bytes tells nothing but that the server is there; ordinary ones have up to 30,000. */
const MOST_DETAILS = 262_144;
/** Longer than any status, real or mad: such a length is a mistake or a lie. */
const MOST_LENGTH = 0x0f_ff_ff_ff;

const OPENING_BRACE = 0x7b;
const MOST_SPACES = 256;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** What a server from before 1.7 answers with, whatever it did not understand. */
export const LEGACY_KICK = 0xff;

/** The modern protocol's answer, or the news that somebody speaks the old one. */
export type ModernAnswer = Details | 'speaks-legacy';

/**
 * Handshake and status request, of 1.7 and everything since
 * (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping). There is no ping after it: the
 * status itself is a round trip, and some servers never answer the ping.
 */
export class ModernStatus implements Dialogue<ModernAnswer> {
  readonly opening: Buffer;
  readonly #parts: Buffer[] = [];
  #received = 0;
  #spokeLegacy = false;
  #header: Header | undefined;

  /** @param host the name the player would connect to, after SRV */
  constructor(host: string, port: number) {
    const name = Buffer.from(host.slice(0, 255), 'utf8');
    const portBytes = Buffer.alloc(2);
    portBytes.writeUInt16BE(port);
    const handshake = Buffer.concat([
      varInt(STATUS),
      varInt(ANY_VERSION),
      varInt(name.length),
      name,
      portBytes,
      varInt(NEXT_STATUS),
    ]);
    this.opening = Buffer.concat([varInt(handshake.length), handshake, varInt(1), varInt(STATUS)]);
  }

  /** Whether nothing was heard that a server from before 1.7 would not say. */
  get mayBeLegacy(): boolean {
    return this.#received === 0 || this.#spokeLegacy;
  }

  /** An answer that is too long for details is counted, not kept. */
  get isCounting(): boolean {
    return this.#header !== undefined && this.#header.end > MOST_DETAILS;
  }

  count(length: number): Details | undefined {
    this.#received += length;
    return this.#header !== undefined && this.#received >= this.#header.end
      ? NO_DETAILS
      : undefined;
  }

  hear(bytes: Buffer): ModernAnswer | undefined {
    this.#received += bytes.length;
    this.#parts.push(bytes);
    if (this.#header === undefined) {
      const beginning = this.#together();
      // A modern length may begin with the same byte; an old server goes on with a short text's length.
      if (beginning[0] === LEGACY_KICK && beginning[1] === 0) {
        this.#spokeLegacy = true;
        return 'speaks-legacy';
      }
      this.#header = readHeader(beginning);
    }
    if (this.#header === undefined) return undefined;
    if (this.isCounting) {
      this.#parts.length = 0;
      return this.count(0);
    }
    if (this.#received < this.#header.end) return undefined;
    return readStatus(this.#together().toString('utf8', this.#header.text, this.#header.end));
  }

  enough(): Details {
    if (this.#header === undefined) throw new ProbeFailure('protocol-error');
    return NO_DETAILS;
  }

  #together(): Buffer {
    const [first, ...rest] = this.#parts;
    if (first === undefined) return Buffer.alloc(0);
    if (rest.length === 0) return first;
    const all = Buffer.concat(this.#parts);
    this.#parts.length = 0;
    this.#parts.push(all);
    return all;
  }
}

/** Where the status' text begins and ends. */
interface Header {
  readonly text: number;
  readonly end: number;
}

/**
 * Reads the beginning of the answer, up to the brace that every status begins with.
 *
 * @returns `undefined` while it is not all there
 * @throws ProbeFailure `protocol-error` as soon as it cannot be one
 */
function readHeader(bytes: Buffer): Header | undefined {
  const length = number(bytes, 0);
  if (length === undefined) return undefined;
  if (length.value < 3 || length.value > MOST_LENGTH) throw new ProbeFailure('protocol-error');
  const id = number(bytes, length.end);
  if (id === undefined) return undefined;
  if (id.value !== STATUS) throw new ProbeFailure('protocol-error');
  const text = number(bytes, id.end);
  if (text === undefined) return undefined;
  const end = text.end + text.value;
  if (text.value < 2 || end > length.end + length.value) throw new ProbeFailure('protocol-error');
  for (let at = text.end; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === OPENING_BRACE) return { text: text.end, end };
    if (!SPACES.has(byte) || at > text.end + MOST_SPACES) throw new ProbeFailure('protocol-error');
  }
  return undefined;
}

function number(bytes: Buffer, at: number): VarInt | undefined {
  const read = readVarInt(bytes, at);
  if (read === 'invalid') throw new ProbeFailure('protocol-error');
  return read;
}
