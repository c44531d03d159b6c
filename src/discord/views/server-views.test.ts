import { describe, expect, it } from '@jest/globals';
import type {
  IncidentHistoryEntry,
  IncidentRow,
  ServerOverview,
  UptimeRow,
} from '../../db/watching';
import { DEFAULT_THRESHOLDS, type WatchedServer } from '../../domain/watching/server';
import { newServerState } from '../../domain/watching/observe';
import { incidentAnswer } from './incident-answer';
import { incidentsAnswer } from './incident-list';
import { maintenanceAnswer } from './maintenance-list';
import { serverCard } from './server-card';
import { serverSetupAnswer, type ServerSetupOutcome } from './server-setup-answer';
import { SERVERS_PAGE, serversAnswer } from './servers-list';
import { ids, labels, text } from './shown';
import { uptimeWords } from './uptime';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function server(changes: Partial<WatchedServer> = {}): WatchedServer {
  return {
    key: 7,
    guildId: '1',
    id: 'survival',
    name: 'Survival *1*',
    probe: 'java',
    address: 'play.example.com',
    port: 25_566,
    intervalMs: 30_000,
    timeoutMs: 3_000,
    thresholds: DEFAULT_THRESHOLDS,
    allowInternal: false,
    host: 'play.example.com',
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
    ...changes,
  };
}

function overview(
  changes: Partial<ServerOverview> = {},
  of: Partial<WatchedServer> = {},
): ServerOverview {
  return {
    server: server(of),
    origin: 'command',
    addedAt: NOW - DAY,
    status: 'up',
    since: NOW - HOUR,
    state: {
      ...newServerState(NOW - DAY),
      lastAnswer: {
        up: true,
        latencyMs: 41.5,
        players: 12,
        maxPlayers: 100,
        version: 'Paper @everyone',
        motd: null,
      },
    },
    checkedAt: NOW - 20_000,
    dueAt: NOW + 10_000,
    ...changes,
  };
}

const whole = { upMs: DAY, downMs: 0, unknownMs: 0, maintenanceMs: 0 };
const uptime: UptimeRow = {
  serverKey: 7,
  day: whole,
  week: { upMs: 6 * DAY, downMs: HOUR, unknownMs: 0, maintenanceMs: DAY - HOUR },
  month: { upMs: 27 * DAY, downMs: 0, unknownMs: 3 * DAY, maintenanceMs: 0 },
  quarter: { upMs: 0, downMs: 0, unknownMs: DAY, maintenanceMs: 0 },
};

describe('uptime in words', () => {
  it('is never better than it was, and says how much of it could be seen', () => {
    expect(uptimeWords(uptime.day)).toBe('100 %');
    expect(uptimeWords(uptime.week)).toBe('99.31 %');
    expect(uptimeWords(uptime.month)).toBe('100 % (seen 90.00 %)');
    expect(uptimeWords(uptime.quarter)).toBe('not known');
    expect(uptimeWords({ ...whole, downMs: 1 })).toBe('99.99 %');
  });
});

describe('the list of servers', () => {
  const list = (count: number, page = 0) =>
    serversAnswer({
      servers: Array.from({ length: count }, (_, key) => overview({}, { key, id: `s${key}` })),
      uptime: new Map([[0, uptime]]),
      page,
      pages: 3,
      count: 20,
    });

  it('shows how each is, with names as data, and a menu', () => {
    const shown = list(2);
    expect(shown.embeds[0]?.description?.split('\n').slice(0, 2)).toEqual([
      '🟢 **Survival \\*1\\*** · Up · 12/100 players · 42 ms',
      '-# uptime 24 h 100 % · 30 days 100 % (seen 90.00 %)',
    ]);
    expect(shown.embeds[0]?.footer?.text).toBe('20 servers · page 1 of 3');
    expect(ids(shown)).toEqual(['1:server', '1:servers:3', '1:servers:1']);
  });

  it('fits, and carries all that turning needs', () => {
    const shown = list(SERVERS_PAGE, 1);
    expect((shown.embeds[0]?.description ?? '').length).toBeLessThan(4_096);
    expect(ids(shown)).toEqual(['1:server', '1:servers:0', '1:servers:2']);
  });

  it('shows what is not known as not known, and marks what users do not see', () => {
    const shown = serversAnswer({
      servers: [overview({ status: 'unknown' }, { isPublic: false })],
      uptime: new Map(),
      page: 0,
      pages: 1,
      count: 1,
    });
    expect(shown.embeds[0]?.description).toBe(
      '⚪ **Survival \\*1\\*** · Not known 🔒\n-# not checked yet',
    );
    expect(ids(shown)).toEqual(['1:server']);
  });
});

