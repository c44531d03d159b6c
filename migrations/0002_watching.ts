import type { Knex } from 'knex';

/**
 * Watched game servers: what they are, what is known of them, their history, their outages, and what is to be
 * told of it. Whatever grows with time is partitioned by it, so that forgetting is dropping a partition.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(SLUGS);
  await knex.raw(SERVERS);
  await knex.raw(CHECKS);
  await knex.raw(PARTITIONS);
  await knex.raw(SPANS);
  await knex.raw(INCIDENTS);
  await knex.raw(APPEND_ONLY);
  await knex.raw(TELLING);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table status_messages, channel_names, watch_news, outage_subscriptions, incident_events,
      incident_servers, incidents, server_spans, history_progress, server_days, server_hours,
      server_checks, server_states, server_windows, game_servers;
    drop function make_history_partition, drop_history_before;
    drop trigger slug on guilds;
    drop function choose_guild_slug, slug_of;
    alter table guilds drop column slug;
  `);
}

/**
 * The guild's name in addresses. The configured one, or made once from the guild's name; a new name of the
 * guild does not break the links to its page.
 */
const SLUGS = `
  create function slug_of(name text) returns text language sql immutable as $$
    select case
      -- A guild's id is an address too: no other guild's slug may look like one.
      when slug ~ '^[0-9]+$' then 'guild-' || slug
      when slug = '' then 'guild'
      else slug
    end
    from (select trim(both '-' from left(regexp_replace(regexp_replace(
      lower(normalize(name, NFKD)), '[\\u0300-\\u036f]', '', 'g'), '[^a-z0-9]+', '-', 'g'), 40)) as slug)
  $$;

  create function choose_guild_slug() returns trigger language plpgsql as $$
  declare
    wanted text := new.configuration #>> '{watching,slug}';
    own text;
    number int := 1;
  begin
    select slug into own from guilds where id = new.id;
    if wanted is null and own is not null then
      new.slug := own;
      return new;
    end if;
    wanted := slug_of(coalesce(wanted, new.name));
    -- Two guilds of one name that come at once: the second one sees the first.
    perform pg_advisory_xact_lock(7345202);
    new.slug := wanted;
    while exists (select from guilds where slug = new.slug and id <> new.id) loop
      number := number + 1;
      new.slug := wanted || '-' || number;
    end loop;
    return new;
  end $$;

  alter table guilds add column slug text;
  create trigger slug before insert or update of name, configuration on guilds
    for each row execute function choose_guild_slug();
  update guilds set name = name;
  alter table guilds alter column slug set not null, add constraint guilds_by_slug unique (slug);
`;

const SERVERS = `
  create table game_servers (
    key int generated always as identity primary key,
    guild_id text not null references guilds,
    id text not null check (id <> ''),
    origin text not null check (origin in ('file', 'command')),
    definition jsonb not null check (definition ->> 'id' = id),
    name text not null generated always as (definition ->> 'name') stored,
    is_public boolean not null generated always as ((definition ->> 'isPublic')::boolean) stored,
    position int not null,
    added_at timestamptz not null,
    removed_at timestamptz check (removed_at >= added_at)
  );
  comment on column game_servers.key is 'Never used again: a server that is added anew gets a new one.';
  create unique index game_servers_by_id on game_servers (guild_id, id) where removed_at is null;

  create table server_windows (
    server_key int not null references game_servers,
    id text not null check (id <> ''),
    definition jsonb not null check (definition ->> 'id' = id),
    primary key (server_key, id)
  );
  comment on table server_windows is 'Maintenance that commands added, beside that of the definition.';

  -- One row a server, written at every check: no index but the key, so that each update stays in its page.
  create table server_states (
    server_key int primary key references game_servers,
    version int not null default 0,
    state jsonb not null,
    status text not null check (status in (
      'up', 'suspect', 'down', 'recovering', 'flapping', 'unknown', 'maintenance'
    )),
    checked_at timestamptz,
    due_at timestamptz not null,
    wished jsonb not null default '{}'
  ) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
  comment on column server_states.version is 'Changes with every write: a result counts on its own state only.';
`;

