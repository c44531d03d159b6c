import type { SessionRow } from '../../world/model';
import type { World } from '../../world/world';
import type { Connection } from './connection';

/** How many events a session keeps for a replay. Beyond it, only a new session helps. */
const MOST_KEPT = 20_000;
/** How long a session outlives its connection, in milliseconds. */
export const RESUMABLE_FOR = 5 * 60_000;

/** One bot's logged-in session: its numbered events, kept until a heartbeat confirms them. */
export class Session {
  connection: Connection | null = null;
  /** When its connection was lost (ms since 1970); only meaningful without a connection. */
  lostAt: number;
  private kept: { seq: number; payload: string }[];

  constructor(
    private readonly world: World,
    readonly row: SessionRow,
  ) {
    this.kept = world.takeRestoredEvents(row.id);
    const last = this.kept.at(-1);
    if (last !== undefined && last.seq > row.seq) row.seq = last.seq;
    this.lostAt = world.now();
  }

  get id(): string {
    return this.row.id;
  }

  /** Whether it was lost so long ago that it cannot be resumed any more. */
  get expired(): boolean {
    return this.connection === null && this.world.now() - this.lostAt > RESUMABLE_FOR;
  }

  /** Whether the session asked for at least one of these intents; 0 asks for none. */
  wants(intents: number): boolean {
    return intents === 0 || (this.row.intents & intents) !== 0;
  }

  /** Whether the guild's events belong to this session's shard; direct messages are shard 0's. */
  serves(guildId: string | null): boolean {
    const { shard } = this.row;
    if (shard === null) return true;
    if (guildId === null) return shard[0] === 0;
    return Number((BigInt(guildId) >> 22n) % BigInt(shard[1])) === shard[0];
  }

  /** Numbers an event, keeps it and sends it if somebody is connected. */
  send(name: string, data: string): void {
    this.row.seq += 1;
    const seq = this.row.seq;
    const payload = `{"t":"${name}","s":${seq},"op":0,"d":${data}}`;
    this.kept.push({ seq, payload });
    if (this.kept.length > MOST_KEPT) this.kept = this.kept.slice(MOST_KEPT / 2);
    this.world.file?.append(['event', this.row.id, seq, payload]);
    this.connection?.send(payload);
  }

  /** The client has received everything up to this number: it need not be kept. */
  confirm(seq: number): void {
    if (seq <= this.row.confirmed || seq > this.row.seq) return;
    this.row.confirmed = seq;
    const first = this.kept.findIndex((event) => event.seq > seq);
    this.kept = first < 0 ? [] : this.kept.slice(first);
    this.world.sessions.touch(this.row.id);
  }

  /** Everything after this number, or undefined where some of it is not kept any more. */
  after(seq: number): string[] | undefined {
    if (seq > this.row.seq) return undefined;
    const first = this.kept[0]?.seq ?? this.row.seq + 1;
    if (seq + 1 < first) return undefined;
    return this.kept.filter((event) => event.seq > seq).map((event) => event.payload);
  }
}
