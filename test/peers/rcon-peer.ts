import type { Socket } from 'node:net';
import { startTcpPeer, type TcpPeer } from './tcp-peer';

/** How long packets may be that Minecraft reads, with their length. */
const READ_AT_ONCE = 1_460;
const CUT = 4_096;

const LOGIN = 3;
const COMMAND = 2;
const OUTPUT = 0;

export interface Heard {
  readonly id: number;
  readonly type: number;
  readonly text: string;
}

export interface RconPeerOptions {
  /** To listen on; default: one that is free. */
  readonly port?: number;
  /** Default: `correct horse`. It is asked at each login. */
  readonly password?: () => string;
  /** What a command puts out; `undefined`: it is never answered. Default: the command itself. */
  readonly run?: (command: string) => string | undefined | Promise<string | undefined>;
  /** Into pieces of what an answer is cut: newer versions cut characters. */
  readonly cuts?: 'characters' | 'bytes' | 'nothing';
  /** Whether it answers a question that is no command. */
  readonly answersAnything?: boolean;
  /** Zero bytes at the end of the login's answer. */
  readonly loginZeros?: number;
  /** Does something else with what it heard. @returns whether it did */
  readonly instead?: (heard: Heard, socket: Socket) => boolean;
  /** How bytes go out; default: at once. */
  readonly write?: (socket: Socket, bytes: Buffer) => void;
}

export interface RconPeer extends TcpPeer {
  /** Commands that were carried out, in order. */
  readonly commands: readonly string[];
  readonly logins: number;
  /** Reads that brought less or more than one packet, upon which Minecraft hangs up. */
  readonly hungUp: number;
}

export const RCON_PASSWORD = 'correct horse';

export function rconPacket(id: number, type: number, body: Buffer | string, zeros = 2): Buffer {
  const text = Buffer.from(body);
  const bytes = Buffer.alloc(12 + text.length + zeros);
  bytes.writeInt32LE(bytes.length - 4, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(type, 8);
  text.copy(bytes, 12);
  return bytes;
}

/** Minecraft's own RCON: it takes what one read brings for one packet, one after the other. */
export async function startRconPeer(options: RconPeerOptions = {}): Promise<RconPeer> {
  const commands: string[] = [];
  const counts = { logins: 0, hungUp: 0 };
  const tcp = await startTcpPeer((socket) => {
    const session = new Session(socket, options, commands, counts);
    socket.on('data', (bytes: Buffer) => {
      session.read(bytes);
    });
  }, options.port);
  return {
    get port() {
      return tcp.port;
    },
    get connections() {
      return tcp.connections;
    },
    get logins() {
      return counts.logins;
    },
    get hungUp() {
      return counts.hungUp;
    },
    commands,
    untilAlone: () => tcp.untilAlone(),
    stop: () => tcp.stop(),
  };
}

class Session {
  #loggedIn = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: RconPeerOptions,
    private readonly commands: string[],
    private readonly counts: { logins: number; hungUp: number },
  ) {}

  read(bytes: Buffer): void {
    if (
      bytes.length > READ_AT_ONCE ||
      bytes.length < 14 ||
      bytes.readInt32LE(0) !== bytes.length - 4
    ) {
      this.counts.hungUp += 1;
      this.socket.destroy();
      return;
    }
    const end = bytes.indexOf(0, 12);
    const heard = {
      id: bytes.readInt32LE(4),
      type: bytes.readInt32LE(8),
      text: bytes.toString('utf8', 12, end),
    };
    if (this.options.instead?.(heard, this.socket) !== true) this.#hear(heard);
  }

  #hear({ id, type, text }: Heard): void {
    const { password = () => RCON_PASSWORD, loginZeros, answersAnything = true } = this.options;
    if (type === LOGIN) {
      this.#loggedIn = text === password();
      if (this.#loggedIn) this.counts.logins += 1;
      this.#say(rconPacket(this.#loggedIn ? id : -1, COMMAND, '', loginZeros));
    } else if (type === COMMAND && this.#loggedIn) {
      this.commands.push(text);
      void this.#run(id, text);
    } else if (type === COMMAND) this.#say(rconPacket(-1, COMMAND, ''));
    else if (answersAnything) {
      this.#say(rconPacket(id, OUTPUT, `Unknown request ${type.toString(16)}`));
    }
  }

  async #run(id: number, command: string): Promise<void> {
    const { run = (said: string) => said, cuts = 'characters' } = this.options;
    const output = await run(command);
    if (output === undefined) return;
    for (const piece of pieces(output, cuts)) this.#say(rconPacket(id, OUTPUT, piece));
  }

  #say(bytes: Buffer): void {
    if (this.socket.destroyed) return;
    if (this.options.write === undefined) this.socket.write(bytes);
    else this.options.write(this.socket, bytes);
  }
}

function pieces(output: string, cuts: 'characters' | 'bytes' | 'nothing'): readonly Buffer[] {
  const whole = Buffer.from(output);
  if (cuts === 'nothing') return [whole];
  const length = cuts === 'bytes' ? whole.length : output.length;
  const found: Buffer[] = [];
  for (let at = 0; at === 0 || at < length; at += CUT) {
    found.push(
      cuts === 'bytes' ? whole.subarray(at, at + CUT) : Buffer.from(output.slice(at, at + CUT)),
    );
  }
  return found;
}
