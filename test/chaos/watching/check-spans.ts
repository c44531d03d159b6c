import type { Finding } from '../evidence/finding';
import { iso, seconds } from './check-checks';
import { BLIND_MS } from './expected-downtimes';
import type { SpanRow, WatchedLife, WatchEvidence } from './watch-evidence';

/** A round begins a moment before its checks. */
const MOMENT_MS = 1_500;

/** The spans of each server cover its life, and none of them says what was not so. */
export function checkSpans(evidence: WatchEvidence): Finding {
  const defects = evidence.lives.flatMap((life) =>
    [...gapless(life), ...seen(life), ...blind(life)].map(
      (defect) => `${life.planned.id}: ${defect}`,
    ),
  );
  const total = (kind: SpanRow['kind']): number =>
    evidence.lives
      .flatMap(({ spans }) => spans)
      .filter((span) => span.kind === kind)
      .reduce((sum, { from, to }) => sum + (to ?? evidence.takenAt) - from, 0);
  return {
    figures: [
      ['spans', evidence.lives.flatMap(({ spans }) => spans).length],
      ['time up (s)', seconds(total('up'))],
      ['time down (s)', seconds(total('down'))],
      ['time unknown (s)', seconds(total('unknown'))],
    ],
    defects,
  };
}

function gapless({ spans, addedAt }: WatchedLife): string[] {
  const defects: string[] = [];
  if (spans[0]?.from !== addedAt) defects.push('its first span does not begin with its life');
  if (spans.at(-1)?.to !== null) defects.push('it has no present span');
  for (const [index, { to, kind }] of spans.entries()) {
    const next = spans[index + 1];
    if (next === undefined) continue;
    if (to !== next.from) defects.push(`a gap or an overlap of spans at ${iso(next.from)}`);
    if (kind === next.kind) defects.push(`two spans ${kind} at ${iso(next.from)}`);
  }
  return defects;
}

/** A span that is down lies in a true outage but for its end, which is the first answer. */
function seen({ spans, outages, checks }: WatchedLife): string[] {
  return spans.flatMap(({ kind, from, to }) => {
    if (kind !== 'down') return [];
    const inOutage = outages.some((outage) => outage.from <= from && outage.to >= from);
    const answered = to !== null && checks.some(({ at, cause }) => at === to && cause === null);
    const lostSight = spans.some((next) => next.from === to && next.kind === 'unknown');
    return inOutage && (answered || lostSight) ? [] : [`its span down since ${iso(from)} is wrong`];
  });
}

/** Unknown is what nobody looked at for so long, all of that, and nothing else. */
function blind({ spans, checks }: WatchedLife): string[] {
  const defects: string[] = [];
  const unknown = spans.slice(1).filter(({ kind }) => kind === 'unknown');
  const instants = checks.map(({ at }) => at);
  const gaps = instants.slice(1).map((to, index) => ({ from: instants[index] ?? to, to }));
  for (const span of unknown) {
    const justified = gaps.some(
      ({ from, to }) =>
        to - from > BLIND_MS - MOMENT_MS && span.from <= to && (span.to ?? to) >= from,
    );
    if (!justified) defects.push(`it is unknown since ${iso(span.from)}, though it was looked at`);
  }
  for (const { from, to } of gaps) {
    if (to - from < BLIND_MS + MOMENT_MS) continue;
    const known = spans.some(
      (span) => span.kind === 'unknown' && span.from <= to && (span.to ?? to) >= from,
    );
    if (!known)
      defects.push(`nobody looked from ${iso(from)} to ${iso(to)}, and it is not unknown`);
  }
  return defects;
}
