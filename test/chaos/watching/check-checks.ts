import type { Finding } from '../evidence/finding';
import { INTERVAL_MS, TIMEOUT_MS } from './plan';
import { CAUSE_OF, conditionsIn } from './truth';
import type { CheckRow, WatchedLife, WatchEvidence } from './watch-evidence';

/** A check has its answer so long after its beginning, on a busy machine. */
const LASTS_MS = TIMEOUT_MS + 1_000;
/** A round is not begun while the one before looks twice at its suspects. */
const LATE_MS = 13_000;
/** How long it may take until everything is looked at again when a part was killed and none after it. */
export const RECOVERED_MS = 45_000;

/** The checks say what was so, and they came as often as they should whenever nothing was killed. */
export function checkChecks(evidence: WatchEvidence): Finding {
  const defects: string[] = [];
  let lost = 0;
  let longest = 0;
  for (const life of evidence.lives) {
    const wrong = life.checks.filter((check) => !saysTruth(life, check));
    // A server that is up may be too slow to answer; that is no alarm yet. One that is away cannot answer.
    lost += wrong.filter(({ cause }) => cause !== null).length;
    for (const { at, cause, players } of wrong.filter((check) => isImpossible(life, check))) {
      const said = cause ?? `${players ?? 'no'} players`;
      defects.push(`${life.planned.id}: at ${iso(at)} a check said ${said}, which was not so`);
    }
    for (const { from, to } of pauses(life, evidence)) {
      const kills = evidence.kills.filter(({ at }) => at >= from - RECOVERED_MS && at <= to);
      const since = Math.max(from + INTERVAL_MS, ...kills.map(({ at }) => at));
      longest = Math.max(longest, to - since);
      const allowed = kills.length === 0 ? LATE_MS : RECOVERED_MS;
      if (to - since <= allowed) continue;
      defects.push(
        `${life.planned.id}: nobody looked from ${iso(from)} to ${iso(to)}, ${seconds(to - since)} s after ${kills.length === 0 ? 'it was due' : 'the last kill'}`,
      );
    }
  }
  const checks = evidence.lives.flatMap((life) => life.checks);
  return {
    figures: [
      ['game servers', evidence.lives.length],
      ['checks', checks.length],
      ['of them failed', checks.filter(({ cause }) => cause !== null).length],
      ['failed although the server was up', lost],
      ['longest without a look after it was due or a kill (s)', seconds(longest)],
    ],
    defects,
  };
}

function saysTruth({ turns }: WatchedLife, check: CheckRow): boolean {
  return conditionsIn(turns, check.at, check.at + LASTS_MS).some(({ condition, players }) => {
    const cause = CAUSE_OF[condition];
    return check.cause === cause && (cause !== null || check.players === players);
  });
}

/** Only a server that was not changed meanwhile can be told to have been otherwise. */
function isImpossible({ turns }: WatchedLife, check: CheckRow): boolean {
  const seen = conditionsIn(turns, check.at, check.at + LASTS_MS);
  const conditions = new Set(seen.map(({ condition }) => condition));
  if (check.cause === null) {
    return !conditions.has('running') || !seen.some(({ players }) => players === check.players);
  }
  // What is said of one that is changed at that moment depends on how far the conversation was.
  return conditions.size === 1 && !conditions.has('running');
}

/** The times between two checks, and from the last one to the end. */
function pauses({ checks, addedAt }: WatchedLife, { takenAt }: WatchEvidence) {
  const instants = [addedAt, ...checks.map(({ at }) => at), takenAt];
  return instants.slice(1).map((to, index) => ({ from: instants[index] ?? to, to }));
}

export function iso(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

export function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
