import type { Knex } from 'knex';

/** Mirrors, how far they have copied, and which message is the copy of which. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(MIRRORS);
  await knex.raw(STREAMS);
  await knex.raw(COPIES);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table mirror_changes, mirror_copies, mirror_streams, mirror_webhooks, mirror_targets, mirrors;
  `);
}

const MIRRORS = `
  create table mirrors (
    guild_id text not null references guilds,
    id text not null check (id <> ''),
    origin text not null check (origin in ('file', 'command')),
    definition jsonb not null,
    from_channel_id text not null,
    to_guild_id text not null,
    to_channel_id text not null,
    -- Of the other guild's administrators; within one guild nobody else is to be asked.
    agreement text not null check (agreement in ('agreed', 'asked', 'refused')),
    -- Who of the other guild said so last; null: nobody did, or the file does.
    answered_by text,
    -- What staff were told of and that is still so.
    told text[] not null default '{}',
    added_at timestamptz not null default now(),
    primary key (guild_id, id),
    check (from_channel_id <> to_channel_id)
  );
  create index mirrors_by_target on mirrors (to_guild_id, guild_id, id);

  -- A channel that is copied into. Whoever works on it holds it, so that everything there happens in order.
  create table mirror_targets (
    channel_id text primary key,
    webhook_id text,
    sealed_token text,
    -- The workflow that works on it, and the one try of it that may; without a token it only comes back soon.
    holder text,
    token text,
    held_until timestamptz,
    constraint webhook_has_token check ((webhook_id is null) = (sealed_token is null))
  );

  -- Every webhook that ever made copies: what it wrote is never copied again.
  create table mirror_webhooks (
    id text primary key,
    channel_id text not null
  );
`;

const STREAMS = `
  create table mirror_streams (
    key bigint generated always as identity primary key,
    guild_id text not null,
    mirror_id text not null,
    -- The mirror's channel, or a thread of it.
    from_channel_id text not null,
    target_channel_id text not null references mirror_targets,
    -- The target's thread; null: none, or not made yet.
    thread_id text,
    is_thread boolean not null,
    -- Every message up to this one was copied, or is not to be.
    cursor text not null check (cursor ~ '^[0-9]{1,20}$'),
    -- The newest message that somebody asked for.
    wanted text not null check (wanted ~ '^[0-9]{1,20}$'),
    -- Copies of messages behind this one are to be compared with their originals; null: none are.
    review_after text,
    -- Until then there is no use in trying: something has to be mended by a person.
    blocked_until timestamptz,
    unique (guild_id, mirror_id, from_channel_id),
    foreign key (guild_id, mirror_id) references mirrors on delete cascade
  );
  create index mirror_streams_by_target on mirror_streams (target_channel_id);
`;

const COPIES = `
  create table mirror_copies (
    stream_key bigint not null references mirror_streams on delete cascade,
    message_id text not null,
    -- Null: it is being posted; a try that died may have posted it.
    copy_id text,
    -- Where the copy stands: the target, or a thread of it.
    shown_in text not null,
    -- The original as it was copied: when it was edited last, its attachments and reactions by id.
    shown jsonb not null default '{}',
    primary key (stream_key, message_id)
  );
  create index mirror_copies_by_place on mirror_copies (shown_in, (copy_id::numeric) desc)
    where copy_id is not null;

  -- Messages that were edited, deleted or reacted to since they were copied, as far as it is not followed yet.
  create table mirror_changes (
    stream_key bigint not null references mirror_streams on delete cascade,
    message_id text not null,
    version int not null default 1,
    primary key (stream_key, message_id)
  );
`;
