import type { DatagramQuestion, Heard } from '../datagrams';
import { description, NO_DETAILS, playerCount, versionName, type Details } from '../details';

/** Every unconnected message of RakNet carries it. */
const MAGIC = Buffer.from('00ffff00fefefefefdfdfdfd12345678', 'hex');
const PING = 0x01;
const PONG = 0x1c;
/** Pong: id, our time, the server's id, magic, the text's length. */
const PONG_TIME = 1;
const PONG_MAGIC = 17;
const PONG_TEXT = 35;

/**
 * RakNet's unconnected ping (https://minecraft.wiki/w/RakNet). What it calls the time is a number that
 * comes back as it was sent: it carries our own mark and which attempt this is.
 */
export class Ping implements DatagramQuestion<Details> {
  /** @param mark 4 random bytes, so that nobody answers who did not hear the question */
  constructor(private readonly mark: Buffer) {}

  ask(attempt: number): Buffer {
    const ping = Buffer.alloc(33);
    ping.writeUInt8(PING);
    this.mark.copy(ping, 1, 0, 4);
    ping.writeUInt32BE(attempt, 5);
    MAGIC.copy(ping, 9);
    this.mark.copy(ping, 25, 0, 4);
    return ping;
  }

  hear(pong: Buffer): Heard<Details> | undefined {
    if (pong.length < PONG_TEXT - 2 || pong[0] !== PONG) return undefined;
    if (!pong.subarray(PONG_MAGIC, PONG_MAGIC + MAGIC.length).equals(MAGIC)) return undefined;
    if (!pong.subarray(PONG_TIME, PONG_TIME + 4).equals(this.mark.subarray(0, 4))) return undefined;
    return {
      answer: readPong(pong.toString('utf8', PONG_TEXT)),
      attempt: pong.readUInt32BE(PONG_TIME + 4),
    };
  }
}

/**
 * Reads `MCPE;description;protocol;version;players;room;…`, where a backslash makes the semicolon after
 * it part of the text. A server that says something else is there all the same.
 */
export function readPong(text: string): Details {
  const [edition = '', motd = '', , version, players, maxPlayers] = fieldsOf(text);
  if (!/^MC[A-Z]{2}$/.test(edition)) return NO_DETAILS;
  return {
    players: playerCount(players),
    maxPlayers: playerCount(maxPlayers),
    version: versionName(version),
    motd: description(motd),
  };
}

function fieldsOf(text: string): string[] {
  return text.split(/(?<!\\);/, 7).map((field) => field.replace(/\\([;\\])/g, '$1'));
}