/** What is kept of the checks of each hour, or day. */
const figures = (period: 'hour' | 'day') => `
    server_key int not null references game_servers,
    checks int not null check (checks > 0),
    failures int not null check (failures between 0 and checks),
    latency_p50 real,
    latency_p95 real,
    latency_p99 real,
    players_min int,
    players_avg real,
    players_max int,
    primary key (server_key, ${period}),
    constraint ${period}s_latency_whole check (
      num_nonnulls(latency_p50, latency_p95, latency_p99) in (0, 3)
    ),
    constraint ${period}s_players_whole check (
      num_nonnulls(players_min, players_avg, players_max) in (0, 3)
    )`;

const CHECKS = `
  -- No foreign key: it would lock and write every server's row at every check. Keys are never deleted.
  create table server_checks (
    at timestamptz not null,
    server_key int not null,
    latency_ms real check (latency_ms >= 0),
    players int check (players >= 0),
    cause text,
    primary key (server_key, at),
    constraint answered_or_failed check (
      (cause is null) = (latency_ms is not null) and (cause is null or players is null)
    )
  ) partition by range (at);
  comment on column server_checks.cause is 'Why it failed; null: it was answered.';
  create table server_checks_default partition of server_checks default;

  create table server_hours (
    hour timestamptz not null,
    ${figures('hour')}
  ) partition by range (hour);
  create table server_hours_default partition of server_hours default;

  create table server_days (
    day timestamptz not null,
    ${figures('day')}
  );
  comment on column server_days.day is 'The first instant of a day in UTC.';

  create table history_progress (
    task text primary key check (task in ('hours', 'days')),
    until timestamptz not null,
    last_key int not null default 0
  );
  comment on table history_progress is 'Until when checks are rolled up into hours and days.';
  comment on column history_progress.last_key is 'The servers up to this one are rolled up further already.';
`;

/**
 * With the rights of whoever migrates: the program's own role may then have none to create or drop a table.
 * Rows that came before their partition was made lie in the default one; they move with its making.
 */
const PARTITIONS = `
  create function make_history_partition(parent text, since timestamptz, until timestamptz)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    name text := parent || '_' || to_char(since at time zone 'UTC', 'YYYYMMDD"t"HH24');
    instant text := case parent when 'server_checks' then 'at' when 'server_hours' then 'hour' end;
  begin
    if instant is null or until <= since then
      raise exception 'There are no partitions of % from % until %.', parent, since, until;
    end if;
    if to_regclass(quote_ident(name)) is not null then return false; end if;
    execute format('lock table %I in share row exclusive mode', parent);
    if to_regclass(quote_ident(name)) is not null then return false; end if;
    execute format('create table %I (like %I including all)', name, parent);
    execute format(
      'with moved as (delete from %1$I where %2$I >= %3$L and %2$I < %4$L returning *)
       insert into %5$I select * from moved',
      parent || '_default', instant, since, until, name);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)',
      parent, name, since, until);
    return true;
  end $$;

  create function drop_history_before(parent text, before timestamptz)
  returns int language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    instant text := case parent when 'server_checks' then 'at' when 'server_hours' then 'hour' end;
    old regclass;
    dropped int := 0;
  begin
    if instant is null then raise exception 'There are no partitions of %.', parent; end if;
    for old in
      select c.oid::regclass from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass(quote_ident(parent))
        and substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz <= before
    loop
      execute format('drop table %s', old);
      dropped := dropped + 1;
    end loop;
    -- Few, as long as partitions are made in time; if not, the next calls delete the rest.
    execute format(
      'delete from %1$I where ctid = any(array(select ctid from %1$I where %2$I < %3$L limit 100000))',
      parent || '_default', instant, before);
    return dropped;
  end $$;

  -- A role that is not the owner is granted these beside the rights to read and write the tables.
  revoke execute on function make_history_partition, drop_history_before from public;
`;

/** What uptime is counted from: every instant of a server's life is in exactly one span. */
const SPANS = `
  create table server_spans (
    server_key int not null references game_servers,
    kind text not null check (kind in ('up', 'down', 'unknown', 'maintenance')),
    started_at timestamptz not null,
    ended_at timestamptz not null default 'infinity',
    primary key (server_key, started_at),
    check (ended_at > started_at),
    -- The key as a range: no extension is needed to compare it in such an index.
    constraint spans_never_overlap exclude using gist (
      int4range(server_key, server_key, '[]') with &&, tstzrange(started_at, ended_at) with &&
    )
  );
  comment on column server_spans.ended_at is 'infinity: the present span.';
  create unique index server_spans_by_end on server_spans (server_key, ended_at)
    include (started_at, kind);
`;

