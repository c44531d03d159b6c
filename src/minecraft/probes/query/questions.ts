import type { DatagramQuestion, Heard } from '../datagrams';
import { description, playerCount, versionName, type Details } from '../details';
import { ProbeFailure } from '../failure';

/**
 * The query protocol, GameSpy 4 as Minecraft speaks it (https://minecraft.wiki/w/Query): a challenge
 * number is fetched, and the question for the full statistics must show it. Each message carries a
 * session id that comes back; only the lower four bits of its bytes are used, so 16 bits are spread over
 * four bytes, half of our own and half telling the attempt.
 */
const MAGIC = 0xfefd;
const HANDSHAKE = 0x09;
const STATISTICS = 0x00;
const HEADER = 5;

/** Before the fields of the full statistics stand 11 bytes that mean nothing. */
const FIELDS = HEADER + 11;

export class Challenge implements DatagramQuestion<number> {
  constructor(private readonly session: number) {}

  ask(attempt: number): Buffer {
    return message(HANDSHAKE, this.session, attempt);
  }

  hear(datagram: Buffer): Heard<number> | undefined {
    const attempt = attemptOf(datagram, HANDSHAKE, this.session);
    if (attempt === undefined) return undefined;
    const number = Number.parseInt(datagram.toString('latin1', HEADER), 10);
    if (!Number.isInteger(number)) throw new ProbeFailure('protocol-error');
    return { answer: number | 0, attempt };
  }
}

export class Statistics implements DatagramQuestion<Details> {
  readonly #newer: Challenge;
  #challenge: number;

  constructor(
    private readonly session: number,
    challenge: number,
  ) {
    this.#newer = new Challenge(session);
    this.#challenge = challenge;
  }

  ask(attempt: number): Buffer {
    const proof = Buffer.alloc(8);
    proof.writeInt32BE(this.#challenge);
    // The four zero bytes after it ask for the full statistics, which name the version.
    return Buffer.concat([message(STATISTICS, this.session, attempt), proof]);
  }

  hear(datagram: Buffer): Heard<Details> | 'ask-again' | undefined {
    // A challenge that was asked for twice: only the newest number counts.
    const newer = this.#newer.hear(datagram);
    if (newer !== undefined) {
      this.#challenge = newer.answer;
      return 'ask-again';
    }
    const attempt = attemptOf(datagram, STATISTICS, this.session);
    if (attempt === undefined) return undefined;
    return { answer: readStatistics(datagram), attempt };
  }
}

function readStatistics(datagram: Buffer): Details {
  const fields = new Map<string, string>();
  const texts = zeroTerminated(datagram, FIELDS);
  for (let index = 0; index + 1 < texts.length; index += 2) {
    const [key = '', value = ''] = texts.slice(index, index + 2);
    if (key === '') break;
    fields.set(key, value);
  }
  if (fields.size === 0) throw new ProbeFailure('protocol-error');
  return {
    players: playerCount(fields.get('numplayers')),
    maxPlayers: playerCount(fields.get('maxplayers')),
    version: versionName(fields.get('version')),
    motd: description(fields.get('hostname') ?? ''),
  };
}

/** Texts with a zero byte after each. Java's own server writes Latin-1, most others UTF-8. */
function zeroTerminated(datagram: Buffer, from: number): string[] {
  const texts: string[] = [];
  for (let at = from; at < datagram.length;) {
    const end = datagram.indexOf(0, at);
    const bytes = datagram.subarray(at, end < 0 ? datagram.length : end);
    const utf8 = bytes.toString('utf8');
    texts.push(utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8);
    at += bytes.length + 1;
  }
  return texts;
}

function message(type: number, session: number, attempt: number): Buffer {
  const bytes = Buffer.alloc(3 + 4);
  bytes.writeUInt16BE(MAGIC);
  bytes.writeUInt8(type, 2);
  bytes.writeUInt32BE(sessionOf(session, attempt), 3);
  return bytes;
}

function attemptOf(datagram: Buffer, type: number, session: number): number | undefined {
  if (datagram.length < HEADER || datagram[0] !== type) return undefined;
  const id = datagram.readUInt32BE(1);
  for (let attempt = 0; attempt <= 0xff; attempt += 1) {
    if (id === sessionOf(session, attempt)) return attempt;
  }
  return undefined;
}

function sessionOf(session: number, attempt: number): number {
  return spread(((session & 0xff) << 8) | (attempt & 0xff));
}

/** Four bits to a byte. */
function spread(bits: number): number {
  return (
    ((bits & 0xf000) << 12) | ((bits & 0x0f00) << 8) | ((bits & 0x00f0) << 4) | (bits & 0x000f)
  );
}
