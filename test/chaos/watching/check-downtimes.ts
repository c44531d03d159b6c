import type { Finding } from '../evidence/finding';
import { iso, RECOVERED_MS, seconds } from './check-checks';
import { expectedDowntimes, type ExpectedDowntime } from './expected-downtimes';
import { INTERVAL_MS } from './plan';
import type { TrueOutage } from './truth';
import type { Downtime, WatchedLife, WatchEvidence } from './watch-evidence';

/** How long a suspect is looked at within a round until it is sure, and what a busy machine adds. */
const CONFIRMED_MS = 15_000;
/** How late a round may be of which nothing was killed: while one looks at its suspects, none begins. */
const LATE_MS = 13_000;

/** Every true outage that was long enough has its one downtime, and nothing else has one. */
export function checkDowntimes(evidence: WatchEvidence): Finding {
  const found = evidence.lives.map((life) => ofServer(life, evidence));
  const sum = (key: 'outages' | 'told' | 'unseen'): number =>
    found.reduce((total, one) => total + one[key], 0);
  return {
    figures: [
      ['true outages', sum('outages')],
      ['of them recorded', sum('told')],
      ['of them too short to be sure, or while we were killed', sum('unseen')],
      ['longest of those (s)', seconds(Math.max(...found.map(({ missed }) => missed)))],
      ['downtimes', evidence.lives.flatMap(({ downtimes }) => downtimes).length],
      ['latest beginning (s after the truth)', seconds(Math.max(...found.map(({ late }) => late)))],
      ['latest end (s after the truth)', seconds(Math.max(...found.map(({ over }) => over)))],
    ],
    defects: found.flatMap(({ defects }) => defects),
  };
}

function ofServer(life: WatchedLife, evidence: WatchEvidence) {
  const { id } = life.planned;
  const defects: string[] = [];
  const blindFrom = life.spans.filter(({ kind }) => kind === 'unknown').map(({ from }) => from);
  const expected = expectedDowntimes(life.checks, blindFrom, life.planned.thresholds);
  defects.push(...sameAs(life, expected).map((defect) => `${id}: ${defect}`));

  let late = 0;
  let over = 0;
  const told = new Set<TrueOutage>();
  for (const downtime of expected) {
    const outages = life.outages.filter(
      ({ from, to }) => from <= (downtime.to ?? evidence.takenAt) && to >= downtime.from,
    );
    const [first] = outages;
    const last = outages.at(-1);
    if (first === undefined || last === undefined) {
      defects.push(`${id}: an alarm without an outage, at ${iso(downtime.from)}`);
      continue;
    }
    for (const outage of outages) told.add(outage);
    const began = downtime.from - first.from;
    const ended = (downtime.to ?? evidence.takenAt) - last.to;
    late = Math.max(late, began);
    over = Math.max(over, ended);
    if (began > INTERVAL_MS + LATE_MS + killed(evidence, first.from, downtime.from)) {
      defects.push(`${id}: the outage of ${iso(first.from)} begins at ${iso(downtime.from)}`);
    }
    if (ended > INTERVAL_MS + LATE_MS + killed(evidence, last.to, downtime.to ?? 0)) {
      defects.push(`${id}: the outage until ${iso(last.to)} ends at ${iso(downtime.to ?? 0)}`);
    }
  }

  const unseen = life.outages.filter((outage) => !told.has(outage));
  for (const { from, to } of unseen) {
    if (quietest(evidence, from, to) < INTERVAL_MS + LATE_MS + CONFIRMED_MS) continue;
    defects.push(`${id}: nobody was told of the outage from ${iso(from)} to ${iso(to)}`);
  }
  return {
    ...{ defects, late, over },
    missed: Math.max(0, ...unseen.map(({ from, to }) => to - from)),
    outages: life.outages.length,
    told: told.size,
    unseen: unseen.length,
  };
}

/**
 * What is recorded is what the checks say. Of a server that flaps, one downtime may hold several of those, and it
 * ends where the server began to be up without a break.
 */
function sameAs(life: WatchedLife, expected: readonly ExpectedDowntime[]): string[] {
  const flaps = life.planned.thresholds.flapWithinMs < 3_600_000;
  const defects: string[] = [];
  const left = new Set(expected);
  for (const row of life.downtimes) {
    const within = expected.filter(
      ({ from, to }) => from >= row.from && (to ?? 0) <= (row.to ?? 0),
    );
    const [first] = within;
    const last = within.at(-1);
    const words = `downtime from ${iso(row.from)} to ${row.to === null ? 'now' : iso(row.to)}`;
    const steady = life.spans.some(({ kind, from }) => kind === 'up' && from === row.to);
    const endsWell = flaps ? steady : last?.to === row.to;
    if (first?.from !== row.from || !endsWell) {
      defects.push(`the ${words} is not what the checks say`);
    }
    if (within.length > 1 && !flaps) defects.push(`the ${words} holds ${within.length} outages`);
    if (last !== undefined && last.cause !== row.cause) {
      defects.push(`the ${words} has the cause ${row.cause}; it was ${last.cause}`);
    }
    for (const one of within) {
      if (!left.delete(one)) defects.push(`the ${words} is recorded twice`);
    }
  }
  for (const { from } of left) defects.push(`the downtime since ${iso(from)} is not recorded`);
  return [...defects, ...unseenTime(life.downtimes, life)];
}

/** What of a downtime is not down is unknown: the spans say the same. Flapping has up in it, too. */
function unseenTime(downtimes: readonly Downtime[], { spans }: WatchedLife): string[] {
  return downtimes.flatMap(({ from, to, unknownMs }) => {
    if (to === null) return [];
    const unknown = spans
      .filter(({ kind }) => kind === 'unknown')
      .reduce((sum, span) => sum + overlap(span.from, span.to ?? to, from, to), 0);
    return Math.abs(unknown - unknownMs) <= 1
      ? []
      : [`of the downtime since ${iso(from)}, ${unknownMs} ms are unseen; by the spans ${unknown}`];
  });
}

/** How much of a time lies within reach of a kill. */
function killed({ kills }: WatchEvidence, from: number, to: number): number {
  let covered = 0;
  let until = from;
  for (const { at } of kills) {
    covered += overlap(Math.max(at, until), at + RECOVERED_MS, from, to);
    until = Math.max(until, at + RECOVERED_MS);
  }
  return covered;
}

/** The longest time of an outage that no kill disturbed, nor what it takes to stand up again after one. */
function quietest({ kills }: WatchEvidence, from: number, to: number): number {
  const ends = kills.filter(({ at }) => at > from - RECOVERED_MS && at < to);
  let longest = 0;
  let since = from;
  for (const { at } of ends) {
    longest = Math.max(longest, at - since);
    since = Math.max(since, at + RECOVERED_MS / 2);
  }
  return Math.max(longest, to - since);
}

function overlap(from: number, to: number, since: number, until: number): number {
  return Math.max(0, Math.min(to, until) - Math.max(from, since));
}
