import type { InputOf } from '../control/operations';
import type { GuildSnapshot, WorldSnapshot } from '../control/snapshots';
import type { JournalFilter } from '../control/world-operations';
import type { Fault, FaultSpec } from '../server/faults';
import type { FaultEntry, JournalEntry } from '../server/journal-entry';
import type { GameServerState } from '../game-server/game-server';
import type { InteractionState, SeenMessage } from '../server/interactions/state';
import { DriverConnection } from './connection';
import { PATIENCE } from './interaction-handle';
import { Person } from './person';

/** A message as the world holds it: `ephemeralFor` names the only user who sees it. */
export type WorldMessage = SeenMessage & { ephemeralFor: string | null };

/** A fault to be added; its patterns are regular expressions or their text. */
export type DriverFault = Omit<FaultSpec, 'match'> & {
  match?: Omit<NonNullable<FaultSpec['match']>, 'route' | 'body'> & {
    route?: string | RegExp;
    body?: string | RegExp;
  };
};

function sourceOf(pattern: string | RegExp): string {
  return typeof pattern === 'string' ? pattern : pattern.source;
}

/** A fault that was added. */
export interface FaultHandle {
  id: string;
  /** Resolves with the next request that it hits: the moment to kill something. */
  hit(timeoutMs?: number): Promise<FaultEntry>;
  remove(): Promise<void>;
}

/**
 * Connects to a local Discord, in this process or in another one.
 * @param baseUrl such as `http://127.0.0.1:4000`
 */
export async function connectDriver(baseUrl: string): Promise<Driver> {
  const connection = await DriverConnection.open(baseUrl);
  const world = await connection.call('world/snapshot', {});
  return new Driver(connection, world);
}

/** Plays people, injects faults, and asks what happened. */
export class Driver {
  private readonly people = new Map<string, { id: string; name: string }>();

  /** Made by `connectDriver`. */
  constructor(
    private readonly connection: DriverConnection,
    first: WorldSnapshot,
  ) {
    for (const { members } of first.guilds) {
      for (const { id, username } of members) this.know(id, username);
    }
  }

  /** Somebody by username or id, in the first guild unless another is named. */
  person(nameOrId: string, guildId?: string): Person {
    const known = this.people.get(nameOrId);
    if (known === undefined) throw new Error(`The local Discord knows nobody called ${nameOrId}.`);
    return new Person(this.connection, known.id, known.name, guildId);
  }

  /** Adds a new member to the guild, with roles by id or name. */
  async addPerson(
    username: string,
    more: Omit<InputOf<'people/add'>, 'username'> = {},
  ): Promise<Person> {
    const { id } = await this.connection.call('people/add', { username, ...more });
    this.know(id, username);
    return this.person(id, more.guildId);
  }

  /** Everything but messages, as it is now. */
  world(): Promise<WorldSnapshot> {
    return this.connection.call('world/snapshot', {});
  }

  /** The first guild as it is now, or the one named. */
  async guild(guildId?: string): Promise<GuildSnapshot> {
    const { guilds } = await this.world();
    const found = guilds.find((guild) => guildId === undefined || guild.id === guildId);
    if (found === undefined) throw new Error(`There is no guild ${guildId ?? 'at all'}.`);
    return found;
  }

  /** All messages of a channel, oldest first, everybody's ephemeral ones included. */
  messages(channelId: string): Promise<WorldMessage[]> {
    return this.connection.call('world/messages', { channelId });
  }

  /** An interaction's state by its id; null if it is not known (any more). */
  interaction(id: string): Promise<InteractionState | null> {
    return this.connection.call('world/interaction', { id });
  }

  /** What has happened, oldest first. */
  async journal(filter: JournalFilter = {}): Promise<JournalEntry[]> {
    return (await this.connection.call('journal/read', filter)).entries;
  }

  /** The number of the newest journal entry: for `journal({ after })` and `waitForEntry`. */
  async journalPosition(): Promise<number> {
    const { last } = await this.connection.call('journal/read', { after: Number.MAX_SAFE_INTEGER });
    return last;
  }

  async clearJournal(): Promise<void> {
    await this.connection.call('journal/clear', {});
  }

  /** Calls back with everything that happens from now on, until the returned function is called. */
  watch(callback: (entry: JournalEntry) => void): Promise<() => void> {
    return this.connection.onJournal(callback);
  }

