import type { Knex } from 'knex';
import { z } from 'zod';
import { guildConfigurationSchema, type GuildConfiguration } from '../config/guild/resolved';
import { whileAvailable } from './connection';

/** Guilds with their configurations. Every method throws `DatabaseUnavailable` while Postgres is away. */
export interface GuildRepository {
  /**
   * Stores a configuration, and the guild with it if it is new.
   *
   * @param hash says the same for configurations that mean the same
   */
  apply(configuration: GuildConfiguration, hash: string): Promise<'unchanged' | 'applied'>;
  /** `null`: the guild is not set up. */
  get(guildId: string): Promise<GuildConfiguration | null>;
  /** All guilds that are set up. */
  all(): Promise<GuildConfiguration[]>;
}

export function createGuildRepository(knex: Knex): GuildRepository {
  const configured = () => knex('guilds').whereNotNull('configuration').select('configuration');
  return {
    apply: (configuration, hash) =>
      whileAvailable(async () => {
        const changed: unknown[] = await knex('guilds')
          .insert({
            id: configuration.guildId,
            name: configuration.guildName,
            configuration: JSON.stringify(configuration),
            configuration_hash: hash,
          })
          .onConflict('id')
          .merge({
            name: configuration.guildName,
            configuration: JSON.stringify(configuration),
            configuration_hash: hash,
            updated_at: knex.fn.now(),
          })
          .whereRaw('guilds.configuration_hash is distinct from excluded.configuration_hash')
          .returning('id');
        return changed.length === 0 ? 'unchanged' : 'applied';
      }),
    get: (guildId) =>
      whileAvailable(async () => {
        const [guild] = rows.parse(await configured().where('id', guildId));
        return guild?.configuration ?? null;
      }),
    all: () =>
      whileAvailable(async () =>
        rows.parse(await configured().orderBy('id')).map(({ configuration }) => configuration),
      ),
  };
}

const rows = z.array(z.object({ configuration: guildConfigurationSchema }));
