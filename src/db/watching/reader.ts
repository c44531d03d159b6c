import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { changeMark } from './change-mark';
import { guildPageOf } from './guild-pages';
import { exportDowntimes, incident, incidentEvents, incidents } from './incidents-reader';
import { overviews } from './overviews';
import { query } from './query';
import type { WatchReader } from './reading';
import { exportChecks, exportSeries, playersTogether, series } from './series';
import { days, uptime } from './spent-time';

/** For the bot and the web server. */
export function createWatchReader(knex: Knex): WatchReader {
  return {
    servers: (guildId, now) => whileAvailable(() => overviews(knex, { guildId }, now)),
    server: (guildId, id, now) =>
      whileAvailable(async () => (await overviews(knex, { guildId, id }, now))[0] ?? null),
    uptime: (keys, now) => whileAvailable(() => uptime(knex, keys, now)),
    days: (keys, time, now) => whileAvailable(() => days(knex, keys, time, now)),
    series: (asked) => whileAvailable(() => series(knex, asked)),
    playersTogether: (asked) => whileAvailable(() => playersTogether(knex, asked)),
    incidents: (asked) => whileAvailable(() => incidents(knex, asked)),
    incident: (id) => whileAvailable(() => incident(knex, { id })),
    incidentByNumber: (guildId, number) =>
      whileAvailable(() => incident(knex, { guild_id: guildId, number })),
    incidentEvents: (id) => whileAvailable(() => incidentEvents(knex, id)),
    exportChecks: (asked) => whileAvailable(() => exportChecks(knex, asked)),
    exportHours: (asked) => whileAvailable(() => exportSeries(knex, 'hour', asked)),
    exportDays: (asked) => whileAvailable(() => exportSeries(knex, 'day', asked)),
    exportDowntimes: (asked) => whileAvailable(() => exportDowntimes(knex, asked)),
    changeMark: (guildId) => whileAvailable(() => changeMark(knex, guildId)),
    guild: (guildId) => whileAvailable(() => guildPageOf(knex, { guildId })),
    guildBySlug: (slug) => whileAvailable(() => guildPageOf(knex, { slug })),
    countServers: () =>
      whileAvailable(async () => {
        const [counted] = await query(
          knex,
          z.object({ count: z.number() }),
          'select count(*)::int as count from server_states',
        );
        return counted?.count ?? 0;
      }),
  };
}
