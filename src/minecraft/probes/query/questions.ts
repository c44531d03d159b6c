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

/** 11 bytes that mean nothing stand before the fields of the full statistics. */
const FULL_BEGINS = Buffer.from('splitnum\0\x80\0', 'latin1');

export class Challenge implements DatagramQuestion<Buffer> {
  constructor(private readonly session: number) {}

  ask(attempt: number): Buffer {
    return message(HANDSHAKE, this.session, attempt);
  }

  hear(datagram: Buffer): Heard<Buffer> | undefined {
    const attempt = attemptOf(datagram, HANDSHAKE, this.session);
    if (attempt === undefined) return undefined;
    return { answer: tokenOf(datagram.subarray(HEADER)), attempt };
  }
}

export class Statistics implements DatagramQuestion<Details> {
  readonly #newer: Challenge;
  #challenge: Buffer;

  constructor(
    private readonly session: number,
    challenge: Buffer,
  ) {
    this.#newer = new Challenge(session);
    this.#challenge = challenge;
  }

  ask(attempt: number): Buffer {
    const question = message(STATISTICS, this.session, attempt);
    // The four zero bytes in the end ask for the full statistics, which name the version.
    return Buffer.concat([question, this.#challenge, Buffer.alloc(4)]);
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

/** The number as it must be shown: four bytes. Nukkit sends these four, all others its digits. */
function tokenOf(challenge: Buffer): Buffer {
  const [digits] = /^-?\d{1,10}(?=\0|$)/.exec(challenge.toString('latin1')) ?? [];
  if (digits === undefined) {
    if (challenge.length !== 5 || challenge[4] !== 0) throw new ProbeFailure('protocol-error');
    return challenge.subarray(0, 4);
  }
  const token = Buffer.alloc(4);
  token.writeInt32BE(Number(digits) | 0);
  return token;
}

/** The full statistics, or the short ones, with which Nukkit answers all the same. */
function readStatistics(datagram: Buffer): Details {
  const content = datagram.subarray(HEADER);
  return content.subarray(0, FULL_BEGINS.length).equals(FULL_BEGINS)
    ? readFull(zeroTerminated(content.subarray(FULL_BEGINS.length)))
    : readShort(zeroTerminated(content));
}

/** Keys and values in turn, up to an empty key. */
function readFull(texts: readonly string[]): Details {
  const fields = new Map<string, string>();
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

/** Description, kind of game, map, players, room, and then the address. */
function readShort([motd = '', , , players, maxPlayers]: readonly string[]): Details {
  if (players === undefined) throw new ProbeFailure('protocol-error');
  return {
    players: playerCount(players),
    maxPlayers: playerCount(maxPlayers),
    version: null,
    motd: description(motd),
  };
}

/** Texts with a zero byte after each. Java's own server writes Latin-1, most others UTF-8. */
function zeroTerminated(content: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(0, at);
    const bytes = content.subarray(at, end < 0 ? content.length : end);
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
