import { handlingTeam, type CaseState, type CaseStatus } from '../domain/cases/case';
import type { CaseEvent, RecordedEvent } from '../domain/cases/events';
import { storable } from './storable';

/** A row of `case_events`, in the form of a JSON object with the names of its columns. */
export interface EventColumns {
  readonly seq: number;
  readonly type: string;
  /** ISO 8601 */
  readonly at: string;
  readonly actor_id: string | null;
  /** The event without its type and its sealed note. */
  readonly data: object;
  readonly note: string | null;
}

/** The column of `raised_by` when nobody raised the case but the service level's deadline. */
export const SERVICE_LEVEL = 'service-level';

/**
 * The rows of the history for these events. That messages were seen is no row: it only moves the
 * case's last activity.
 *
 * @param notes the opened notes by the events' sequence numbers
 */
export function eventColumns(
  events: readonly RecordedEvent[],
  notes: ReadonlyMap<number, string>,
): EventColumns[] {
  return events
    .filter(({ event }) => event.type !== 'messages-seen')
    .map(({ seq, at, event }) => ({
      seq,
      type: event.type,
      at: new Date(at).toISOString(),
      actor_id: actorOf(event),
      data: dataOf(event),
      note: noteOf(seq, notes),
    }));
}

/** Who did it; `null` when nobody did, or when it is known elsewhere (the opener of an opening). */
function actorOf(event: CaseEvent): string | null {
  switch (event.type) {
    case 'claimed':
    case 'released':
    case 'resolved':
    case 'first-answered':
    case 'closing':
    case 'reopened':
      return event.by;
    case 'raised':
      return 'userId' in event.by ? event.by.userId : null;
    case 'accepted':
    case 'refused':
    case 'opening-failed':
    case 'channel-created':
    case 'messages-seen':
    case 'inactivity-warned':
    case 'closing-delayed':
    case 'closed':
    case 'ended':
      return null;
  }
}

function dataOf(event: CaseEvent): object {
  const hidden: ReadonlySet<string> = new Set(['type', 'note']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !hidden.has(name)));
}

const WAITS_FOR_CHANNEL: ReadonlySet<CaseStatus> = new Set(['opening', 'reopening']);

/** The columns of `cases` that follow from the state alone. */
export function stateColumns(state: CaseState) {
  const team = handlingTeam(state);
  const raised = state.raised && {
    raised_at: new Date(state.raised.at),
    raised_by: 'userId' in state.raised.by ? state.raised.by.userId : SERVICE_LEVEL,
    raised_to_team: team,
  };
  return {
    status: state.status,
    ...(team !== null && { team_id: team }),
    assignee_id: state.assigneeId,
    // A case that waits for its channel may have one noted already, of which its state knows nothing yet.
    ...(!WAITS_FOR_CHANNEL.has(state.status) && { channel_id: state.channelId }),
    message_id: state.messageId,
    generation: state.generation,
    ...(raised ?? { raised_at: null, raised_by: null, raised_to_team: null }),
    first_answered_at: dateOrNull(state.firstAnswer?.at),
    first_answered_by: state.firstAnswer?.userId ?? null,
    resolved_at: dateOrNull(state.resolvedAt),
    closed_at: dateOrNull(state.closedAt),
    close_cause: state.closeCause,
    last_activity_at: new Date(state.lastActivityAt),
    last_seq: state.seq,
  };
}

/**
 * The columns that the state does not hold: who resolved and who closed the case, and with what words.
 * A column that is absent from the result stays as it is.
 */
export function deedColumns(
  events: readonly RecordedEvent[],
  state: CaseState,
  notes: ReadonlyMap<number, string>,
) {
  return {
    ...(state.resolvedAt === null && { resolved_by: null, resolution: null }),
    ...(state.resolvedAt !== null && resolutionColumns(events, notes)),
    ...(state.closeCause === null && { closed_by: null, close_reason: null }),
    ...(state.closeCause !== null && closingColumns(events, notes)),
  };
}

/** Who resolved the case according to these events, and how; empty if none of them did. */
export function resolutionColumns(
  events: readonly RecordedEvent[],
  notes: ReadonlyMap<number, string>,
) {
  const last = events.findLast(({ event }) => event.type === 'resolved');
  if (last === undefined) return {};
  return { resolved_by: actorOf(last.event), resolution: noteOf(last.seq, notes) };
}

/** Who closed the case according to these events, and why; empty if none of them did. */
export function closingColumns(
  events: readonly RecordedEvent[],
  notes: ReadonlyMap<number, string>,
) {
  const last = events.findLast(({ event }) => event.type === 'closing');
  if (last === undefined) return {};
  return { closed_by: actorOf(last.event), close_reason: noteOf(last.seq, notes) };
}

function noteOf(seq: number, notes: ReadonlyMap<number, string>): string | null {
  const note = notes.get(seq);
  return note === undefined ? null : storable(note);
}

function dateOrNull(at: number | null | undefined): Date | null {
  return at === null || at === undefined ? null : new Date(at);
}
