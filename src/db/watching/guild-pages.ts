import type { Knex } from 'knex';
import { z } from 'zod';
import { query } from './query';
import type { GuildPage } from './reading';

const guildPage = z.object({ guildId: z.string(), name: z.string(), slug: z.string() });

/** The guild with this id, or the one with this slug; a guild's id is an address of its page too. */
export async function guildPageOf(
  knex: Knex,
  which: { readonly guildId: string } | { readonly slug: string },
): Promise<GuildPage | null> {
  const [found] = await query(
    knex,
    guildPage,
    `select id as "guildId", name, slug from guilds where id = :name
     ${'slug' in which ? 'or slug = :name' : ''}`,
    { name: 'slug' in which ? which.slug : which.guildId },
  );
  return found ?? null;
}
