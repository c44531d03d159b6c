import type { Knex } from 'knex';
import { z } from 'zod';
import type { Edition } from '../../domain/registration/account';
import type {
  RegistrationEvent,
  RegistrationState,
  RegistrationStatus,
} from '../../domain/registration/registration';
import { whileAvailable } from '../connection';
import { storable } from '../storable';
import { execute, instant, iso, json, query } from '../watching/query';
import type { CodeStored, NewCode, RecordedRegistration, RegistrationsRecorder } from './recording';
import { comparable } from './rows';
import { throwUnknownGuild } from './unknown-guild';

export function createRegistrationsRecorder(knex: Knex): RegistrationsRecorder {
  const change = <Outcome>(guildId: string, how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() => knex.transaction(how).catch(throwUnknownGuild(guildId)));
  return {
    storeCode: (code) => change(code.guildId, (transaction) => storeCode(transaction, code)),
    recordRegistration: (recorded) =>
      change(recorded.guildId, (transaction) => recordRegistration(transaction, recorded)),
  };
}

/** What every row of an attempt says. */
interface Attempt {
  readonly registrationId: string;
  readonly guildId: string;
  readonly userId: string;
  readonly edition: Edition;
  readonly name: string;
  readonly startedAt: number;
}

/** No name is longer; a refused one may be anything, and has to fit into an index. */
const MOST_CHARACTERS = 100;

/** Makes the row that of this attempt. @returns whether it was not yet, and no later attempt has it */
async function begin(transaction: Knex, attempt: Attempt): Promise<boolean> {
  const name = storable(attempt.name.slice(0, MOST_CHARACTERS));
  const begun = await execute(
    transaction,
    `insert into registrations as known
       (id, guild_id, user_id, edition, name, name_lower, status, started_at)
     values (:id, :guildId, :userId, :edition, :name, :nameLower, 'starting', :startedAt)
     on conflict (id) do update set number = default, name = excluded.name,
       name_lower = excluded.name_lower, status = 'starting', code_hash = null, codes = 0, code_tries = 0,
       wrong = 0, started_at = excluded.started_at, ends_at = null, ended_at = null, last_seq = 0
     where known.started_at < excluded.started_at`,
    {
      id: attempt.registrationId,
      guildId: attempt.guildId,
      userId: attempt.userId,
      edition: attempt.edition,
      name,
      nameLower: comparable(attempt.edition, name),
      startedAt: iso(attempt.startedAt),
    },
  );
  return begun > 0;
}

async function storeCode(transaction: Knex, code: NewCode): Promise<CodeStored> {
  const store = () =>
    execute(
      transaction,
      `update registrations
       set code_hash = :codeHash, codes = :number, code_tries = :tried, ends_at = :endsAt
       where id = :id and started_at = :startedAt and ended_at is null
         and (codes, code_tries) <= (:number, :tried)`,
      {
        id: code.registrationId,
        startedAt: iso(code.startedAt),
        number: code.number,
        tried: code.tried,
        codeHash: code.codeHash,
        endsAt: iso(code.endsAt),
      },
    );
  if ((await store()) > 0) return 'stored';
  if ((await begin(transaction, code)) && (await store()) > 0) return 'stored';
  const [known] = await query(
    transaction,
    z.object({ started_at: instant, ended_at: instant.nullable() }),
    'select started_at, ended_at from registrations where id = :id',
    { id: code.registrationId },
  );
  const over = known?.started_at === code.startedAt && known.ended_at !== null;
  return over ? 'over' : 'outdated';
}

/**
 * Within a transaction.
 *
 * @see RegistrationsRecorder.recordRegistration
 * @param more what the last event's line of the history says beside the event
 */
export async function recordRegistration(
  transaction: Knex,
  recorded: RecordedRegistration,
  more: object = {},
): Promise<'recorded' | 'outdated'> {
  const { registrationId, guildId, state } = recorded;
  const { userId, edition, name, startedAt } = state;
  const attempt = { registrationId, guildId, userId, edition, name, startedAt };
  const isNewest =
    (await project(transaction, recorded)) ||
    ((await begin(transaction, attempt)) && (await project(transaction, recorded)));
  await tell(transaction, recorded, more);
  return isNewest ? 'recorded' : 'outdated';
}

const GOING_ON: ReadonlySet<RegistrationStatus> = new Set(['starting', 'waiting', 'linking']);

/** Brings the row to the state. A code that was stored since the state was reached stays. */
async function project(transaction: Knex, recorded: RecordedRegistration): Promise<boolean> {
  const { registrationId, state, events } = recorded;
  const over = !GOING_ON.has(state.status);
  const instantOrNull = (at: number | null) => (at === null ? null : iso(at));
  const projected = await execute(
    transaction,
    `update registrations
     set status = :status, wrong = :wrong, last_seq = :seq,
       code_hash = case when :over then null when codes > :codes then code_hash else :codeHash end,
       ends_at = case when codes > :codes then ends_at else :endsAt end,
       codes = greatest(codes, :codes),
       ended_at = :endedAt,
       locked_until = greatest(locked_until, :lockedUntil)
     where id = :id and started_at = :startedAt and last_seq <= :seq`,
    {
      id: registrationId,
      startedAt: iso(state.startedAt),
      status: state.status,
      wrong: state.wrong,
      seq: state.seq,
      over,
      codes: state.codes,
      codeHash: state.codeHash,
      endsAt: instantOrNull(state.endsAt),
      endedAt: over ? iso(endOf(state, events)) : null,
      lockedUntil: instantOrNull(state.lockedUntil),
    },
  );
  return projected > 0;
}

function endOf(state: RegistrationState, events: RecordedRegistration['events']): number {
  return events.at(-1)?.at ?? state.endsAt ?? state.startedAt;
}

async function tell(
  transaction: Knex,
  recorded: RecordedRegistration,
  more: object,
): Promise<void> {
  const { registrationId, state, events } = recorded;
  if (events.length === 0) return;
  const rows = events.map(({ seq, at, event }) => ({
    ...{ seq, type: event.type, at: iso(at) },
    actor_id: isOfUser(event) ? state.userId : null,
    data: { ...dataOf(event), ...(seq === state.seq && more) },
  }));
  // The same number again is another try of the same step.
  await execute(
    transaction,
    `insert into registration_events (registration_id, started_at, seq, type, at, actor_id, data)
     select :id, :startedAt, e.* from jsonb_to_recordset(:events)
       as e (seq int, type text, at timestamptz, actor_id text, data jsonb)
     on conflict (registration_id, started_at, seq) do nothing`,
    { id: registrationId, startedAt: iso(state.startedAt), events: json(rows) },
  );
}

/** Whether the user did it; else nobody, or a player in the game did. */
function isOfUser(event: RegistrationEvent): boolean {
  switch (event.type) {
    case 'started':
    case 'code-asked':
    case 'cancelled':
      return true;
    case 'refused':
    case 'code-sent':
    case 'code-unseen':
    case 'wrong-code':
    case 'proven':
    case 'locked':
    case 'timed-out':
    case 'verified':
    case 'rejected':
      return false;
  }
}

/** The event without its type, and without what a code could be guessed by. */
function dataOf(event: RegistrationEvent): object {
  const hidden: ReadonlySet<string> = new Set(['type', 'code', 'codeHash']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !hidden.has(name)));
}
