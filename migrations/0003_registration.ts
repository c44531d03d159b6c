import type { Knex } from 'knex';

/** Registrations by one-time code, the accounts that they prove, and what whitelists are to hold. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(REGISTRATIONS);
  await knex.raw(PENDING_CHANGES);
  await knex.raw(ACCOUNTS);
  await knex.raw(WHITELISTS);
  await knex.raw(APPEND_ONLY);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table whitelist_entries, account_events, accounts, registration_changes, registration_events,
      registrations;
    drop function count_pending_change;
  `);
}

const EDITION = `text not null check (edition in ('java', 'bedrock'))`;
const USER = `text not null check (user_id ~ '^[0-9]{1,20}$')`;
const UUID = `text check (uuid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')`;

const REGISTRATIONS = `
  create table registrations (
    id text primary key check (id <> ''),
    -- Every attempt takes a new one.
    number bigint not null generated always as identity,
    guild_id text not null references guilds,
    user_id ${USER},
    edition ${EDITION},
    name text not null,
    -- Compared and ordered by its bytes: a prefix is a range then.
    name_lower text collate "C" not null,
    status text not null check (status in (
      'starting', 'waiting', 'linking', 'verified', 'rejected', 'timed-out', 'cancelled', 'locked',
      'refused'
    )),
    code_hash text check (code_hash <> ''),
    codes int not null default 0 check (codes >= 0),
    code_tries int not null default 0 check (code_tries >= 0),
    wrong int not null default 0 check (wrong >= 0),
    started_at timestamptz not null,
    ends_at timestamptz,
    ended_at timestamptz,
    locked_until timestamptz,
    last_seq int not null default 0 check (last_seq >= 0),
    constraint code_has_end check (code_hash is null or ends_at is not null),
    constraint over_has_instant check (
      (status in ('starting', 'waiting', 'linking')) = (ended_at is null)
    ),
    constraint over_has_no_code check (ended_at is null or code_hash is null)
  ) with (fillfactor = 85);
  comment on column registrations.id is
    'The id of the workflow. A user''s next attempt for the name has it again: the row is the newest one.';
  comment on column registrations.code_hash is 'Keyed: worth nothing without the key of the program.';
  comment on column registrations.code_tries is 'Which try to send the newest code stored its hash.';
  comment on column registrations.locked_until is 'Of any attempt: a new one does not unlock the name.';
  comment on column registrations.last_seq is
    'How many events led to this row: news that arrive late do not turn it back.';
  create unique index registrations_by_number on registrations (guild_id, number desc)
    include (id);
  create unique index registrations_by_user on registrations (guild_id, user_id, number desc)
    include (id);
  create unique index registrations_open on registrations (guild_id, number desc)
    include (id, user_id) where ended_at is null;
  create unique index registrations_pending on registrations (guild_id, edition, name_lower, id)
    include (user_id, name, code_hash, started_at, ends_at) where code_hash is not null;
  create index registrations_ended on registrations (guild_id, edition, name_lower, ended_at desc)
    where ended_at is not null;

  create table registration_events (
    registration_id text not null references registrations,
    started_at timestamptz not null,
    seq int not null check (seq >= 1),
    type text not null check (type ~ '^[a-z]+(-[a-z]+)*$'),
    at timestamptz not null,
    actor_id text,
    data jsonb not null,
    primary key (registration_id, started_at, seq),
    constraint holds_no_code check (data - 'code' - 'codeHash' = data)
  );
  comment on column registration_events.started_at is 'When the attempt began that it belongs to.';
`;

/**
 * Who waits for news of what is pending looks at one small row. Counted last in its transaction, and of one
 * guild's edition only, so that no two transactions wait for each other.
 */
