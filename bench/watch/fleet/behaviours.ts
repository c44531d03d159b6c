import type { Socket } from 'node:net';
import type { PeerKind } from './kinds';
import { framed, icon, players, status, statusPacket, varInt } from './words';

/** What a peer was drawn to be like. */
export interface Character {
  readonly players: number;
  /** Before it answers, in milliseconds. */
  readonly delayMs: number;
}

/** One connection of a peer that was asked for its status. */
export interface Asked {
  readonly socket: Socket;
  readonly character: Character;
  /** Sends bytes; the first ones are the answer's beginning. */
  readonly say: (bytes: Buffer) => void;
  /** Does something later, unless the connection is gone by then. */
  readonly later: (ms: number, what: () => void) => void;
}

type Behaviour = (asked: Asked) => void;

/** How often a dripping peer sends a byte or a piece, in milliseconds. */
const DRIP_MS = 50;
/** How long the peer that is just fast enough takes for the whole answer. */
const DRIPS_FOR_MS = 1_500;

const whole = ({ players: online }: Character): Buffer =>
  statusPacket(status({ ...players(online), ...icon(6_000) }));

const afterDelay: Behaviour = ({ character, say, later }) => {
  later(character.delayMs, () => {
    say(whole(character));
  });
};

let enormous: Buffer | undefined;
/** Made once: every peer sends the same 4 MiB. */
const fourMebibytes = (): Buffer => {
  enormous ??= statusPacket(status({ ...players(1), ...icon(4 * 1_048_576) }));
  return enormous;
};

const html = Buffer.from(
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body><h1>400 Bad Request</h1></body></html>\r\n',
);

export const BEHAVIOURS: Readonly<Record<Exclude<PeerKind, 'refuses'>, Behaviour>> = {
  'answers at once': afterDelay,
  'answers after 0.2 to 2 s': afterDelay,
  'sends no pong': afterDelay,
  'has no players': ({ say }) => {
    say(statusPacket(status({})));
  },
  'answers 4 MiB': ({ say }) => {
    say(fourMebibytes());
  },
  'drips just fast enough': ({ character, say, later }) => {
    const answer = whole(character);
    const piece = Math.ceil(answer.length / (DRIPS_FOR_MS / DRIP_MS));
    for (let at = 0, turn = 0; at < answer.length; at += piece, turn += 1) {
      const from = at;
      later(turn * DRIP_MS, () => {
        say(answer.subarray(from, from + piece));
      });
    }
  },
  'drips for ever': ({ character, say, later }) => {
    const answer = whole(character);
    const drip = (at: number): void => {
      say(answer.subarray(at, at + 1));
      later(DRIP_MS, () => {
        drip(at + 1);
      });
    };
    drip(0);
  },
  'never answers': () => undefined,
  resets: ({ socket }) => {
    socket.resetAndDestroy();
  },
  'closes early': ({ socket }) => {
    socket.end();
  },
  'closes half-way': ({ socket, character, say }) => {
    const answer = whole(character);
    say(answer.subarray(0, answer.length / 2));
    socket.end();
  },
  'is not JSON': ({ say }) => {
    say(statusPacket('{"version": {"name": "Paper", players: none}'));
  },
  'speaks HTML': ({ socket, say }) => {
    say(html);
    socket.end();
  },
  'has the wrong packet id': ({ character, say }) => {
    say(statusPacket(status(players(character.players)), 0x27));
  },
  'lies about its length': ({ socket, character, say, later }) => {
    const json = Buffer.from(status(players(character.players)));
    say(Buffer.concat([varInt(json.length + 501), varInt(0), varInt(json.length + 498), json]));
    later(500, () => {
      socket.end();
    });
  },
  'claims 2 GiB': ({ character, say }) => {
    const { length } = framed(0, Buffer.alloc(0));
    const claim = Buffer.concat([varInt(0x7f_ff_ff_ff), varInt(0), varInt(0x7f_ff_ff_00 - length)]);
    say(Buffer.concat([claim, Buffer.from(status(players(character.players)))]));
  },
};
