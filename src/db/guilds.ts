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
  /**
   * The guilds whose configuration was changed since an earlier answer.
   *
   * @param since the `until` of that answer; `null`: none is named
   */
  changes(since: string | null): Promise<{
    readonly guildIds: readonly string[];
    readonly until: string;
  }>;
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
    changes: (since) =>
      whileAvailable(async () => {
        const { rows: answers } = changes.parse(await knex.raw(CHANGES, [since ?? 'infinity']));
        return answers[0];
      }),
    all: () =>
      whileAvailable(async () =>
        rows.parse(await configured().orderBy('id')).map(({ configuration }) => configuration),
      ),
  };
}

/**
 * The database's own clock tells what is new. A change carries the time at which its statement began and is
 * seen when that has ended: so the last seconds are told once more.
 */
const CHANGES = `
  select cast(now() as text) as until,
    array(
      select id from guilds
      where configuration is not null and updated_at > cast(? as timestamptz) - interval '10 seconds'
    ) as "guildIds"
`;

const changes = z.object({
  rows: z.tuple([z.object({ until: z.string(), guildIds: z.array(z.string()) })]),
});

const rows = z.array(z.object({ configuration: guildConfigurationSchema }));
