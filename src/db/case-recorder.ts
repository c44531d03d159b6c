import { isNativeError } from 'node:util/types';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CaseState } from '../domain/cases/case';
import type { RecordedEvent } from '../domain/cases/events';
import { accept, type Acceptance, type Opening } from './case-acceptance';
import {
  closingColumns,
  deedColumns,
  eventColumns,
  resolutionColumns,
  stateColumns,
} from './case-columns';
import { OutdatedChannel, UnknownCase } from './case-errors';
import { whileAvailable } from './connection';

/** Events that happened, with the state that they led to. */
export interface RecordedChange {
  readonly caseId: string;
  readonly events: readonly RecordedEvent[];
  readonly state: CaseState;
  /** The opened notes by the sequence numbers of their events. */
  readonly notes: ReadonlyMap<number, string>;
}

/** What writes cases: for the worker alone. Everything may be tried again and happens once. */
export interface CaseRecorder {
  /**
   * Counts the limits and opens the case in one transaction; numbers have no gaps. The same case
   * again gets the first acceptance again.
   *
   * @throws UnknownGuild, DatabaseUnavailable
   */
  accept(opening: Opening): Promise<Acceptance>;
  /**
   * Adds the events that the history lacks, and brings the case's row to the state, unless a later
   * one is there already.
   *
   * @throws UnknownCase, DatabaseUnavailable
   */
  record(change: RecordedChange): Promise<void>;
  /**
   * Notes a channel that was just created for a case that waits for one.
   *
   * @throws UnknownCase, DatabaseUnavailable, and OutdatedChannel if it waits no longer and has another
   */
  rememberChannel(caseId: string, generation: number, channelId: string): Promise<void>;
  /**
   * Notes the newest message that was seen in the channel; an older one than is known changes nothing.
   *
   * @throws UnknownCase, DatabaseUnavailable
   */
  rememberLastMessage(caseId: string, lastMessageId: string): Promise<void>;
}

export function createCaseRecorder(knex: Knex): CaseRecorder {
  return {
    accept: (opening) => accept(knex, opening),
    record: (change) => whileAvailable(() => record(knex, change)),
    rememberChannel: (caseId, generation, channelId) =>
      whileAvailable(() => rememberChannel(knex, caseId, generation, channelId)),
    rememberLastMessage: (caseId, lastMessageId) =>
      whileAvailable(() => rememberLastMessage(knex, caseId, lastMessageId)),
  };
}

async function record(knex: Knex, change: RecordedChange): Promise<void> {
  const { caseId, events, state, notes } = change;
  // One statement is one transaction, with one round trip instead of four.
  const projected = await knex
    .with('told', insertEvents(knex, change))
    .from('cases')
    .where('id', caseId)
    // The same number again is another try of the same step, whose outcome the workflow goes on with.
    .where('last_seq', '<=', state.seq)
    .update({ ...stateColumns(state), ...deedColumns(events, state, notes) })
    .catch(throwUnknownCase(caseId));
  if (projected === 0) await recordLate(knex, change);
}

/** The row is past this state: only who did what may still be missing in it. */
async function recordLate(knex: Knex, change: RecordedChange): Promise<void> {
  const { caseId, events, state, notes } = change;
  const resolution = resolutionColumns(events, notes);
  if (state.resolvedAt !== null && Object.keys(resolution).length > 0) {
    await knex('cases')
      .where({ id: caseId, resolved_at: new Date(state.resolvedAt) })
      .update(resolution);
  }
  const closing = closingColumns(events, notes);
  if (Object.keys(closing).length > 0) {
    await knex('cases')
      .where({ id: caseId, generation: state.generation, close_cause: state.closeCause })
      .update(closing);
  }
  await requireCase(knex, caseId);
}

function insertEvents(knex: Knex, { caseId, events, notes }: RecordedChange): Knex.Raw {
  return knex.raw(
    `insert into case_events (case_id, seq, type, at, actor_id, data, note)
     select :caseId, event.* from jsonb_to_recordset(:events)
       as event (seq int, type text, at timestamptz, actor_id text, data jsonb, note text)
     on conflict (case_id, seq) do nothing`,
    { caseId, events: JSON.stringify(eventColumns(events, notes)) },
  );
}

async function rememberChannel(
  knex: Knex,
  caseId: string,
  generation: number,
  channelId: string,
): Promise<void> {
  const waiting = await knex('cases')
    .where({ id: caseId, generation })
    .whereIn('status', ['opening', 'reopening'])
    .update({ channel_id: channelId });
  if (waiting > 0) return;
  const row = await requireCase(knex, caseId);
  if (row.channel_id !== channelId) throw new OutdatedChannel(caseId, channelId);
}

async function rememberLastMessage(
  knex: Knex,
  caseId: string,
  lastMessageId: string,
): Promise<void> {
  // Snowflakes are numbers in the order of time: as texts they would not compare.
  const changed = await knex('cases')
    .where('id', caseId)
    .whereRaw('(last_message_id is null or last_message_id::bigint < ?::bigint)', [lastMessageId])
    .update({ last_message_id: lastMessageId });
  if (changed === 0) await requireCase(knex, caseId);
}

async function requireCase(knex: Knex, caseId: string) {
  const row: unknown = await knex('cases').where('id', caseId).first('channel_id');
  if (row === undefined) throw new UnknownCase(caseId);
  return z.object({ channel_id: z.string().nullable() }).parse(row);
}

/** A history can only belong to a case: Postgres refuses the events of an unknown one. */
function throwUnknownCase(caseId: string): (error: unknown) => never {
  return (error) => {
    const foreignKeyViolation = isNativeError(error) && 'code' in error && error.code === '23503';
    throw foreignKeyViolation ? new UnknownCase(caseId) : error;
  };
}