const INCIDENTS = `
  create table incidents (
    id text primary key check (id <> ''),
    guild_id text not null references guilds,
    number int not null check (number >= 1),
    host text not null,
    status text not null check (status in ('open', 'acknowledged', 'recovered')),
    opened_at timestamptz not null,
    recovered_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    raised_at timestamptz,
    flapping boolean not null default false,
    alert_channel_id text,
    alert_message_id text,
    public_channel_id text,
    public_message_id text,
    last_seq int not null default 0 check (last_seq >= 0),
    policy jsonb not null,
    constraint recovered_has_instant check ((status = 'recovered') = (recovered_at is not null)),
    constraint acknowledged_whole check (num_nonnulls(acknowledged_at, acknowledged_by) in (0, 2)),
    constraint alert_whole check (num_nonnulls(alert_channel_id, alert_message_id) in (0, 2)),
    constraint public_whole check (num_nonnulls(public_channel_id, public_message_id) in (0, 2))
  );
  comment on column incidents.last_seq is
    'How many events led to this row: news that arrive late do not turn it back.';
  create unique index incidents_by_number on incidents (guild_id, number desc) include (id);
  create unique index incidents_open on incidents (guild_id, number desc) include (id)
    where status <> 'recovered';

  create table incident_servers (
    incident_id text not null references incidents,
    server_key int not null references game_servers,
    started_at timestamptz not null,
    ended_at timestamptz check (ended_at >= started_at),
    cause text not null,
    unknown_ms bigint not null default 0 check (unknown_ms >= 0),
    incident_number int not null,
    primary key (incident_id, server_key, started_at)
  );
  comment on table incident_servers is 'The downtimes. ended_at null: it is down.';
  create unique index incident_servers_down on incident_servers (server_key) include (incident_id)
    where ended_at is null;
  create index incident_servers_by_server on incident_servers (server_key, incident_number desc)
    include (incident_id);
  create index incident_servers_by_start on incident_servers (server_key, started_at);

  create table incident_events (
    incident_id text not null references incidents,
    seq int not null check (seq >= 1),
    type text not null check (type ~ '^[a-z]+(-[a-z]+)*$'),
    at timestamptz not null,
    actor_id text,
    data jsonb not null,
    note text,
    primary key (incident_id, seq)
  );

  create table outage_subscriptions (
    server_key int not null references game_servers,
    user_id text not null check (user_id ~ '^[0-9]{1,20}$'),
    asked_at timestamptz not null,
    told_at timestamptz,
    primary key (server_key, user_id)
  );
`;

/** The function that guards the history of cases guards that of incidents, too, and says whose it is. */
const APPEND_ONLY = `
  create or replace function refuse_change_of_history() returns trigger language plpgsql as $$
  begin
    if coalesce(current_setting('castellan.erase', true), '') <> 'on' then
      raise exception 'The history in % is only added to; % is refused.', tg_table_name, tg_op
        using errcode = 'restrict_violation',
              hint = 'To erase a person''s data: set local castellan.erase = ''on''.';
    end if;
    if tg_op = 'UPDATE' then return new; end if;
    return old;
  end $$;
  create trigger append_only before update or delete on incident_events
    for each row execute function refuse_change_of_history();
  create trigger append_only_whole before truncate on incident_events
    for each statement execute function refuse_change_of_history();
`;

const TELLING = `
  create table watch_news (
    id bigint generated always as identity primary key,
    guild_id text not null references guilds,
    incident_id text references incidents,
    channel_id text,
    payload jsonb not null,
    created_at timestamptz not null default now(),
    constraint of_one_kind check (num_nonnulls(incident_id, channel_id) = 1)
  );
  comment on table watch_news is 'What is still to be told; it goes when it was.';

  create table channel_names (
    channel_id text primary key check (channel_id ~ '^[0-9]{1,20}$'),
    guild_id text not null references guilds,
    shown text,
    wanted text,
    changes timestamptz[] not null default '{}',
    manual boolean not null default false,
    forbidden_told_at timestamptz
  );
  comment on column channel_names.changes is
    'When the name was changed, noted before it was tried: Discord allows 2 in 10 minutes.';

  create table status_messages (
    guild_id text not null references guilds,
    channel_id text not null check (channel_id ~ '^[0-9]{1,20}$'),
    message_id text not null,
    edited_at timestamptz not null,
    primary key (guild_id, channel_id)
  );
`;
