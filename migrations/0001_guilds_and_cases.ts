import type { Knex } from 'knex';

/**
 * Guilds, and cases with their answers, history and stored conversations.
 * Instants are `timestamptz` in UTC, Discord's ids are text.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(GUILDS);
  await knex.raw(CASES);
  await knex.raw(CASE_INDEXES);
  await knex.raw(CASE_PARTS);
  await knex.raw(APPEND_ONLY);
  await knex.raw(PREPARE_OPENING);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function prepare_opening;
    drop table case_conversations, case_events, case_answers, cases, guilds;
    drop function refuse_change_of_history;
  `);
}

const GUILDS = `
  create table guilds (
    id text primary key check (id ~ '^[0-9]{1,20}$'),
    name text not null,
    configuration jsonb,
    configuration_hash text,
    last_case_number int not null default 0 check (last_case_number >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((configuration is null) = (configuration_hash is null))
  );
  comment on column guilds.last_case_number is
    'Taken in the transaction that inserts the case: numbers have no gaps.';
`;

const CASES = `
  create table cases (
    id text primary key check (id <> ''),
    guild_id text not null references guilds,
    number int not null check (number >= 1),
    kind text not null check (kind in ('ticket', 'report')),
    category_id text not null,
    category_title text not null,
    status text not null check (status in (
      'opening', 'refused', 'failed', 'open', 'claimed', 'resolved', 'closing', 'closed',
      'reopening', 'ended'
    )),
    team_id text not null,
    opener_id text not null check (opener_id ~ '^[0-9]{1,20}$'),
    opener_name text not null,
    assignee_id text,
    channel_id text check (channel_id ~ '^[0-9]{1,20}$'),
    message_id text,
    generation int not null check (generation >= 1),
    raised_at timestamptz,
    raised_by text,
    raised_to_team text,
    first_answered_at timestamptz,
    first_answered_by text,
    resolved_at timestamptz,
    resolved_by text,
    resolution text,
    closed_at timestamptz,
    closed_by text,
    close_cause text check (close_cause in ('opener', 'staff', 'inactivity', 'channel-gone')),
    close_reason text,
    opened_at timestamptz not null,
    last_activity_at timestamptz not null,
    last_message_id text,
    last_seq int not null check (last_seq >= 1),
    policy jsonb not null,
    constraint claimed_has_assignee check (status <> 'claimed' or assignee_id is not null),
    constraint raised_whole check (
      num_nonnulls(raised_at, raised_by, raised_to_team) in (0, 3)
    ),
    constraint first_answered_whole check (
      num_nonnulls(first_answered_at, first_answered_by) in (0, 2)
    ),
    constraint resolved_by_when_resolved check (
      resolved_at is not null or num_nonnulls(resolved_by, resolution) = 0
    ),
    constraint closed_has_instant check (
      status not in ('closed', 'ended') or closed_at is not null
    )
  ) with (fillfactor = 85);
  comment on column cases.id is 'The id of the workflow that carries the case.';
  comment on column cases.raised_by is 'A user''s id, or ''service-level''.';
  comment on column cases.last_seq is
    'How many events led to this row: news that arrive late do not turn it back.';
`;

/**
 * A list is found in its index alone, whatever else it is filtered by; only the rows of the page are read.
 * The columns that change with every message are in none, so that such updates touch no index.
 */
const CASE_INDEXES = `
  create unique index cases_by_number on cases (guild_id, number)
    include (id, kind, status, category_id, assignee_id, opener_id);
  create index cases_by_status on cases (guild_id, status, number)
    include (id, kind, category_id, assignee_id, opener_id);
  create index cases_by_category on cases (guild_id, category_id, number)
    include (id, kind, status, assignee_id, opener_id);
  create index cases_by_assignee on cases (guild_id, assignee_id, number)
    include (id, kind, status, category_id, opener_id);
  create index cases_by_opener on cases (guild_id, opener_id, number)
    include (id, kind, status, category_id, assignee_id, opened_at);
  create unique index cases_by_channel on cases (channel_id) where channel_id is not null;
`;

const CASE_PARTS = `
  create table case_answers (
    case_id text not null references cases,
    position int not null check (position >= 0),
    field_id text not null,
    label text not null,
    answer text not null,
    primary key (case_id, position),
    unique (case_id, field_id)
  );

  create table case_events (
    case_id text not null references cases,
    seq int not null check (seq >= 1),
    type text not null check (type ~ '^[a-z]+(-[a-z]+)*$'),
    at timestamptz not null,
    actor_id text,
    data jsonb not null,
    note text,
    primary key (case_id, seq)
  );

  create table case_conversations (
    case_id text not null references cases,
    generation int not null check (generation >= 1),
    storage_key text not null check (storage_key <> ''),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    messages int not null check (messages >= 0),
    last_message_id text,
    complete boolean not null,
    stored_at timestamptz not null,
    primary key (case_id, generation)
  );
`;

const APPEND_ONLY = `
  create function refuse_change_of_history() returns trigger language plpgsql as $$
  begin
    if coalesce(current_setting('castellan.erase', true), '') <> 'on' then
      raise exception 'The history of cases is only added to; % is refused.', tg_op
        using errcode = 'restrict_violation',
              hint = 'To erase a person''s data: set local castellan.erase = ''on''.';
    end if;
    if tg_op = 'UPDATE' then return new; end if;
    return old;
  end $$;
  create trigger append_only before update or delete on case_events
    for each row execute function refuse_change_of_history();
  create trigger append_only_whole before truncate on case_events
    for each statement execute function refuse_change_of_history();
`;

/**
 * Everything that decides about an opening, read while the opener is locked in the guild until the end
 * of the transaction. A function, because each of its statements sees what was committed before it:
 * within one statement the counting would see the state from before the lock was waited for.
 */
const PREPARE_OPENING = `
  create function prepare_opening(
    in wanted_id text, in of_guild text, in of_opener text, in of_category text, in since timestamptz,
    out known_number int, out known_opened_at timestamptz, out known_policy jsonb,
    out open int, out opened_at timestamptz[],
    out open_in_category int, out opened_at_in_category timestamptz[]
  ) language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended(of_guild || ':' || of_opener, 0));
    select c.number, c.opened_at, c.policy into known_number, known_opened_at, known_policy
      from cases c where c.id = wanted_id;
    if found then return; end if;
    select
        count(*) filter (where is_open),
        coalesce(array_agg(c.opened_at order by c.opened_at) filter (where recent), '{}'),
        count(*) filter (where is_open and same),
        coalesce(array_agg(c.opened_at order by c.opened_at) filter (where recent and same), '{}')
      into open, opened_at, open_in_category, opened_at_in_category
      from cases c, lateral (select
        c.status in ('opening', 'open', 'claimed', 'resolved', 'closing', 'reopening') as is_open,
        c.opened_at > since as recent,
        c.category_id = of_category as same) as facts
      where c.guild_id = of_guild and c.opener_id = of_opener;
  end $$;
`;