const PENDING_CHANGES = `
  create table registration_changes (
    guild_id text not null references guilds,
    edition ${EDITION},
    version bigint not null check (version >= 1),
    primary key (guild_id, edition)
  ) with (fillfactor = 50);

  create function count_pending_change() returns trigger language plpgsql as $$
  declare
    pending record := coalesce(new, old);
  begin
    insert into registration_changes as known (guild_id, edition, version)
      values (pending.guild_id, pending.edition, 1)
      on conflict (guild_id, edition) do update set version = known.version + 1;
    return null;
  end $$;
  create trigger pending_added after insert on registrations for each row
    when (new.code_hash is not null) execute function count_pending_change();
  create trigger pending_removed after delete on registrations for each row
    when (old.code_hash is not null) execute function count_pending_change();
  create trigger pending_changed after update on registrations for each row
    when ((old.code_hash, old.name, old.ends_at) is distinct from (new.code_hash, new.name, new.ends_at))
    execute function count_pending_change();
`;

/** A list is found in its index alone: what a line shows is in it. */
const LINE = `(edition, name, uuid, user_id, is_primary, linked_at, linked_by)`;

const ACCOUNTS = `
  create table accounts (
    key int generated always as identity primary key,
    guild_id text not null references guilds,
    user_id ${USER},
    edition ${EDITION},
    name text not null,
    name_lower text collate "C" not null,
    uuid ${UUID},
    is_primary boolean not null,
    linked_at timestamptz not null,
    linked_by text,
    unlinked_at timestamptz check (unlinked_at >= linked_at),
    constraint primary_is_linked check (unlinked_at is null or not is_primary),
    constraint known_by_uuid_or_staff check (num_nonnulls(uuid, linked_by) > 0)
  );
  comment on column accounts.key is 'Never used again: an account that is linked anew gets a new one.';
  create unique index accounts_by_uuid on accounts (guild_id, edition, uuid)
    where unlinked_at is null;
  create unique index accounts_without_uuid on accounts (guild_id, edition, name_lower)
    where unlinked_at is null and uuid is null;
  create unique index accounts_primary on accounts (guild_id, user_id)
    where unlinked_at is null and is_primary;
  create unique index accounts_by_name on accounts (guild_id, name_lower, key)
    include ${LINE} where unlinked_at is null;
  create unique index accounts_by_user on accounts (guild_id, user_id, name_lower, key)
    include ${LINE.replace('user_id, ', '')} where unlinked_at is null;

  create table account_events (
    id bigint generated always as identity primary key,
    guild_id text not null references guilds,
    account_key int not null references accounts,
    user_id ${USER},
    type text not null check (type in (
      'linked', 'unlinked', 'renamed', 'identified', 'made-primary'
    )),
    at timestamptz not null,
    actor_id text,
    data jsonb not null default '{}',
    note text,
    operation text check (operation <> '')
  );
  comment on column account_events.operation is
    'The same for every try of what was asked: the later ones find what the first one did.';
  create unique index account_events_by_operation on account_events (operation, type, account_key);
  create unique index account_events_by_user on account_events (guild_id, user_id, id desc);
  create unique index account_events_by_account on account_events (account_key, id desc);
`;

const WHITELISTS = `
  create table whitelist_entries (
    server_key int not null references game_servers,
    account_key int not null references accounts,
    edition ${EDITION},
    name text not null,
    uuid ${UUID},
    wanted boolean not null,
    -- An identity, since it may be drawn without a right of its own.
    version bigint not null generated always as identity,
    wanted_at timestamptz not null,
    applied_version bigint not null default 0,
    applied_at timestamptz,
    error text,
    primary key (server_key, account_key),
    constraint applied_was_wanted check (applied_version <= version)
  );
  comment on table whitelist_entries is
    'What is wanted, and what the server was told. Off the list, and told so: the entry goes.';
  comment on column whitelist_entries.version is
    'Drawn anew for every wish, never twice: the order of the wishes on all servers.';
  create unique index whitelist_pending on whitelist_entries (server_key, version)
    where applied_version < version;
  create index whitelist_unwanted on whitelist_entries (server_key) where not wanted;
  create index whitelist_by_account on whitelist_entries (account_key);
`;

const APPEND_ONLY = ['registration_events', 'account_events']
  .map(
    (table) => `
      create trigger append_only before update or delete on ${table}
        for each row execute function refuse_change_of_history();
      create trigger append_only_whole before truncate on ${table}
        for each statement execute function refuse_change_of_history();`,
  )
  .join('\n');
