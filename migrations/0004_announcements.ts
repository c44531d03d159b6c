import type { Knex } from 'knex';

/** Sources of announcements, what they delivered, and what was posted of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(SOURCES);
  await knex.raw(DELIVERIES);
  await knex.raw(POSTS);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table announcement_contents, announcement_posts, announcement_pings, publications, deliveries,
      source_subscriptions, announcement_sources;
  `);
}

const SOURCES = `
  create table announcement_sources (
    guild_id text not null references guilds,
    id text not null check (id <> ''),
    origin text not null check (origin in ('file', 'command')),
    provider text not null check (provider <> ''),
    definition jsonb not null,
    -- Sealed; the newest first. Only of those that we made.
    secrets jsonb not null default '[]' check (jsonb_typeof(secrets) = 'array'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- What administrators were told of and that is still so.
    told text[] not null default '{}',
    primary key (guild_id, id)
  );
  comment on column announcement_sources.secrets is
    'A list of { sealed, madeAt, validUntil }: sealed with a key that is not in the database.';

  create table source_subscriptions (
    guild_id text not null,
    source_id text not null,
    topic text not null check (topic <> ''),
    state text not null check (state in ('asked', 'active', 'ending', 'refused')),
    asked_at timestamptz,
    lease_until timestamptz,
    -- Of the feed that is asked as the second way.
    etag text,
    last_modified text,
    asked_feed_at timestamptz,
    error text,
    primary key (guild_id, source_id),
    foreign key (guild_id, source_id) references announcement_sources on delete cascade
  );
`;

const DELIVERIES = `
  create table deliveries (
    guild_id text not null,
    source_id text not null,
    id text not null check (id <> ''),
    received_at timestamptz not null,
    -- Where the bytes are kept; null: they were erased.
    storage_key text,
    bytes int not null check (bytes >= 0),
    fate text not null check (fate in (
      'received', 'posted', 'waiting', 'known', 'filtered', 'ignored', 'malformed', 'failed'
    )),
    -- A sentence for the administrator, without anything of what was delivered.
    reason text,
    items int not null default 0 check (items >= 0),
    -- How often it was delivered again by an administrator.
    again int not null default 0 check (again >= 0),
    -- The interaction by which it was delivered again last.
    again_by text,
    -- What came of it: { posts: those that it shows itself, joined: keys of those that others show }.
    plan jsonb not null,
    primary key (guild_id, source_id, id),
    foreign key (guild_id, source_id) references announcement_sources on delete cascade
  );
  create index deliveries_by_time on deliveries (guild_id, source_id, received_at desc, id desc);
  create index deliveries_kept on deliveries (guild_id, source_id, received_at)
    where storage_key is not null;
  create index deliveries_joined on deliveries using gin ((plan -> 'joined')) where fate = 'waiting';
`;

const POSTS = `
  create table announcement_posts (
    key bigint generated always as identity primary key,
    guild_id text not null references guilds,
    source_id text not null,
    -- The route's channel: a thread's or forum post's parent.
    channel_id text not null,
    -- The route as it was when the post was planned.
    route jsonb not null,
    status text not null check (status in ('planned', 'shown', 'gone', 'failed')),
    planned_at timestamptz not null,
    due_at timestamptz not null,
    -- Whether more news may join it until it is due.
    open boolean not null,
    -- Counts what the post is to show; shown_version is what Discord shows.
    version int not null default 1 check (version >= 1),
    shown_version int not null default 0,
    message_id text,
    -- Of a forum's post, or of the thread that was begun at it.
    thread_id text,
    -- Null: nobody asked yet whether it may ping.
    may_ping boolean,
    published_at timestamptz,
    reason text,
    constraint shown_has_message check (status <> 'shown' or message_id is not null)
  );
  create index announcement_posts_open on announcement_posts (guild_id, source_id, channel_id)
    where open and status = 'planned';
  create unique index announcement_posts_by_message on announcement_posts (channel_id, message_id)
    where message_id is not null;
  create index announcement_posts_planned on announcement_posts (due_at) where status = 'planned';

  create table announcement_contents (
    guild_id text not null references guilds,
    channel_id text not null,
    -- By content: the same from webhook and feed, and from two sources, is one.
    identity text collate "C" not null,
    post_key bigint not null references announcement_posts on delete cascade,
    position int not null,
    -- Null: known as part of another one, such as a commit of a push.
    item jsonb,
    deleted_at timestamptz,
    seen_at timestamptz not null,
    primary key (guild_id, channel_id, identity)
  );
  create index announcement_contents_by_post on announcement_contents (post_key, position);

  create table announcement_pings (
    guild_id text not null references guilds,
    channel_id text not null,
    role_id text not null,
    pinged_at timestamptz not null,
    primary key (guild_id, channel_id, role_id)
  );

  -- Discord's limit of publications in an hour, counted over restarts.
  create table publications (
    channel_id text not null,
    message_id text not null,
    published_at timestamptz not null,
    primary key (channel_id, message_id)
  );
  create index publications_by_time on publications (channel_id, published_at desc);
`;
