import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { GameServer } from '../../../sandbox';
import { freePort } from '../../../src/cli/supervision/ports';
import type { Condition, PlannedServer } from './plan';

/** A change of a game server that was made between two instants (milliseconds since the epoch). */
export interface Turn {
  readonly from: number;
  readonly to: number;
  readonly condition: Condition;
  readonly players: number;
}

/** A game server that does what was planned, and remembers when. */
export class FleetServer {
  /** Oldest first; the first one is its start. */
  readonly turns: Turn[] = [];

  private constructor(
    readonly planned: PlannedServer,
    private readonly game: GameServer,
  ) {}

  static async start(planned: PlannedServer, taken: Set<number>): Promise<FleetServer> {
    // A port that no outgoing connection can get while nobody listens on it.
    const port = await freePort(undefined, taken);
    const game = await GameServer.start({ host: '127.0.0.1', port });
    const server = new FleetServer(planned, game);
    await server.turn(() => {
      game.fill(planned.players);
    });
    return server;
  }

  get port(): number {
    return this.game.state.port;
  }

  /** Lives through its plan. @param begun when the plan's time began, by `performance.now()` */
  async live(begun: number, signal: AbortSignal): Promise<void> {
    for (const act of this.planned.acts) {
      const wait = Math.max(0, begun + act.atMs - performance.now());
      await pause(wait, undefined, { signal });
      await this.turn(async () => {
        if ('become' in act) await this.game.become(act.become);
        else this.game.fill(act.fill);
      });
    }
  }

  stop(): Promise<void> {
    return this.game.become('stopped');
  }

  private async turn(change: () => void | Promise<void>): Promise<void> {
    const from = Date.now();
    await change();
    const { condition, players } = this.game.state;
    this.turns.push({ from, to: Date.now(), condition, players });
  }
}

/** All game servers of a run. */
export class Fleet {
  private readonly over = new AbortController();

  private constructor(readonly servers: readonly FleetServer[]) {}

  static async start(plan: readonly PlannedServer[]): Promise<Fleet> {
    const taken = new Set<number>();
    const servers: FleetServer[] = [];
    for (const planned of plan) servers.push(await FleetServer.start(planned, taken));
    return new Fleet(servers);
  }

  /** Resolves when all that was planned has happened. */
  async live(): Promise<void> {
    const begun = performance.now();
    setMaxListeners(this.servers.length, this.over.signal);
    await Promise.all(this.servers.map((server) => server.live(begun, this.over.signal)));
  }

  async stop(): Promise<void> {
    this.over.abort();
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}
