import type {
  DayFigures,
  GuildFigures,
  HistoryPoint,
  IncidentFigures,
  ServerFigures,
  Spent,
  Uptime,
} from './figures';
import type { StatusSource } from './source';
import { together } from './uptime';

/** Figures for tests of the pages: the same on every run. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Monday, 23 November 2026, 12:00 UTC. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 23, 12);

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last 90 days, of which some differ: by how many days ago they were. */
export function sampleDays(
  differing: Readonly<Record<number, Partial<Spent>>> = {},
  count = 90,
): DayFigures[] {
  return Array.from({ length: count }, (_, index) => {
    const ago = count - 1 - index;
    const whole = ago === 0 ? SAMPLE_NOW % DAY_MS : DAY_MS;
    const { downMs = 0, unknownMs = 0, maintenanceMs = 0 } = differing[ago] ?? {};
    return {
      day: day(SAMPLE_NOW - ago * DAY_MS),
      upMs: whole - downMs - unknownMs - maintenanceMs,
      downMs,
      unknownMs,
      maintenanceMs,
    };
  });
}

export function sampleServer(more: Partial<ServerFigures> = {}): ServerFigures {
  const days = more.days ?? sampleDays();
  const last = (count: number): Uptime => {
    const { uptime, coverage } = together(days.slice(-count));
    return { uptime, coverage };
  };
  return {
    key: 1,
    id: 'survival',
    name: 'Survival',
    addedAt: SAMPLE_NOW - 200 * DAY_MS,
    status: 'up',
    since: SAMPLE_NOW - 3 * DAY_MS,
    cause: null,
    checkedAt: SAMPLE_NOW - 20_000,
    players: 12,
    maxPlayers: 100,
    latencyMs: 23,
    version: '1.21.4',
    motd: 'A cosy world',
    uptime: { '24h': last(1), '7d': last(7), '30d': last(30), '90d': last(90) },
    days,
    ...more,
  };
}

/** An outage of one server; over after `minutes`, or still going on. */
export function sampleIncident(more: {
  readonly number: number;
  readonly openedAt: number;
  readonly minutes: number | null;
  readonly key?: number;
  readonly name?: string;
}): IncidentFigures {
  const { number, openedAt, minutes, key = 1, name = 'Survival' } = more;
  const recoveredAt = minutes === null ? null : openedAt + minutes * MINUTE_MS;
  return {
    number,
    openedAt,
    recoveredAt,
    servers: [{ key, name, since: openedAt, until: recoveredAt, cause: 'timed-out', unknownMs: 0 }],
    updates: [
      { at: openedAt, type: 'down', server: name, cause: 'timed-out' },
      { at: openedAt + 2 * MINUTE_MS, type: 'acknowledged' },
      ...(recoveredAt === null ? [] : [{ at: recoveredAt, type: 'up', server: name } as const]),
    ],
  };
}

export function sampleGuild(more: Partial<GuildFigures> = {}): GuildFigures {
  return {
    page: { slug: 'kestrel-keep', guildId: '1', name: 'Kestrel Keep', language: null },
    readAt: SAMPLE_NOW,
    servers: [sampleServer()],
    open: [],
    past: { incidents: [], next: null },
    maintenance: [],
    ...more,
  };
}