describe('one server', () => {
  const card = (changes: Partial<Parameters<typeof serverCard>[0]> = {}) =>
    serverCard({
      overview: overview(),
      uptime,
      period: '7d',
      chart: 'chart.png',
      forAdmin: false,
      ...changes,
    });

  it('shows players, uptime and the chart to everybody, and how it is asked to nobody', () => {
    const shown = card();
    expect(shown.embeds[0]?.image).toEqual({ url: 'attachment://chart.png' });
    expect(text(shown)).toContain('12/100');
    expect(text(shown)).toContain('Paper ＠everyone');
    expect(text(shown)).toContain('30 days: **100 % (seen 90.00 %)**');
    expect(text(shown)).not.toContain('play.example.com');
    expect(labels(shown)).toEqual(['24 hours', '7 days', '30 days', '90 days']);
  });

  it('offers to tell when it is back, and says the cause to administrators alone', () => {
    const down = overview({
      status: 'down',
      state: { ...newServerState(NOW), cause: 'refused' },
    });
    expect(labels(card({ overview: down }))).toContain('Tell me when it is back');
    expect(text(card({ overview: down }))).not.toContain('refused');
    const shown = text(card({ overview: down, forAdmin: true, chart: null }));
    expect(shown).toContain('the connection is refused');
    expect(shown).toContain('play.example.com:25566');
    expect(shown).not.toContain('attachment');
  });

  it('offers nothing of the kind for a server that users do not see', () => {
    const hidden = overview({ status: 'down' }, { isPublic: false });
    expect(labels(card({ overview: hidden }))).not.toContain('Tell me when it is back');
  });
});

function incident(changes: Partial<IncidentRow> = {}): IncidentRow {
  return {
    incidentId: 'b5b1c6a0-0000-4000-8000-000000000000',
    guildId: '1',
    number: 3,
    host: 'play.example.com',
    status: 'open',
    openedAt: NOW,
    recoveredAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    raisedAt: null,
    flapping: false,
    servers: [
      {
        serverKey: 7,
        name: 'survival',
        isPublic: true,
        since: NOW - 10_000,
        until: null,
        cause: 'timed-out',
        unknownMs: 0,
      },
    ],
    alertMessage: null,
    publicMessage: null,
    ...changes,
  };
}

describe('outages', () => {
  it('are listed with how long they took and who took care', () => {
    const over = incident({
      number: 2,
      status: 'recovered',
      recoveredAt: NOW + HOUR - 10_000,
      acknowledgedBy: '5',
      acknowledgedAt: NOW,
    });
    const shown = incidentsAnswer({
      incidents: [incident(), over],
      before: null,
      next: 2,
      filter: { serverKey: 7, status: 'all' },
      serverName: 'survival',
    });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      `🔴 **#3** survival · <t:${NOW / 1000 - 10}:f> · going on`,
      `✅ **#2** survival · <t:${NOW / 1000 - 10}:f> · 1 hour · <@5>`,
    ]);
    expect(ids(shown)).toEqual(['1:outage', '1:outages:7:*:', '1:outages:7:*:2']);
  });

  it('say so when there are none', () => {
    const none = (status: 'open' | 'all') =>
      incidentsAnswer({
        incidents: [],
        before: null,
        next: null,
        filter: { serverKey: null, status },
        serverName: null,
      }).content;
    expect(none('open')).toBe('No outage is going on.');
    expect(none('all')).toBe('No outage is recorded.');
  });

  it('are shown with their whole history, the newest page first, and their buttons', () => {
    const events: IncidentHistoryEntry[] = [
      event(1, 'server-down', { server: { serverKey: 7, name: 'survival', cause: 'refused' } }),
      event(2, 'cause-changed', { serverKey: 7, cause: 'timed-out' }),
      { ...event(3, 'acknowledged', {}), actorId: '5' },
      { ...event(4, 'noted', {}), actorId: '5', note: 'a **disk**\n@everyone' },
      event(5, 'raised', {}),
      event(6, 'reminded', {}),
      event(7, 'flapping', { serverKey: 7, flapping: true }),
      event(8, 'something-new', { a: 1 }),
      event(9, 'server-up', { serverKey: 7 }),
      event(10, 'recovered', {}),
    ];
    const first = incidentAnswer({ incident: incident(), history: events, page: 0 }, 'Noticed.');
    expect(first.content).toBe('Noticed.');
    expect(labels(first)).toEqual(['Acknowledge', 'Note', '◀ Newer', 'Older ▶']);
    expect(first.embeds[1]?.description).toContain('<@5> noted\n> a \\*\\*disk\\*\\* ＠everyone');
    expect(first.embeds[1]?.description).toContain('something-new');
    const second = incidentAnswer({ incident: incident(), history: events, page: 1 });
    expect(second.embeds[1]?.description?.split('\n')).toEqual([
      `<t:${NOW / 1000 + 1}:f> 🔴 **survival** went down: the connection is refused: the machine runs, but nothing listens on the port`,
      `<t:${NOW / 1000 + 2}:f> **survival**: now there is no answer in time`,
    ]);
  });

  it('have no buttons once they are over', () => {
    const over = incident({ status: 'recovered', recoveredAt: NOW + HOUR });
    expect(incidentAnswer({ incident: over, history: [], page: 0 }).components).toEqual([]);
  });

  function event(seq: number, type: string, data: Record<string, unknown>): IncidentHistoryEntry {
    return { seq, type, at: NOW + seq * 1_000, actorId: null, data, note: null };
  }
});

