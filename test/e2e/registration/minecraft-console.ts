import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import {
  COMMAND,
  DENIED,
  LOGIN,
  OUTPUT,
  packet,
  Packets,
} from '../../../src/minecraft/rcon/packets';

/** Somebody in the game. */
interface Present {
  readonly name: string;
  readonly uuid: string;
  /** What the game showed them. */
  readonly read: string[];
  /** Of their trigger; `null`: not enabled. */
  score: number | null;
}

/**
 * The part of Minecraft's console that registrations need, by RCON, with the words of version 1.21. It answers
 * as the game does: a trigger can be set once, by a player for whom it was enabled.
 */
export class MinecraftConsole {
  readonly whitelist = new Set<string>();
  readonly #players = new Map<string, Present>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(readonly password: string) {}

  get port(): number {
    return this.#port;
  }

  /** Starts it, after a stop on the same port. */
  async start(): Promise<void> {
    const server = createServer((socket) => {
      this.#serve(socket);
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.#port = address.port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.close();
    await once(server, 'close');
  }

  join(name: string, uuid: string): void {
    this.#players.set(name.toLowerCase(), { name, uuid, read: [], score: null });
  }

  /** What a player read. */
  readBy(name: string): readonly string[] {
    return this.#players.get(name.toLowerCase())?.read ?? [];
  }

  /** A player types /trigger. @returns whether the game let them */
  trigger(name: string, score: number): boolean {
    const player = this.#players.get(name.toLowerCase());
    if (player?.score !== 0) return false;
    player.score = score;
    return true;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const packets = new Packets();
    let isIn = false;
    socket.on('data', (bytes) => {
      for (const { id, type, body } of packets.in(bytes)) {
        if (type === LOGIN) {
          isIn = body.toString() === this.password;
          socket.write(packet(isIn ? id : DENIED, COMMAND, ''));
        } else if (!isIn) socket.destroy();
        else {
          const known = type === COMMAND;
          socket.write(
            packet(id, OUTPUT, known ? this.#run(body.toString()) : `Unknown request ${type}`),
          );
        }
      }
    });
  }

  #run(command: string): string {
    const words = command.split(' ');
    const [what = '', which = '', third = '', fourth = ''] = words;
    if (what === 'whitelist') return this.#list(which, third);
    if (what === 'list') {
      const all = [...this.#players.values()].map(({ name: one, uuid }) => `${one} (${uuid})`);
      return `There are ${all.length} of a max of 20 players online: ${all.join(', ')}`;
    }
    if (what === 'data') return this.#uuidOf(fourth);
    if (what === 'tellraw') {
      const player = this.#players.get(which.toLowerCase());
      player?.read.push(words.slice(2).join(' '));
      return player === undefined ? 'No player was found' : '';
    }
    if (what === 'scoreboard' && which === 'objectives') return `Created new objective [${fourth}]`;
    if (what === 'scoreboard') return this.#score(third, fourth, words[4] ?? '');
    return 'Unknown or incomplete command, see below for error';
  }

  #list(change: string, name: string): string {
    if (change === 'list') {
      const all = [...this.whitelist];
      return all.length === 0
        ? 'There are no whitelisted players'
        : `There are ${all.length} whitelisted player(s): ${all.join(', ')}`;
    }
    if (change === 'add') {
      if (this.whitelist.has(name)) return 'Player is already whitelisted';
      this.whitelist.add(name);
      return `Added ${name} to the whitelist`;
    }
    return this.whitelist.delete(name)
      ? `Removed ${name} from the whitelist`
      : 'Player is not whitelisted';
  }

  #uuidOf(name: string): string {
    const player = this.#players.get(name.toLowerCase());
    if (player === undefined) return 'No entity was found';
    const bytes = Buffer.from(player.uuid.replaceAll('-', ''), 'hex');
    const ints = [0, 4, 8, 12].map((at) => bytes.readInt32BE(at));
    return `${player.name} has the following entity data: [I; ${ints.join(', ')}]`;
  }

  #score(change: string, name: string, objective: string): string {
    const player = this.#players.get(name.toLowerCase());
    if (player === undefined) return `Can't get value of ${objective} for ${name}; none is set`;
    switch (change) {
      case 'enable':
        player.score ??= 0;
        return `Enabled trigger [${objective}] for ${player.name}`;
      case 'get':
        return player.score === null
          ? `Can't get value of ${objective} for ${player.name}; none is set`
          : `${player.name} has ${player.score} [${objective}]`;
      default:
        player.score = null;
        return `Reset [${objective}] for ${player.name}`;
    }
  }
}
