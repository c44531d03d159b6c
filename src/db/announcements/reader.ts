import type { Knex } from 'knex';
import { whileAvailable } from '../connection';
import { iso, query } from '../watching/query';
import type { AnnouncementReader } from './reading';
import { DELIVERY_COLUMNS, deliveryRow, SOURCE_COLUMNS, sourceRow } from './rows';

type Bindings = Readonly<Record<string, Knex.RawBinding>>;

/** For every process. */
export function createAnnouncementReader(knex: Knex): AnnouncementReader {
  const sources = (where: string, bindings: Bindings) =>
    whileAvailable(() =>
      query(
        knex,
        sourceRow,
        `select ${SOURCE_COLUMNS}
         from announcement_sources s
           left join source_subscriptions u on (u.guild_id, u.source_id) = (s.guild_id, s.id)
         where ${where} order by s.guild_id, s.id`,
        bindings,
      ),
    );
  const deliveries = (where: string, bindings: Bindings) =>
    whileAvailable(() =>
      query(
        knex,
        deliveryRow,
        `select ${DELIVERY_COLUMNS} from deliveries
         where guild_id = :guildId and source_id = :sourceId and ${where}`,
        bindings,
      ),
    );
  return {
    sources: (guildId) =>
      guildId === undefined ? sources('true', {}) : sources('s.guild_id = :guildId', { guildId }),
    source: async (guildId, id) =>
      (await sources('s.guild_id = :guildId and s.id = :id', { guildId, id }))[0] ?? null,
    deliveries: async ({ guildId, sourceId }, { after, limit }) => {
      const place = after === null ? {} : { at: iso(after.receivedAt), id: after.id };
      const found = await deliveries(
        `${after === null ? 'true' : '(received_at, id) < (:at, :id)'}
         order by received_at desc, id desc limit :most`,
        // One more than the page has, to know whether another one follows.
        { guildId, sourceId, most: limit + 1, ...place },
      );
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        deliveries: shown,
        next:
          found.length > limit && last !== undefined
            ? { receivedAt: last.receivedAt, id: last.id }
            : null,
      };
    },
    delivery: async (guildId, sourceId, id) =>
      (await deliveries('id = :id', { guildId, sourceId, id }))[0] ?? null,
  };
}
