import type { NameWish } from '../../../workflows/channel-name/contract';
import type { Check } from '../../domain/watching/check';
import type {
  IncidentNews,
  IncidentPolicy,
  IncidentState,
  RecordedIncidentEvent,
} from '../../domain/watching/incident';
import type {
  MaintenanceWindow,
  ServerSettings,
  WatchedServer,
} from '../../domain/watching/server';
import type { ServerFact, ServerState, ServerStatus } from '../../domain/watching/server-state';
import type { MessagePlace, ServerOrigin } from './reading';

/**
 * What is recorded of the watched servers: for the worker alone. Instants are milliseconds since the epoch.
 * Every method may be tried again and happens once, and throws `DatabaseUnavailable` while Postgres is away.
 */

/** The ids of the servers that an application added, changed or removed. */
export interface ServersApplied {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export type ServerPut =
  | { readonly outcome: 'added' | 'changed' | 'unchanged'; readonly key: number }
  /** It is defined in the configuration file, and only there it can be changed. */
  | { readonly outcome: 'in-file' };

export interface ServerRecorder {
  /**
   * Makes the servers that were defined in this way exactly these. One that a command defined and the file
   * now defines as well becomes the file's, with its history; the other ones of commands stay.
   *
   * @throws UnknownGuild
   */
  applyServers(
    guildId: string,
    origin: ServerOrigin,
    definitions: readonly ServerSettings[],
    now: number,
  ): Promise<ServersApplied>;
  /**
   * Adds or changes a server by command. One that was removed begins anew, with a key of its own.
   *
   * @throws UnknownGuild
   */
  putServer(guildId: string, definition: ServerSettings, now: number): Promise<ServerPut>;
  /** Its history stays; an outage that is going on ends. */
  removeServer(
    guildId: string,
    id: string,
    now: number,
  ): Promise<{ readonly outcome: 'removed' | 'unknown' | 'in-file' }>;
  /** Beside the windows in its definition; one with the same id is replaced. Due at once. */
  addMaintenance(
    guildId: string,
    id: string,
    window: MaintenanceWindow,
    now: number,
  ): Promise<{ readonly outcome: 'added' | 'unknown' }>;
  endMaintenance(
    guildId: string,
    id: string,
    windowId: string,
    now: number,
  ): Promise<{ readonly outcome: 'ended' | 'unknown' | 'in-file' }>;
}

/** A server that is to be checked now. */
export interface DueServer {
  readonly server: WatchedServer;
  /** `newServerState` before the first check. */
  readonly state: ServerState;
  /** Given back with the result: a result is recorded only on top of the state that it was made from. */
  readonly version: number;
  readonly dueAt: number;
  /** The last wish for each of its channels. */
  readonly wished: WishedNames;
}

/** By the channel's id. */
export type WishedNames = Readonly<
  Record<string, { readonly name: string; readonly at: number; readonly urgent: boolean }>
>;

/** What came of checking one server. */
export interface ServerResult {
  readonly server: WatchedServer;
  /** As it was read with the server. */
  readonly version: number;
  /** Those of this round, suspects' repetitions included; in the order of time. */
  readonly checks: readonly Check[];
  readonly state: ServerState;
  /** `statusOf` the state. */
  readonly status: ServerStatus;
  /** In the order in which they followed. */
  readonly facts: readonly ServerFact[];
  readonly nextDueAt: number;
  /** Wishes of this round; the last wish for each channel is remembered. */
  readonly wishes: readonly ChannelWish[];
}

export interface ChannelWish {
  readonly channelId: string;
  readonly wish: NameWish;
}

export interface Round {
  readonly results: readonly ServerResult[];
  /** By guild, for the incidents that open now; a guild without one is told nothing. */
  readonly policies: ReadonlyMap<string, IncidentPolicy>;
}

export interface RoundSaved {
  /** Whether anything is to be told (`pendingNews`), now or from before. */
  readonly news: boolean;
  /** Servers whose results were not recorded: another worker was faster, or they were removed. */
  readonly skipped: readonly number[];
}

export interface RoundRecorder {
  /** Also those that would be due in a far future, since the clock was put back. */
  countDue(now: number): Promise<number>;
  /**
   * One batch of the servers that are due. A server is in the same batch whenever it is asked with the same
   * number of batches, whatever was recorded in between.
   *
   * @param part `batch` counts from 0 to `of` - 1
   */
  due(
    now: number,
    part: { readonly batch: number; readonly of: number },
  ): Promise<readonly DueServer[]>;
  /**
   * Records checks, states, spans, downtimes and news in one transaction. Outages of one guild's host that
   * begin within 5 minutes of each other, while the first is going on, are one incident.
   */
  saveRound(round: Round): Promise<RoundSaved>;
}

/** Written in the transaction of what it tells; told afterwards, at least once, in the order of the ids. */
export type WatchNews = {
  /** The same for every redelivery. */
  readonly id: number;
  readonly guildId: string;
} & (
  | {
      readonly type: 'incident';
      readonly incidentId: string;
      readonly policy: IncidentPolicy;
      readonly openedAt: number;
      readonly news: IncidentNews;
    }
  | { readonly type: 'name'; readonly channelId: string; readonly wish: NameWish }
);

export interface NewsRecorder {
  /** What nobody was told yet, oldest first. */
  pendingNews(limit: number): Promise<readonly WatchNews[]>;
  /** They are forgotten: who told them may have told them more than once. */
  newsDelivered(ids: readonly number[]): Promise<void>;
  /** Whether there are any, also such as earlier rounds and removed servers left. */
  hasNews(): Promise<boolean>;
}

/** Events that happened, with the state that they led to. */
export interface RecordedIncident {
  readonly incidentId: string;
  readonly events: readonly RecordedIncidentEvent[];
  readonly state: IncidentState;
  /** The opened notes by the sequence numbers of their events. */
  readonly notes: ReadonlyMap<number, string>;
}

export interface Subscriber {
  readonly serverKey: number;
  readonly userId: string;
}

export interface IncidentRecorder {
  /**
   * Adds the events that the history lacks, and brings the incident's row to the state, unless a later one
   * is there already.
   *
   * @throws UnknownIncident
   */
  recordIncident(change: RecordedIncident): Promise<void>;
  /** Notes where the incident is shown; what is absent stays. @throws UnknownIncident */
  setIncidentMessages(
    incidentId: string,
    messages: { readonly alert?: MessagePlace; readonly public?: MessagePlace },
  ): Promise<void>;
  /** "Tell me when it is back." Asked again, it counts anew. */
  subscribe(serverKey: number, userId: string, now: number): Promise<void>;
  /** Who waits to be told. */
  subscribers(serverKeys: readonly number[]): Promise<readonly Subscriber[]>;
  subscribersTold(told: readonly Subscriber[], now: number): Promise<void>;
}

/** What is known of a channel whose name shows a server. */
export interface ChannelName {
  readonly channelId: string;
  readonly guildId: string;
  /** The name that we gave it last, as Discord answered it; `null`: none yet. */
  readonly shown: string | null;
  /** The name that we wanted last. */
  readonly wanted: string | null;
  /** When it was changed, or a change was begun; oldest first, only those of the last hour. */
  readonly changes: readonly number[];
  /** Whether a person gave it the name that it has. */
  readonly manual: boolean;
  readonly forbiddenToldAt: number | null;
}

export interface RenameRequest<Reason> {
  readonly guildId: string;
  readonly channelId: string;
  readonly name: string;
  readonly now: number;
  /** Gets what is known, and says `null` to go on, or the reason not to. */
  readonly decide: (known: ChannelName) => Reason | null;
}

export interface ChannelRecorder {
  channelName(channelId: string): Promise<ChannelName | null>;
  /** The newest wish for the channel that any round recorded, whether or not somebody was told of it yet. */
  newestWish(
    channelId: string,
  ): Promise<{ readonly name: string; readonly at: number; readonly urgent: boolean } | null>;
  /**
   * Counts a change before it is tried, so that none is ever forgotten. The row is locked meanwhile.
   *
   * @returns `null`: reserved; else what `decide` said, and nothing was changed
   */
  reserveRename<Reason>(request: RenameRequest<Reason>): Promise<Reason | null>;
  /** Discord answered that the channel has this name; whoever gave it before, it is ours now. */
  renamed(channelId: string, name: string): Promise<void>;
  /** A person named the channel, and that is respected. */
  namedByHand(guildId: string, channelId: string): Promise<void>;
  /** @returns whether this is the first time since the last successful change: then somebody is to be told */
  renameForbidden(guildId: string, channelId: string, now: number): Promise<boolean>;
  statusMessage(
    guildId: string,
    channelId: string,
  ): Promise<{ readonly messageId: string; readonly editedAt: number } | null>;
  setStatusMessage(
    guildId: string,
    channelId: string,
    messageId: string,
    editedAt: number,
  ): Promise<void>;
}

/** What was done to keep the history small. */
export interface Tidied {
  /** Whether all of it is done: if not, the next call goes on. */
  readonly finished: boolean;
  /** Until when hours and days are rolled up now. */
  readonly hoursUntil: number;
  readonly daysUntil: number;
  readonly partitionsMade: number;
  readonly partitionsDropped: number;
}

export interface HistoryRecorder {
  /**
   * Rolls finished hours and days up, drops what is kept no longer and prepares the coming days' partitions.
   * Costs one small statement when there is nothing to do, so every round may call it. It returns `null` when
   * it leaves the rest to another process, or a table was busy for too long.
   *
   * @param patienceMs it begins hardly anything more after so many milliseconds; half a second unless told
   */
  tidy(now: number, patienceMs?: number): Promise<Tidied | null>;
}

/** Everything that writes. */
export type WatchRecorder = ServerRecorder &
  RoundRecorder &
  NewsRecorder &
  IncidentRecorder &
  ChannelRecorder &
  HistoryRecorder;

/** Something was to be recorded for an incident that is not in the records. */
export class UnknownIncident extends Error {
  readonly code = 'unknown-incident';

  constructor(readonly incidentId: string) {
    super(`There is no incident ${incidentId}: it was never recorded, or it was erased.`);
    this.name = 'UnknownIncident';
  }
}
