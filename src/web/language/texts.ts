import type { FailureCause } from '../../domain/watching/check';
import type { ServerStatus } from '../../domain/watching/server-state';
import type { UptimeWindow } from '../status/figures';

/** Every word of the public pages. A language that lacks one does not compile. */
export interface Texts {
  /** The language's own name. */
  readonly ownName: string;
  readonly skipToContent: string;
  readonly statusOf: (guild: string) => string;
  readonly states: Readonly<Record<ServerStatus, string>>;
  /** Why a server does not answer, as a sentence. */
  readonly causes: Readonly<Record<FailureCause, string>>;
  readonly windows: Readonly<Record<UptimeWindow, string>>;

  readonly headline: {
    readonly noServers: string;
    readonly allUp: (count: number) => string;
    /** The rest is not seen. */
    readonly allSeenUp: (up: number, all: number) => string;
    readonly someDown: (down: number, all: number) => string;
    readonly someTrouble: (count: number, all: number) => string;
    readonly maintenance: (count: number) => string;
    readonly unknown: string;
  };
  /** `at` is a time that is already written out. */
  readonly checkedAt: string;
  readonly stale: string;
  readonly refreshes: string;
  /** Shown by the script when the page can no longer refresh itself. */
  readonly offline: string;
  readonly noServersYet: string;

  readonly servers: string;
  readonly players: string;
  readonly playersOf: (players: string, most: string) => string;
  readonly playersOnline: (players: string) => string;
  readonly latency: string;
  readonly version: string;
  readonly milliseconds: (figure: string) => string;
  readonly since: string;
  readonly uptime: string;
  readonly uptimeNone: string;
  readonly coverage: string;
  /** Beside an uptime of which not everything was seen. */
  readonly seen: (share: string) => string;
  readonly coverageMeans: string;

  readonly days: {
    readonly up: (uptime: string) => string;
    readonly down: (uptime: string, down: string) => string;
    readonly unknown: (unknown: string) => string;
    readonly maintenance: (maintenance: string) => string;
    readonly none: string;
    readonly first: (count: number) => string;
    readonly today: string;
    /** Of a row of bars, for those who do not see it. */
    readonly summary: (uptime: string, troubled: number) => string;
    readonly troubled: (list: string, more: number) => string;
    readonly legend: Readonly<Record<'up' | 'partly' | 'down' | 'unknown' | 'maintenance', string>>;
    readonly legendTitle: string;
    readonly zone: string;
  };

  readonly incidents: {
    readonly open: string;
    readonly past: string;
    readonly none: string;
    readonly noneOfServer: string;
    readonly older: string;
    readonly newest: string;
    readonly titleDown: (servers: string) => string;
    readonly moreServers: (count: number) => string;
    readonly lasted: (duration: string) => string;
    readonly ongoing: (duration: string) => string;
    readonly unseen: (duration: string) => string;
    readonly updates: {
      readonly down: (server: string, cause: string) => string;
      readonly cause: (server: string, cause: string) => string;
      readonly up: (server: string) => string;
      readonly removed: (server: string) => string;
      readonly flapping: (server: string) => string;
      readonly settled: (server: string) => string;
      readonly acknowledged: string;
      readonly recovered: string;
    };
  };

  readonly maintenance: {
    readonly title: string;
    readonly now: string;
    readonly untilWord: string;
  };

  readonly charts: {
    readonly title: string;
    readonly range: string;
    readonly latency: string;
    readonly latencyAlt: (server: string, range: string) => string;
    readonly players: string;
    readonly playersAlt: (server: string, range: string) => string;
    readonly percentiles: string;
    readonly nothing: string;
  };

  readonly detail: {
    readonly back: (guild: string) => string;
    readonly daysTable: string;
    readonly day: string;
    readonly downtime: string;
    readonly notSeen: string;
    readonly download: string;
    readonly downloadHours: string;
    readonly downloadDays: string;
    readonly badge: string;
    readonly badgeState: string;
    readonly badgeUptime: string;
    readonly badgeCode: string;
  };

  readonly feed: {
    readonly description: (guild: string) => string;
    /** The title of an incident that is over. */
    readonly over: (title: string) => string;
  };
  readonly footer: {
    readonly feed: string;
    readonly data: string;
    readonly language: string;
  };
  readonly notFound: {
    readonly title: string;
    readonly page: (slug: string) => string;
    readonly server: (server: string, guild: string) => string;
    readonly advice: string;
  };
  readonly unavailable: {
    readonly title: string;
    readonly advice: string;
  };
}
