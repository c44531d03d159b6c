import type { Knex } from 'knex';

/** What is remembered of feeds, and of subscriptions that are being ended. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table polled_feeds (
      guild_id text not null,
      source_id text not null,
      -- Another one is another feed.
      address text not null check (address <> ''),
      version int not null check (version >= 0),
      entries jsonb not null check (jsonb_typeof(entries) = 'array'),
      primary key (guild_id, source_id),
      foreign key (guild_id, source_id) references announcement_sources on delete cascade
    );
    comment on column polled_feeds.entries is
      'A list of { identity, fingerprint, wasNews }, the newest last; digests instead of what the feed says.';

    -- Of sources that may be gone: a hub asks whether it was us who ended it.
    create table ended_subscriptions (
      guild_id text not null references guilds on delete cascade,
      source_id text not null,
      topic text not null check (topic <> ''),
      ended_at timestamptz not null,
      primary key (guild_id, source_id, topic)
    );
    create index ended_subscriptions_by_time on ended_subscriptions (ended_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table ended_subscriptions, polled_feeds');
}
