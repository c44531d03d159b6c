import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { query } from '../watching/query';
import type { MirrorReader } from './reading';
import { MIRROR_COLUMNS, mirrorRow } from './rows';

export function createMirrorReader(knex: Knex): MirrorReader {
  const mirrors = (where: string, bindings: Readonly<Record<string, string>> = {}) =>
    whileAvailable(() =>
      query(
        knex,
        mirrorRow,
        `select ${MIRROR_COLUMNS} from mirrors where ${where} order by guild_id, id`,
        bindings,
      ),
    );
  return {
    mirrors: () => mirrors('true'),
    mirrorsOf: (guildId) => mirrors('guild_id = :guildId or to_guild_id = :guildId', { guildId }),
    mirror: async (guildId, id) =>
      (await mirrors('guild_id = :guildId and id = :id', { guildId, id }))[0] ?? null,
    mirrorWebhooks: () =>
      whileAvailable(async () => {
        const rows = await query(
          knex,
          z.object({ id: z.string() }),
          'select id from mirror_webhooks order by id',
        );
        return rows.map(({ id }) => id);
      }),
    copyOf: (guildId, mirrorId, messageId) =>
      whileAvailable(async () => {
        const [copy] = await query(
          knex,
          z.object({ copyId: z.string(), shownIn: z.string() }),
          `select c.copy_id as "copyId", c.shown_in as "shownIn"
           from mirror_streams s join mirror_copies c on c.stream_key = s.key
           where s.guild_id = :guildId and s.mirror_id = :mirrorId and c.message_id = :messageId
             and c.copy_id is not null`,
          { guildId, mirrorId, messageId },
        );
        return copy ?? null;
      }),
  };
}
