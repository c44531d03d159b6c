import type { InteractionState, JournalEntry } from '../../../sandbox';
import type { Kill } from '../castle/castle';
import type { Evidence } from './evidence';
import type { Finding } from './finding';
import { ticketChannels } from './ticket-channels';

/** Discord waits that long for the first response. */
const ACKNOWLEDGED_WITHIN_MS = 3_000;

/** What the test did to the bot or its connection. */
export interface Disturbance {
  readonly at: number;
}

/** Nobody was left without an answer, or with a wrong one. */
export function checkAnswers(
  evidence: Pick<Evidence, 'interactions' | 'journal' | 'histories' | 'people'>,
  kills: readonly Kill[],
  disturbances: readonly Disturbance[],
): Finding {
  const { interactions, journal, histories } = evidence;
  const defects: string[] = [];
  const connection = connectionOf(journal);
  const trouble = [
    ...kills.filter(({ part }) => part === 'bot').map(({ at }) => at),
    ...disturbances.map(({ at }) => at),
    ...connection.map(({ at }) => at),
  ];
  const spoilt = new Set(
    journal.flatMap((entry) =>
      entry.kind === 'fault' ? [/^\/interactions\/(\d+)\//.exec(entry.path)?.[1] ?? ''] : [],
    ),
  );
  let failed = 0;
  let wentAway = 0;
  const sent = sendingTimes(journal);
  const gone = new Set(
    ticketChannels(evidence).flatMap(({ channelId, deletedAt, byHand }) =>
      deletedAt !== null || byHand ? [channelId] : [],
    ),
  );
  for (const { state, what, told } of interactions) {
    const at = sent.get(state.id) ?? 0;
    if (state.status === 'failed') {
      failed += 1;
      const until = at + ACKNOWLEDGED_WITHIN_MS;
      const excused =
        !connectedAt(connection, at) ||
        spoilt.has(state.id) ||
        trouble.some((moment) => moment >= at - 1_000 && moment <= until);
      if (!excused) defects.push(`${what} (${state.id}) was not acknowledged in time`);
    } else if (unanswered(state)) {
      // Whoever closes a ticket in its channel sees the channel go: that is the answer, too.
      if (gone.has(state.channelId)) wentAway += 1;
      else defects.push(`${what} (${state.id}) has no answer; ${storyOf(connection, kills, at)}`);
    }
    if (told === 'error')
      defects.push(`${what} (${state.id}): ${state.reply?.content ?? 'an error'}`);
    if (told === 'again' && histories.has(`ticket-${state.id}`)) {
      defects.push(`${what} (${state.id}): told that nothing was opened, but it was`);
    }
  }
  const updates = new Set([...histories.values()].flatMap((history) => [...history.updates]));
  for (const { state, what, told } of interactions) {
    if (told !== 'again' || !updates.has(state.id)) continue;
    defects.push(
      `${what} (${state.id}): told that nothing was changed, but it was: ${state.reply?.content ?? ''}; ${storyOf(connection, kills, sent.get(state.id) ?? 0)}`,
    );
  }
  const acknowledged = interactions.flatMap(({ state }) =>
    state.ack === null ? [] : [state.ack.ms],
  );
  return {
    figures: [
      ['things that people asked for', interactions.length],
      ['asked to try again', count(interactions, 'again')],
      ['told that it may have been done or not', count(interactions, 'uncertain')],
      ["Discord's own failure, with the bot away", failed],
      ['answers that went with their channel', wentAway],
      ['slowest acknowledgement (ms)', Math.max(0, ...acknowledged)],
    ],
    defects,
  };
}

function count(interactions: Evidence['interactions'], kind: string): number {
  return interactions.filter(({ told }) => told === kind).length;
}

function unanswered({ ack, loading, reply, followups }: InteractionState): boolean {
  if (ack === null || loading) return true;
  return ack.kind === 'deferredUpdate' && reply === null && followups.length === 0;
}

function sendingTimes(journal: readonly JournalEntry[]): Map<string, number> {
  return new Map(
    journal.flatMap((entry) =>
      entry.kind === 'interaction' && entry.what === 'sent' ? [[entry.id, entry.at] as const] : [],
    ),
  );
}

interface Change {
  readonly at: number;
  readonly connected: boolean;
  readonly what: string;
}

/** When the bot was connected, and when no longer. */
function connectionOf(journal: readonly JournalEntry[]): Change[] {
  return journal.flatMap((entry): Change[] => {
    if (entry.kind !== 'gateway' || entry.what === 'event' || entry.what === 'kept') return [];
    const connected = entry.what === 'identified' || entry.what === 'resumed';
    return [{ at: entry.at, connected, what: entry.what }];
  });
}

function connectedAt(changes: readonly Change[], at: number): boolean {
  return changes.findLast((change) => change.at <= at)?.connected ?? false;
}

/** What happened to the bot in the minute after somebody asked for something. */
function storyOf(changes: readonly Change[], kills: readonly Kill[], at: number): string {
  const moments = [
    ...changes.map((change) => ({ at: change.at, what: change.what })),
    ...kills.filter(({ part }) => part === 'bot').map((kill) => ({ at: kill.at, what: 'killed' })),
  ];
  return moments
    .filter((moment) => moment.at >= at && moment.at < at + 60_000)
    .sort((one, other) => one.at - other.at)
    .map((moment) => `${moment.what} after ${((moment.at - at) / 1_000).toFixed(1)} s`)
    .join(', ');
}
