import type { WatchRecorder, DueServer, ServerResult } from '../../src/db/watching';
import type { Check, FailureCause } from '../../src/domain/watching/check';
import type { IncidentPolicy } from '../../src/domain/watching/incident';
import { observe } from '../../src/domain/watching/observe';
import { DEFAULT_THRESHOLDS, type ServerSettings } from '../../src/domain/watching/server';
import type { ServerFact, ServerState } from '../../src/domain/watching/server-state';
import { statusOf } from '../../src/domain/watching/status';
import { GUILD } from './case-fixtures';

export const START = Date.UTC(2026, 2, 2, 12);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Between two checks of a server that says nothing else. */
export const INTERVAL = 30 * SECOND;

/** A server that nobody minds, but for what the test says. */
export function settings(id: string, more: Partial<ServerSettings> = {}): ServerSettings {
  return {
    id,
    name: `The ${id}`,
    probe: 'java',
    address: `${id}.example.org`,
    port: null,
    intervalMs: INTERVAL,
    timeoutMs: 3 * SECOND,
    thresholds: DEFAULT_THRESHOLDS,
    allowInternal: false,
    host: id,
    isPublic: true,
    channels: [],
    maintenance: [],
    expectStatus: null,
    rcon: null,
    ...more,
  };
}

export const POLICY: IncidentPolicy = {
  alertChannelId: '700000000000000001',
  pingRoleIds: ['300000000000000002'],
  seniorRoleIds: [],
  raiseAfterMs: 10 * MINUTE,
  remindAfterMs: [HOUR],
  publicChannelId: null,
};

export const POLICIES = new Map([[GUILD, POLICY]]);

export function answered(at: number, latencyMs = 12, players: number | null = 3): Check {
  const result = { up: true, latencyMs, players, maxPlayers: 20, version: '1.21', motd: 'Hello' };
  return { at, result: { ...result, up: true } };
}

export function failed(at: number, cause: FailureCause = 'refused'): Check {
  return { at, result: { up: false, cause } };
}

/** An outage that is sure after 8 seconds. */
export const outage = (at: number) => [
  failed(at),
  failed(at + 4 * SECOND),
  failed(at + 8 * SECOND),
];

/** The end of an outage, which is sure after one interval. */
export const recovery = (at: number) => [answered(at), answered(at + INTERVAL)];

/** Has servers watched; one without a host has its own. */
export async function watchOnHosts(
  recorder: WatchRecorder,
  servers: readonly (readonly [id: string, host?: string])[],
): Promise<void> {
  const wanted = servers.map(([id, host = id]) => settings(id, { host }));
  await recorder.applyServers(GUILD, 'file', wanted, START);
}

/** What follows from checks according to the domain. */
export function checked(due: DueServer, checks: readonly Check[]): ServerResult {
  let state: ServerState = due.state;
  const facts: ServerFact[] = [];
  for (const { at, result } of checks) {
    const seen = observe(state, due.server.thresholds, { type: 'check', at, result });
    state = seen.state;
    facts.push(...seen.facts);
  }
  return concluded(due, { checks, state, facts });
}

/** A result with these facts, whatever the domain would say. */
export function concluded(
  due: DueServer,
  more: Partial<Pick<ServerResult, 'checks' | 'state' | 'facts' | 'wishes' | 'nextDueAt'>>,
): ServerResult {
  const state = more.state ?? due.state;
  return {
    server: due.server,
    version: due.version,
    checks: [],
    facts: [],
    wishes: [],
    nextDueAt: due.dueAt,
    ...more,
    state,
    status: statusOf(state),
  };
}

/** All servers that are due, whenever that is. */
export function everyServer(recorder: WatchRecorder): Promise<readonly DueServer[]> {
  return recorder.due(START + 10_000 * DAY, { batch: 0, of: 1 });
}

/** A round in which each server is found as the function says; `null`: it is not checked. */
export async function round(
  recorder: WatchRecorder,
  found: (server: DueServer) => readonly Check[] | null,
) {
  const results = (await everyServer(recorder)).flatMap((server) => {
    const checks = found(server);
    return checks === null ? [] : [checked(server, checks)];
  });
  return recorder.saveRound({ results, policies: POLICIES });
}