/** A community in the middle of an evening: one server down, one under maintenance, one shaky, one not seen. */
export function sampleEvening(): GuildFigures {
  const creative = sampleServer({
    key: 2,
    id: 'creative',
    name: 'Creative',
    status: 'down',
    since: SAMPLE_NOW - 14 * MINUTE_MS,
    cause: 'timed-out',
    players: null,
    maxPlayers: null,
    latencyMs: null,
    motd: null,
    version: null,
    days: sampleDays({
      0: { downMs: 14 * MINUTE_MS },
      6: { downMs: 3 * HOUR_MS },
      31: { downMs: 15 * HOUR_MS },
      32: { downMs: 4 * MINUTE_MS },
      60: { unknownMs: 20 * HOUR_MS },
    }),
  });
  return sampleGuild({
    servers: [
      sampleServer({
        days: sampleDays({ 12: { downMs: 7 * MINUTE_MS }, 47: { maintenanceMs: 20 * HOUR_MS } }),
      }),
      creative,
      sampleServer({
        key: 3,
        id: 'skyblock',
        name: 'Skyblock',
        status: 'maintenance',
        players: null,
        maxPlayers: null,
        latencyMs: null,
        days: sampleDays({ 0: { maintenanceMs: 2 * HOUR_MS } }),
      }),
      sampleServer({
        key: 4,
        id: 'bedrock',
        name: 'Bedrock ⛏️ 日本',
        status: 'flapping',
        cause: 'closed-early',
        since: SAMPLE_NOW - 40 * MINUTE_MS,
        days: sampleDays({ 0: { downMs: 9 * MINUTE_MS }, 1: { downMs: 30 * MINUTE_MS } }, 30),
      }),
      sampleServer({
        key: 5,
        id: 'lobby',
        name: 'Lobby',
        status: 'unknown',
        players: null,
        latencyMs: null,
        days: sampleDays({ 0: { unknownMs: 2 * HOUR_MS } }),
      }),
    ],
    open: [
      sampleIncident({
        number: 43,
        openedAt: SAMPLE_NOW - 14 * MINUTE_MS,
        minutes: null,
        key: 2,
        name: 'Creative',
      }),
    ],
    past: {
      incidents: [
        sampleIncident({
          number: 42,
          openedAt: SAMPLE_NOW - 6 * DAY_MS,
          minutes: 180,
          key: 2,
          name: 'Creative',
        }),
        sampleIncident({ number: 41, openedAt: SAMPLE_NOW - 12 * DAY_MS, minutes: 7 }),
        sampleIncident({ number: 40, openedAt: SAMPLE_NOW - 12 * DAY_MS - HOUR_MS, minutes: 3 }),
      ],
      next: 40,
    },
    maintenance: [
      {
        title: 'Moving to a bigger machine',
        from: SAMPLE_NOW - 2 * HOUR_MS,
        until: SAMPLE_NOW + HOUR_MS,
        servers: [{ id: 'skyblock', name: 'Skyblock' }],
      },
      {
        title: 'Weekly restart',
        from: SAMPLE_NOW + 16 * HOUR_MS,
        until: SAMPLE_NOW + 16.25 * HOUR_MS,
        servers: [
          { id: 'survival', name: 'Survival' },
          { id: 'creative', name: 'Creative' },
        ],
      },
    ],
  });
}

/** A source of figures that a test holds in its hands. */
export class SampleSource implements StatusSource {
  /** How often the guild's figures were read. */
  reads = 0;
  /** Stays as it is while nothing new was seen. */
  mark = 'nothing new';
  /** Thrown instead of any answer. */
  failure: Error | undefined;

  constructor(public figures: GuildFigures = sampleGuild()) {}

  async page(slug: string) {
    await this.#reached();
    return slug === this.figures.page.slug ? this.figures.page : null;
  }

  async changeMark() {
    await this.#reached();
    return this.mark;
  }

  async guild() {
    this.reads += 1;
    await this.#reached();
    return this.figures;
  }

  async pastIncidents(_: unknown, query: { readonly serverKey?: number }) {
    await this.#reached();
    const { serverKey } = query;
    const { incidents } = this.figures.past;
    return {
      incidents:
        serverKey === undefined
          ? incidents
          : incidents.filter(({ servers }) => servers.some(({ key }) => key === serverKey)),
      next: null,
    };
  }

  async history({ from, to, step }: Parameters<StatusSource['history']>[0]) {
    await this.#reached();
    const stepMs = step === 'hour' ? HOUR_MS : step === 'day' ? DAY_MS : step;
    const points: HistoryPoint[] = [];
    const first = Math.ceil(from / stepMs) * stepMs;
    const ends = Math.min(to, SAMPLE_NOW);
    for (let at = Math.min(first, ends - 1); at < ends; at += stepMs) {
      const wave = Math.sin((at / DAY_MS) * 2 * Math.PI);
      points.push({
        at,
        checks: 120,
        failures: 0,
        latency: { p50: 20 + 5 * wave, p95: 40 + 8 * wave, p99: 70 },
        players: { min: 2, avg: 12 + 10 * wave, max: 30 },
        spent: null,
      });
    }
    return points;
  }

  #reached(): Promise<void> {
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }
}
