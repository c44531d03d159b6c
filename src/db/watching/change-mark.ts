import type { Knex } from 'knex';
import { z } from 'zod';
import { query } from './query';

/** Older incidents are over, and their history does not grow any more. */
const NEWEST_INCIDENTS = 50;

/**
 * What becomes another text with every check of a guild's servers and every event of its incidents. It costs
 * a small part of reading what they are; changes of the configuration are not in it.
 */
export async function changeMark(knex: Knex, guildId: string): Promise<string> {
  const [found] = await query(
    knex,
    z.object({ mark: z.string() }),
    `select concat_ws('/',
       (select concat_ws(':', count(*), sum(s.version))
          from game_servers g join server_states s on s.server_key = g.key
          where g.guild_id = :guildId),
       (select concat_ws(':', max(number), sum(last_seq))
          from (select number, last_seq from incidents where guild_id = :guildId
                order by number desc limit :newest) as newest)
     ) as mark`,
    { guildId, newest: NEWEST_INCIDENTS },
  );
  return found?.mark ?? '';
}