describe('maintenance', () => {
  const window = (id: string) => ({
    id,
    title: 'Update @here',
    startsAt: NOW,
    durationMs: HOUR,
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    timeZone: 'Europe/Berlin',
  });

  it('is listed, and what commands planned can be ended', () => {
    const shown = maintenanceAnswer({
      serverId: 'survival',
      serverName: 'Survival',
      windows: [window('command-1'), window('file-1')],
      ofFile: ({ id }) => id.startsWith('file-'),
    });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      `- **Update ＠here**, every week on Tuesday, for 1 hour, first <t:${NOW / 1000}:f> (counted in Europe/Berlin)`,
      expect.stringContaining('(in the configuration file)'),
    ]);
    expect(ids(shown)).toEqual(['1:mend:survival']);
    expect(JSON.stringify(shown.components)).toContain('"value":"command-1"');
    expect(JSON.stringify(shown.components)).not.toContain('file-1');
  });
});

describe('the answer to a change', () => {
  it('tells what a first check found', () => {
    const shown = serverSetupAnswer({
      outcome: 'added',
      server: server(),
      found: {
        up: true,
        latencyMs: 12.4,
        players: 3,
        maxPlayers: 20,
        version: 'Paper 1.21',
        motd: 'Come **in**',
      },
    });
    expect(shown.content).toContain('**Survival \\*1\\*** is watched from now on');
    expect(text(shown)).toContain('3/20');
    expect(text(shown)).toContain('Come \\\\*\\\\*in\\\\*\\\\*');
  });

  it('says what to do when it did not answer', () => {
    const shown = serverSetupAnswer({
      outcome: 'added',
      server: server(),
      found: { up: false, cause: 'name-not-found' },
    });
    expect(shown.embeds[0]?.description).toContain('its name is not found in DNS');
    expect(shown.embeds[0]?.description).toContain('/server edit');
  });

  it('has words for every outcome', () => {
    const outcomes: ServerSetupOutcome[] = [
      { outcome: 'unchanged', server: server() },
      { outcome: 'removed', name: 'x' },
      { outcome: 'maintenance-ended', serverName: 'x' },
      { outcome: 'subscribed', serverName: 'x' },
      { outcome: 'not-down', serverName: 'x' },
      { outcome: 'exists', id: 'x' },
      { outcome: 'unknown-server', id: 'x' },
      { outcome: 'unknown-window' },
      { outcome: 'in-file', id: 'x' },
      { outcome: 'invalid', reasons: ['address must be a host'] },
      { outcome: 'failed', reference: 'server-setup-1' },
    ];
    for (const outcome of outcomes) {
      const shown = serverSetupAnswer(outcome);
      expect(shown.content.length).toBeGreaterThan(20);
      expect(shown.allowed_mentions).toEqual({ parse: [] });
    }
  });
});