  /**
   * The first journal entry that passes: one that is there already, or the next one.
   * @param after only entries after this number; default: all that are still known
   */
  async waitForEntry<Entry extends JournalEntry = JournalEntry>(
    passes: ((entry: JournalEntry) => entry is Entry) | ((entry: JournalEntry) => boolean),
    timeoutMs = PATIENCE,
    after?: number,
  ): Promise<Entry> {
    const isWanted = (entry: JournalEntry): entry is Entry => passes(entry);
    let arrive: (entry: Entry) => void = () => undefined;
    const coming = new Promise<Entry>((resolve) => {
      arrive = resolve;
    });
    const stop = await this.connection.onJournal((entry) => {
      if (isWanted(entry)) arrive(entry);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`Waited ${timeoutMs} ms for a journal entry, and it did not come.`));
      }, timeoutMs);
    });
    try {
      const known = this.journal(after === undefined ? {} : { after });
      const found = known.then((entries) => entries.find(isWanted) ?? coming);
      return await Promise.race([found, late]);
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  /**
   * Waits until the check gives something: it is asked now, and again whenever something happens.
   * @param check gives undefined, false or null as long as it is not yet so
   * @throws Error after `timeoutMs`
   */
  async waitFor<Value>(
    check: (
      driver: Driver,
    ) => Promise<Value | undefined | false | null> | Value | undefined | false | null,
    timeoutMs = PATIENCE,
    what = 'what was waited for',
  ): Promise<Value> {
    let wake: () => void = () => undefined;
    let news = false;
    const stop = await this.connection.onJournal(() => {
      news = true;
      wake();
    });
    const until = performance.now() + timeoutMs;
    try {
      for (;;) {
        news = false;
        const value = await check(this);
        if (value !== undefined && value !== false && value !== null) return value;
        const left = until - performance.now();
        if (left <= 0) throw new Error(`Waited ${timeoutMs} ms for ${what}, and it did not come.`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (news) wake();
        });
      }
    } finally {
      stop();
    }
  }

  /** Faults that hit REST requests. */
  readonly faults = {
    add: async ({ match, ...what }: DriverFault): Promise<FaultHandle> => {
      const after = await this.journalPosition();
      const { route, body, ...rest } = match ?? {};
      const { id } = await this.connection.call('faults/add', {
        ...what,
        match: {
          ...rest,
          ...(route === undefined ? {} : { route: sourceOf(route) }),
          ...(body === undefined ? {} : { body: sourceOf(body) }),
        },
      });
      return {
        id,
        hit: (timeoutMs = PATIENCE) => {
          const isHit = (entry: JournalEntry): entry is FaultEntry =>
            entry.kind === 'fault' && entry.id === id;
          return this.waitForEntry(isHit, timeoutMs, after);
        },
        remove: async () => {
          await this.connection.call('faults/remove', { id });
        },
      };
    },
    list: (): Promise<Fault[]> => this.connection.call('faults/list', {}),
    clear: async (): Promise<void> => {
      await this.connection.call('faults/clear', {});
    },
  };

  /** What can go wrong with the gateway. */
  readonly gateway = {
    /** Cuts every connection; the sessions can be resumed. */
    dropAll: async (): Promise<void> => {
      await this.connection.call('gateway/drop', {});
    },
    /** Asks every bot to reconnect and resume (op 7). */
    reconnect: async (): Promise<void> => {
      await this.connection.call('gateway/reconnect', {});
    },
    /** Declares the sessions invalid (op 9); not resumable: they are forgotten. */
    invalidate: async (resumable: boolean): Promise<void> => {
      await this.connection.call('gateway/invalidate', { resumable });
    },
    /**
     * Takes no new connections for that long; with `drop`, cuts the present ones, too.
     * @param options `how`: `refuse` (the default) makes @discordjs/ws give up its session and
     * identify anew; after `cut` it keeps trying until it resumes
     */
    pause: async (
      ms: number,
      options: { drop?: boolean; how?: 'refuse' | 'cut' } = {},
    ): Promise<void> => {
      await this.connection.call('gateway/pause', { ms, ...options });
    },
    /** Waits until at least one bot is logged in. */
    ready: async (timeoutMs = PATIENCE): Promise<void> => {
      const check = async (): Promise<boolean> => (await this.world()).connectedBots > 0;
      await this.waitFor(check, timeoutMs, 'a bot to log in');
    },
  };

  /**
   * Starts, stops, freezes or fills the demo's game server.
   *
   * @returns how it is; `null`: this local Discord was started without one
   */
  game(change: InputOf<'game/set'> = {}): Promise<GameServerState | null> {
    return this.connection.call('game/set', change);
  }

  /** Adds that round trip (ms) to every REST request, and half of it to every gateway send. */
  async latency(ms: number): Promise<void> {
    await this.connection.call('settings/set', { latencyMs: ms });
  }

  /** Puts Discord's rate limits in force, or lets everything through. Both forget what was counted. */
  async limits(limits: 'discord' | 'off'): Promise<void> {
    await this.connection.call('settings/set', { limits });
  }

  /** Sets who may use a command, as an administrator does in the guild's settings. */
  async setCommandPermissions(
    guildId: string,
    commandId: string,
    permissions: { id: string; type: number; permission: boolean }[],
  ): Promise<void> {
    await this.connection.call('world/commandPermissions', { guildId, commandId, permissions });
  }

  /** Ends the driver's own connection; the local Discord goes on. */
  close(): void {
    this.connection.close();
  }

  private know(id: string, name: string): void {
    this.people.set(id, { id, name });
    this.people.set(name, { id, name });
  }
}
