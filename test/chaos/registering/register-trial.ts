import { randomBytes } from 'node:crypto';
import { startLocalDiscord, type Driver, type LocalDiscord, type Person } from '../../../sandbox';
import { freePort } from '../../../src/cli/supervision/ports';
import { formatSecret } from '../../../src/config/webhook-secret';
import { PluginCalls } from '../../e2e/registration/plugin-calls';
import { Castle } from '../castle/castle';
import { untilAtRest } from '../castle/rest';
import type { Chance } from '../chance';
import type { Disturbance } from '../evidence/check-answers';
import { PeopleRecord } from '../people/record';
import {
  PASSWORD_VARIABLE,
  PLUGIN_SERVER,
  registerConfiguration,
  SECRET_VARIABLE,
} from './configuration';
import { PluginGame } from './plugin-game';
import { RconGame } from './rcon-game';
import { underWay } from './under-way';

/** A Discord that forgets nothing of a whole run. */
const JOURNAL_LIMIT = 5_000_000;

/** A Discord, the product, and two game servers: one has a plugin, one is reached by RCON. */
export class RegisterTrial {
  readonly people = new PeopleRecord();
  /** Everybody who came for this run. */
  readonly newcomers: Person[] = [];
  /** What was done to the bot's connection. */
  readonly disturbances: Disturbance[] = [];

  private constructor(
    private readonly discord: LocalDiscord,
    readonly castle: Castle,
    readonly plugin: PluginGame,
    readonly rcon: RconGame,
  ) {}

  /** Starts everything; the commands are there. */
  static async begin(chance: Chance, timeoutMs: number): Promise<RegisterTrial> {
    const port = await freePort(undefined, new Set());
    const key = randomBytes(32);
    const password = randomBytes(16).toString('base64url');
    const discord = await startLocalDiscord({ journalLimit: JOURNAL_LIMIT });
    const castle = Castle.plan(discord, registerConfiguration(port, timeoutMs), {
      [SECRET_VARIABLE]: formatSecret(key),
      [PASSWORD_VARIABLE]: password,
    });
    const plugin = new PluginGame(new PluginCalls(() => castle.web, key, PLUGIN_SERVER));
    const rcon = new RconGame(port, password, chance.fork());
    const trial = new RegisterTrial(discord, castle, plugin, rcon);
    try {
      await castle.start();
      await Promise.all([plugin.start(), rcon.start()]);
      await discord.driver.waitFor(
        async () => (await discord.driver.world()).commands.some(({ name }) => name === 'register'),
        60_000,
        'the commands',
      );
      return trial;
    } catch (error) {
      await trial.end();
      throw error;
    }
  }

  get driver(): Driver {
    return this.discord.driver;
  }

  /** Members of the team. */
  get staff(): readonly Person[] {
    return ['mira', 'tom'].map((name) => this.driver.person(name));
  }

  readonly disturb = (): void => {
    this.disturbances.push({ at: Date.now() });
  };

  /** @returns what is still under way after that time, in words */
  untilAtRest(patienceMs: number): Promise<string[]> {
    return untilAtRest(
      { underWay: () => underWay(this.castle), thinking: () => this.#thinking() },
      patienceMs,
    );
  }

  /** Ends everything, whatever state it is in. */
  async end(): Promise<void> {
    await Promise.all([this.plugin.stop(), this.rcon.stop()]);
    await this.castle.raze();
    await this.discord.stop();
  }

  /** How many people still look at an answer that "thinks". */
  #thinking(): number {
    return this.people.asked.filter(({ handle: { state } }) => {
      const { status, ack, loading } = state;
      return status === 'pending' || (ack !== null && loading);
    }).length;
  }
}
