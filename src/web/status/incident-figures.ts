import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { IncidentHistoryEntry, IncidentRow, WatchReader } from '../../db/watching';
import { FAILURE_CAUSES } from '../../domain/watching/check';
import type { IncidentFigures, IncidentPage, IncidentUpdate } from './figures';
import { serverName } from './server-figures';
import type { PastIncidentsQuery } from './source';

/** Incidents that are over do not change; so many of them are remembered with their course. */
const REMEMBERED = 2_000;

export interface IncidentReader {
  /** Those that are not over, newest first. */
  open(guildId: string, limit: number): Promise<IncidentFigures[]>;
  past(guildId: string, query: PastIncidentsQuery): Promise<IncidentPage>;
}

/** Reads incidents as users may see them: only public servers, nobody's name, no notes. */
export function createIncidentReader(
  reader: Pick<WatchReader, 'incidents' | 'incidentEvents'>,
): IncidentReader {
  const over = new LRUCache<string, IncidentFigures>({ max: REMEMBERED });
  const figures = async (row: IncidentRow): Promise<IncidentFigures> => {
    const known = over.get(row.incidentId);
    if (known !== undefined) return known;
    const shown = incidentFigures(row, await reader.incidentEvents(row.incidentId));
    if (shown.recoveredAt !== null) over.set(row.incidentId, shown);
    return shown;
  };
  return {
    open: async (guildId, limit) => {
      const { incidents } = await reader.incidents({
        guildId,
        publicOnly: true,
        open: true,
        limit,
      });
      return Promise.all(incidents.map(figures));
    },
    past: async (guildId, { before, limit, serverKey }) => {
      const page = await reader.incidents({
        guildId,
        publicOnly: true,
        limit,
        ...(before !== null && { before }),
        ...(serverKey !== undefined && { serverKey }),
      });
      const done = page.incidents.filter(({ recoveredAt }) => recoveredAt !== null);
      return { incidents: await Promise.all(done.map(figures)), next: page.next };
    },
  };
}

/** An incident and its course, as users may see them. */
export function incidentFigures(
  row: IncidentRow,
  history: readonly IncidentHistoryEntry[],
): IncidentFigures {
  const names = new Map<number, string>();
  for (const { serverKey, name, isPublic } of row.servers) {
    if (isPublic) names.set(serverKey, serverName(name, '?'));
  }
  const told = history.flatMap((entry) => publicUpdate(entry, names) ?? []);
  // The round has recorded the outage; its workflow may be about to write the first line.
  const updates = (told.length > 0 ? told : begun(row, names)).sort((a, b) => a.at - b.at);
  const alone = names.size === 1 && updates.some(({ type }) => type === 'up');
  return {
    number: row.number,
    openedAt: row.openedAt,
    recoveredAt: row.recoveredAt,
    servers: row.servers
      .filter(({ isPublic }) => isPublic)
      .map(({ serverKey, name, since, until, cause, unknownMs }) => ({
        key: serverKey,
        name: serverName(name, '?'),
        since,
        until,
        cause,
        unknownMs,
      })),
    // That the only server is up again says the same.
    updates: alone ? updates.filter(({ type }) => type !== 'recovered') : updates,
  };
}

function begun(row: IncidentRow, names: ReadonlyMap<number, string>): IncidentUpdate[] {
  return row.servers.flatMap(({ serverKey, since, cause }) => {
    const server = names.get(serverKey);
    return server === undefined ? [] : [{ type: 'down', at: since, server, cause }];
  });
}

const cause = z.enum(FAILURE_CAUSES);
const down = z.object({
  server: z.object({ serverKey: z.number(), since: z.number(), cause }),
});
const changed = z.object({ serverKey: z.number(), cause });
const up = z.object({
  serverKey: z.number(),
  until: z.number(),
  removed: z.boolean().optional(),
});
const flapping = z.object({ serverKey: z.number(), flapping: z.boolean() });

/** What users are told of an event; `null`: nothing, it is the administration's own or a private server's. */
function publicUpdate(
  { type, at, data }: IncidentHistoryEntry,
  names: ReadonlyMap<number, string>,
): IncidentUpdate | null {
  switch (type) {
    case 'server-down': {
      const { server } = down.parse(data);
      const name = names.get(server.serverKey);
      return name === undefined
        ? null
        : { type: 'down', at: server.since, server: name, cause: server.cause };
    }
    case 'cause-changed': {
      const event = changed.parse(data);
      const name = names.get(event.serverKey);
      return name === undefined ? null : { type: 'cause', at, server: name, cause: event.cause };
    }
    case 'server-up': {
      const event = up.parse(data);
      const name = names.get(event.serverKey);
      if (name === undefined) return null;
      return { type: event.removed === true ? 'removed' : 'up', at: event.until, server: name };
    }
    case 'flapping': {
      const event = flapping.parse(data);
      const name = names.get(event.serverKey);
      if (name === undefined) return null;
      return { type: event.flapping ? 'flapping' : 'settled', at, server: name };
    }
    case 'acknowledged':
      return { type: 'acknowledged', at };
    case 'recovered':
      return { type: 'recovered', at };
    default:
      return null;
  }
}
