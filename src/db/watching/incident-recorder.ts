import { isNativeError } from 'node:util/types';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { IncidentEvent } from '../../domain/watching/incident';
import { storable } from '../storable';
import { execute, iso, json, query } from './query';
import { UnknownIncident, type RecordedIncident, type Subscriber } from './recording';
import type { MessagePlace } from './reading';

/** @see IncidentRecorder.recordIncident */
export async function recordIncident(knex: Knex, change: RecordedIncident): Promise<void> {
  const { incidentId, events, state, notes } = change;
  const rows = events.map(({ seq, at, event }) => {
    const note = notes.get(seq);
    return {
      ...{ seq, type: event.type, at: iso(at), actor_id: actorOf(event), data: dataOf(event) },
      note: note === undefined ? null : storable(note),
    };
  });
  const at = (moment: number | null) => (moment === null ? null : iso(moment));
  // One statement is one transaction. The same number again is another try of the same step.
  const [found] = await query(
    knex,
    z.object({ known: z.boolean() }),
    `with told as (
       insert into incident_events (incident_id, seq, type, at, actor_id, data, note)
       select :incidentId, e.* from jsonb_to_recordset(:events)
         as e (seq int, type text, at timestamptz, actor_id text, data jsonb, note text)
       on conflict (incident_id, seq) do nothing
     ), projected as (
       update incidents
       set status = :status, recovered_at = :recoveredAt, acknowledged_at = :acknowledgedAt,
         acknowledged_by = :acknowledgedBy, raised_at = :raisedAt, flapping = :flapping, last_seq = :seq
       where id = :incidentId and last_seq <= :seq
     )
     select exists (select from incidents where id = :incidentId) as known`,
    {
      incidentId,
      events: json(rows),
      status: state.status,
      recoveredAt: state.status === 'recovered' ? at(state.recoveredAt) : null,
      acknowledgedAt: at(state.acknowledged?.at ?? null),
      acknowledgedBy: state.acknowledged?.by ?? null,
      raisedAt: at(state.raisedAt),
      flapping: state.flapping,
      seq: state.seq,
    },
  ).catch(throwUnknownIncident(incidentId));
  if (found?.known !== true) throw new UnknownIncident(incidentId);
}

/** Who did it; `null` when nobody did. */
function actorOf(event: IncidentEvent): string | null {
  return 'by' in event ? event.by : null;
}

/** The event without its type and its sealed note. */
function dataOf(event: IncidentEvent): object {
  const hidden: ReadonlySet<string> = new Set(['type', 'note']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !hidden.has(name)));
}

/** @see IncidentRecorder.setIncidentMessages */
export async function setIncidentMessages(
  knex: Knex,
  incidentId: string,
  messages: { readonly alert?: MessagePlace; readonly public?: MessagePlace },
): Promise<void> {
  const { alert, public: users } = messages;
  const columns = {
    ...(alert && { alert_channel_id: alert.channelId, alert_message_id: alert.messageId }),
    ...(users && { public_channel_id: users.channelId, public_message_id: users.messageId }),
  };
  if (Object.keys(columns).length === 0) return;
  const known = await knex('incidents').where('id', incidentId).update(columns);
  if (known === 0) throw new UnknownIncident(incidentId);
}

/** @see IncidentRecorder.subscribe */
export async function subscribe(
  knex: Knex,
  { serverKey, userId }: Subscriber,
  now: number,
): Promise<void> {
  await execute(
    knex,
    `insert into outage_subscriptions (server_key, user_id, asked_at)
     select t.server_key, :userId, :now from server_states t where t.server_key = :serverKey
     on conflict (server_key, user_id) do update set asked_at = excluded.asked_at, told_at = null`,
    { serverKey, userId, now: iso(now) },
  );
}

/** @see IncidentRecorder.subscribers */
export async function subscribers(
  knex: Knex,
  serverKeys: readonly number[],
): Promise<Subscriber[]> {
  return query(
    knex,
    z.object({ serverKey: z.number(), userId: z.string() }),
    `select server_key as "serverKey", user_id as "userId" from outage_subscriptions
     where server_key = any(:keys) and told_at is null order by server_key, asked_at, user_id`,
    { keys: [...serverKeys] },
  );
}

/** @see IncidentRecorder.subscribersTold */
export async function subscribersTold(
  knex: Knex,
  told: readonly Subscriber[],
  now: number,
): Promise<void> {
  if (told.length === 0) return;
  await execute(
    knex,
    `update outage_subscriptions s set told_at = :now
     from jsonb_to_recordset(:told) as t ("serverKey" int, "userId" text)
     where s.server_key = t."serverKey" and s.user_id = t."userId" and s.told_at is null`,
    { told: json(told), now: iso(now) },
  );
}

/** A history can only belong to an incident: Postgres refuses the events of an unknown one. */
function throwUnknownIncident(incidentId: string): (error: unknown) => never {
  return (error) => {
    const foreignKeyViolation = isNativeError(error) && 'code' in error && error.code === '23503';
    throw foreignKeyViolation ? new UnknownIncident(incidentId) : error;
  };
}
