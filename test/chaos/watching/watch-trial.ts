import { setTimeout as pause } from 'node:timers/promises';
import {
  DEMO,
  demoSeed,
  startLocalDiscord,
  type Driver,
  type LocalDiscord,
  type WorldSeed,
} from '../../../sandbox';
import { Castle } from '../castle/castle';
import { untilAtRest } from '../castle/rest';
import { ALERTS_CHANNEL, BOARD_CHANNEL, PUBLIC_CHANNEL, watchConfiguration } from './configuration';
import { Fleet } from './fleet';
import { ALERTS_ID, BOARD_ID, PUBLIC_ID, statusChannelId } from './places';
import type { PlannedServer } from './plan';
import { underWay } from './under-way';

/** A Discord that forgets nothing of a whole run. */
const JOURNAL_LIMIT = 5_000_000;

/** Game servers, a Discord and the product that watches the servers. */
export class WatchTrial {
  private constructor(
    private readonly discord: LocalDiscord,
    readonly fleet: Fleet,
    readonly castle: Castle,
  ) {}

  /** Starts everything; each server was looked at once. */
  static async begin(plan: readonly PlannedServer[]): Promise<WatchTrial> {
    const fleet = await Fleet.start(plan);
    const discord = await startLocalDiscord({
      journalLimit: JOURNAL_LIMIT,
      seed: seedFor(plan),
    });
    const castle = Castle.plan(discord, watchConfiguration(fleet.servers));
    const trial = new WatchTrial(discord, fleet, castle);
    try {
      await castle.start();
      await trial.untilSeen();
      return trial;
    } catch (error) {
      await trial.end();
      throw error;
    }
  }

  get driver(): Driver {
    return this.discord.driver;
  }

  /**
   * Waits until no outage is going on and nothing of one is left to be told.
   *
   * @returns what is still under way after that time, in words
   */
  untilAtRest(patienceMs: number, untilNamed: boolean): Promise<string[]> {
    return untilAtRest(
      { underWay: () => underWay(this.castle, untilNamed), thinking: () => 0 },
      patienceMs,
    );
  }

  /** Ends everything, whatever state it is in. */
  async end(): Promise<void> {
    await this.castle.raze();
    await this.fleet.stop();
    await this.discord.stop();
  }

  private async untilSeen(): Promise<void> {
    for (let round = 0; round < 240; round += 1) {
      const unseen = await this.castle.query(
        'select from server_states where checked_at is null union all select where not exists (select from server_states)',
      );
      if (unseen.length === 0) return;
      await pause(250);
    }
    throw new Error('No round of checks came.');
  }
}

function seedFor(plan: readonly PlannedServer[]): WorldSeed {
  const seed = demoSeed();
  const [guild, ...others] = seed.guilds;
  if (guild === undefined) throw new Error('The demo has a guild.');
  const parentId = DEMO.channels.community;
  const status = plan.flatMap(({ channel }, index) =>
    channel === null
      ? []
      : [
          {
            id: statusChannelId(index),
            name: channel.name,
            type: channel.type,
            ...(channel.type === 'category' ? {} : { parentId }),
          },
        ],
  );
  const channels = [
    ...guild.channels,
    { id: ALERTS_ID, name: ALERTS_CHANNEL, parentId: DEMO.channels.staff },
    { id: PUBLIC_ID, name: PUBLIC_CHANNEL, parentId },
    { id: BOARD_ID, name: BOARD_CHANNEL, parentId },
    ...status,
  ];
  return { ...seed, guilds: [{ ...guild, channels }, ...others] };
}
