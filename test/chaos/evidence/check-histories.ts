import { newCase, type CaseState, type CaseStatus } from '../../../src/domain/cases/case';
import type { CaseRow } from '../../../src/db/case-row';
import type { CaseEventType } from '../../../src/domain/cases/events';
import { evolve } from '../../../src/domain/cases/evolve';
import type { PersonCommandType } from '../../../src/domain/cases/commands';
import { caseEvent } from './case-event';
import type { EventRow, Evidence } from './evidence';
import { grouped } from './grouped';
import type { Finding } from './finding';
import type { TicketHistory } from './ticket-history';

const LIVE: readonly CaseStatus[] = ['open', 'claimed', 'resolved'];

/** In which conditions of a case each event may happen. */
const LEGAL: Readonly<Record<CaseEventType, readonly CaseStatus[]>> = {
  accepted: ['opening'],
  refused: ['opening'],
  'opening-failed': ['opening', 'reopening'],
  'channel-created': ['opening', 'reopening'],
  claimed: ['open', 'claimed'],
  released: ['claimed'],
  raised: LIVE,
  resolved: ['open', 'claimed'],
  'first-answered': LIVE,
  'messages-seen': LIVE,
  'inactivity-warned': ['open', 'claimed'],
  closing: LIVE,
  'closing-delayed': ['closing'],
  closed: ['closing'],
  reopened: ['resolved', 'closed'],
  ended: ['closed'],
};

const EVENT_OF: Readonly<Record<PersonCommandType, CaseEventType>> = {
  claim: 'claimed',
  release: 'released',
  raise: 'raised',
  resolve: 'resolved',
  close: 'closing',
  reopen: 'reopened',
};

/**
 * Every history is complete and in order: no number is missing but those of news that are not
 * recorded, every transition is legal, and together they lead to the case as it is.
 */
export function checkHistories(evidence: Evidence): Finding {
  const defects: string[] = [];
  let count = 0;
  for (const row of evidence.cases) {
    const events = evidence.events.get(row.caseId) ?? [];
    count += events.length;
    const history = evidence.histories.get(row.caseId);
    for (const defect of [
      ...inOrder(events),
      ...(history === undefined ? [] : complete(events, history)),
      ...leadsTo(row, events),
    ]) {
      defects.push(`#${row.number} (${row.caseId}): ${defect}`);
    }
  }
  defects.push(...promisesKept(evidence));
  return {
    figures: [
      ['events in their histories', count],
      ['commands that people saw carried out', evidence.people.done.length],
    ],
    defects,
  };
}

function inOrder(events: readonly EventRow[]): string[] {
  const defects: string[] = [];
  if (events[0]?.type !== 'accepted' || events[0].seq !== 1) {
    defects.push('its history does not begin with its acceptance');
  }
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    if (before !== undefined && event.at < before.at) {
      defects.push(
        `${event.type} (${event.seq}) lies ${before.at - event.at} ms before ${before.type} (${before.seq})`,
      );
    }
  }
  return defects;
}

/** Temporal's own history says which events there were. */
function complete(events: readonly EventRow[], history: TicketHistory): string[] {
  const recorded = new Map(events.map((event) => [event.seq, event]));
  const defects: string[] = [];
  for (const { seq, at, type } of history.events.values()) {
    if (type === 'messages-seen') continue;
    const row = recorded.get(seq);
    if (row === undefined) defects.push(`${type} (${seq}) is not in its history`);
    else if (row.type !== type || row.at !== at) {
      defects.push(`${seq} is recorded as ${row.type} at ${row.at}, but was ${type} at ${at}`);
    }
  }
  const last = events.at(-1)?.seq ?? 0;
  for (let seq = 1; seq <= last; seq += 1) {
    if (recorded.has(seq) || history.events.get(seq)?.type === 'messages-seen') continue;
    defects.push(`nobody knows what its event ${seq} was`);
  }
  return defects;
}

/** Applies the events as the product does, and compares the outcome with the case's row. */
function leadsTo(row: CaseRow, events: readonly EventRow[]): string[] {
  const defects: string[] = [];
  let state: CaseState = newCase(row.openerId, row.openedAt);
  for (const { seq, type, at, data } of events) {
    const { data: event } = caseEvent.safeParse({ ...data, type });
    if (event === undefined) return [`nobody understands its event ${seq}, ${type}`];
    if (!LEGAL[event.type].includes(state.status)) {
      defects.push(`${type} (${seq}) happened while it was ${state.status}`);
    }
    state = evolve({ ...state, seq: seq - 1 }, event, at);
  }
  const compared = [
    'status',
    'number',
    'assigneeId',
    'channelId',
    'messageId',
    'generation',
  ] as const;
  for (const name of compared) {
    if (state[name] === row[name]) continue;
    defects.push(`its ${name} is ${String(row[name])}; its history says ${String(state[name])}`);
  }
  if (row.lastSeq < state.seq) defects.push(`its row is older (${row.lastSeq}) than its history`);
  return defects;
}

/** Everything of which a person was told that it was done is in the history. */
function promisesKept({ people, events }: Evidence): string[] {
  const defects: string[] = [];
  const promises = grouped(
    people.done,
    ({ caseId, command, personId }) => `${caseId} ${command} ${personId}`,
  );
  for (const [key, told] of promises) {
    const [first] = told;
    if (first === undefined) continue;
    const kept = (events.get(first.caseId) ?? []).filter(
      ({ type, actorId }) => type === EVENT_OF[first.command] && actorId === first.personId,
    );
    if (kept.length < told.length) {
      defects.push(`${key}: told ${told.length} times that it was done, recorded ${kept.length}`);
    }
  }
  return defects;
}
