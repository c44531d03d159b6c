import { setTimeout as pause } from 'node:timers/promises';
import { DiscordSnowflake } from '@sapphire/snowflake';
import { z } from 'zod';
import type { Driver, JournalEntry, Person } from '../../sandbox';

/** What one opening took by the local Discord's clock, in milliseconds since the command was sent. */
export interface Opening {
  /** When the command was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Until the person read that the bot is thinking. */
  readonly acknowledgedMs: number;
  /** Until the opening message stood in the new channel. */
  readonly openedMs: number;
}

type RestEntry = Extract<JournalEntry, { kind: 'rest' }>;

interface UnderWay {
  acknowledgedMs?: number;
  openedMs?: number;
  problem?: Error;
  look?: () => void;
}

const OPENED_WITHIN_MS = 180_000;
/** discord.js allows itself 50 requests in each second: after a quiet one, all of them are free again. */
const QUIET_MS = 1_200;
const newChannel = z.object({ topic: z.string() });

/** Opens tickets and reads in the local Discord's journal what came of it. */
export class Openings {
  readonly #underWay = new Map<string, UnderWay>();
  readonly #interactionByChannel = new Map<string, string>();
  #requests = 0;

  private constructor(private readonly driver: Driver) {}

  static async on(driver: Driver): Promise<Openings> {
    const openings = new Openings(driver);
    await driver.watch((entry) => {
      openings.#read(entry);
    });
    return openings;
  }

  /** How many REST requests were made so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Somebody asks for a ticket; resolves when the opening message stands in its channel. */
  async open(person: Person): Promise<Opening> {
    const { id } = await person.runCommand('ticket open', { category: 'quick' });
    const state = this.#of(id);
    const late = new AbortController();
    const opened = new Promise<Opening>((resolve, reject) => {
      state.look = () => {
        const { acknowledgedMs, openedMs, problem } = state;
        if (problem !== undefined) reject(problem);
        else if (acknowledgedMs !== undefined && openedMs !== undefined) {
          resolve({ sentAt: DiscordSnowflake.timestampFrom(id), acknowledgedMs, openedMs });
        }
      };
      state.look();
    });
    const limit = pause(OPENED_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`The ticket ${id} was not opened within ${OPENED_WITHIN_MS / 1_000} s.`);
    });
    try {
      return await Promise.race([opened, limit]);
    } finally {
      late.abort();
      limit.catch(() => undefined);
      this.#underWay.delete(id);
    }
  }

  #of(interactionId: string): UnderWay {
    const known = this.#underWay.get(interactionId) ?? {};
    this.#underWay.set(interactionId, known);
    return known;
  }

  #read(entry: JournalEntry): void {
    if (entry.kind === 'rest') this.#readRequest(entry);
    if (entry.kind !== 'interaction') return;
    const state = this.#underWay.get(entry.id);
    if (entry.what === 'sent') this.#of(entry.id);
    if (state === undefined) return;
    if (entry.what === 'acknowledged') state.acknowledgedMs = entry.ms;
    if (entry.what === 'failed') {
      state.problem = new Error(`The interaction ${entry.id} was not acknowledged in 3 seconds.`);
    }
    state.look?.();
  }

  #readRequest(entry: RestEntry): void {
    this.#requests += 1;
    const { method, route, resultId } = entry;
    if (method !== 'POST' || !entry.committed || resultId === null) return;
    if (route === '/guilds/:guildId/channels') {
      const { topic } = newChannel.parse(entry.requestBody);
      const interactionId = /ticket-(\d+)/.exec(topic)?.[1];
      if (interactionId !== undefined) this.#interactionByChannel.set(resultId, interactionId);
    }
    if (route === '/channels/:channelId/messages') {
      const channelId = entry.path.split('/')[2] ?? '';
      const interactionId = this.#interactionByChannel.get(channelId);
      const state = interactionId === undefined ? undefined : this.#underWay.get(interactionId);
      if (interactionId === undefined || state === undefined) return;
      // Ids tell when things came into being, to the millisecond.
      const [message, interaction] = [resultId, interactionId].map((id) =>
        DiscordSnowflake.timestampFrom(id),
      ) as [number, number];
      state.openedMs ??= message - interaction;
      state.look?.();
    }
  }

  /** Waits until nothing was asked of Discord for more than a second. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.#requests;) {
      before = this.#requests;
      await pause(QUIET_MS);
    }
  }

  /** Deletes every ticket's channel by hand. */
  async clear(): Promise<void> {
    const owner = this.driver.person('ada');
    const { channels } = await this.driver.guild();
    const tickets = channels.filter(({ topic }) => topic?.includes('ticket-'));
    await Promise.all(tickets.map(({ id }) => owner.deleteChannel(id)));
    this.#interactionByChannel.clear();
  }
}
