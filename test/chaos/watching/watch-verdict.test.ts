import { describe, expect, it } from '@jest/globals';
import { ANSWERED, BEGUN, calm, FAILED, rename, STOPPED } from './calm';
import type { WatchedLife, WatchEvidence } from './watch-evidence';
import { watchVerdict } from './watch-verdict';

const [life] = calm().lives;
const [incident] = calm().incidents;
if (life === undefined || incident === undefined) throw new Error('A calm run has a server.');
const [downtime] = life.downtimes;
const [alert] = calm().alerts;
if (downtime === undefined || alert === undefined) throw new Error('A calm run has an outage.');

const withLife = (change: Partial<WatchedLife>) => (evidence: WatchEvidence) => ({
  ...evidence,
  lives: [{ ...life, ...change }],
});
const requests = (change: (all: WatchEvidence['requests']) => WatchEvidence['requests']) => {
  return (evidence: WatchEvidence) => ({ ...evidence, requests: change(evidence.requests) });
};

/** Everything that must not happen, and the words in which it is told. */
const DEFECTS: readonly (readonly [
  what: string,
  tamper: (evidence: WatchEvidence) => WatchEvidence,
  told: RegExp,
])[] = [
  [
    'an answer of a server that was stopped',
    withLife({
      checks: life.checks.map((one) => (one.at === FAILED ? { ...one, cause: null } : one)),
    }),
    /a check said no players, which was not so/,
  ],
  [
    'checks that stop without a reason',
    withLife({
      checks: life.checks.filter(({ at }) => at < BEGUN + 10_000 || at > BEGUN + 60_000),
    }),
    /nobody looked from/,
  ],
  [
    'an alarm without an outage',
    withLife({ outages: [], turns: life.turns.slice(0, 1) }),
    /an alarm without an outage/,
  ],
  [
    'an outage of which nobody was told',
    withLife({ checks: life.checks.filter(({ cause }) => cause === null), downtimes: [] }),
    /nobody was told of the outage/,
  ],
  ['a downtime that is missing', withLife({ downtimes: [] }), /downtime since .* is not recorded/],
  [
    'a downtime twice',
    withLife({ downtimes: [downtime, { ...downtime, incidentId: 'incident-2' }] }),
    /is recorded twice/,
  ],
  [
    'a downtime that ends too late',
    withLife({ downtimes: [{ ...downtime, to: ANSWERED + 10_000 }] }),
    /is not what the checks say/,
  ],
  [
    'a wrong cause',
    withLife({ downtimes: [{ ...downtime, cause: 'timed-out' }] }),
    /has the cause timed-out; it was refused/,
  ],
  [
    'a beginning long after the truth',
    withLife({
      outages: [{ from: STOPPED - 30_000, to: ANSWERED }],
    }),
    /the outage of .* begins at/,
  ],
  [
    'unseen time that the spans do not know',
    withLife({ downtimes: [{ ...downtime, unknownMs: 5_000 }] }),
    /5000 ms are unseen; by the spans 0/,
  ],
  [
    'a gap between two spans',
    withLife({
      spans: life.spans.map((span) => (span.to === FAILED ? { ...span, to: FAILED - 1 } : span)),
    }),
    /a gap or an overlap of spans/,
  ],
  [
    'a span that is down while the server was up',
    withLife({
      spans: life.spans.map((span) =>
        span.to === FAILED
          ? { ...span, to: STOPPED - 9_000 }
          : span.kind === 'down'
            ? { ...span, from: STOPPED - 9_000 }
            : span,
      ),
    }),
    /its span down since .* is wrong/,
  ],
  [
    'a time that is unknown though somebody looked',
    withLife({
      spans: life.spans.map((span) => (span.kind === 'down' ? { ...span, kind: 'unknown' } : span)),
    }),
    /unknown since .*, though it was looked at/,
  ],
  [
    'an incident that is not over',
    (evidence) => ({
      ...evidence,
      incidents: [{ ...incident, status: 'open', recoveredAt: null }],
    }),
    /incident 1 .* is open/,
  ],
  [
    'an event that is missing',
    (evidence) => ({ ...evidence, events: evidence.events.filter(({ seq }) => seq !== 3) }),
    /lacks its event 3/,
  ],
  [
    'a recovery twice',
    (evidence) => ({
      ...evidence,
      events: [...evidence.events, { incidentId: incident.id, seq: 5, type: 'recovered' }],
    }),
    /recovered 2 times/,
  ],
  [
    'two outages of a host at once that were told apart',
    (evidence) => ({
      ...evidence,
      lives: [
        life,
        { ...life, key: 2, downtimes: [{ ...downtime, serverKey: 2, incidentId: 'incident-2' }] },
      ],
    }),
    /are two incidents/,
  ],
  [
    'a second message',
    (evidence) => ({ ...evidence, alerts: [...evidence.alerts, { ...alert, id: '9' }] }),
    /alert 9 belongs to no incident/,
  ],
  [
    'a message that was never posted',
    (evidence) => ({ ...evidence, alerts: evidence.alerts.filter(({ id }) => id !== '1') }),
    /alert 1 is not there/,
  ],
  [
    'a message that does not tell of the recovery',
    (evidence) => ({
      ...evidence,
      alerts: evidence.alerts.map((one) => ({ ...one, content: one.content.replace('✅', '🔴') })),
    }),
    /is over, and its message says/,
  ],
  [
    'a notice that does not tell of the recovery',
    (evidence) => ({
      ...evidence,
      notices: evidence.notices.map((one) => ({ ...one, title: '🔴 It is down' })),
    }),
    /is over, and users read/,
  ],
  [
    'a second live status message',
    (evidence) => ({ ...evidence, board: [...evidence.board, ...evidence.board] }),
    /there are 2 live status messages/,
  ],
  [
    'a raise that was told to nobody',
    (evidence) => ({ ...evidence, alerts: [alert] }),
    /was raised 1 times, told 0 times/,
  ],
  [
    'a second ping',
    requests((all) => all.flatMap((one) => [one, { ...one, resultId: `${one.resultId ?? ''}9` }])),
    /2 pings of the administration for 1 incidents/,
  ],
  [
    'a name that was refused',
    requests((all) => [...all, { ...rename(BEGUN, 'x'), status: 429, committed: false }]),
    /was renamed too often/,
  ],
  [
    'three changes of a name',
    requests((all) => [...all, rename(BEGUN + 590_000, 'x')]),
    /was renamed three times/,
  ],
  [
    'a wrong wish',
    withLife({ channel: { id: '1', wished: '🔴 Server alpha-1', shown: '🔴 Server alpha-1' } }),
    /is wished to be 🔴 Server alpha-1/,
  ],
  [
    'a name that was never given',
    withLife({ channel: { id: '1', wished: '🟢 Server alpha-1 7/100', shown: 'alpha-1 soon' } }),
    /nobody is at it/,
  ],
  [
    'a workflow that failed',
    (evidence) => ({
      ...evidence,
      workflows: evidence.workflows.map((one) => ({ ...one, status: 'FAILED' })),
    }),
    /is FAILED/,
  ],
  [
    'news that nobody was told',
    (evidence) => ({ ...evidence, untoldNews: 1 }),
    /1 news were told to nobody/,
  ],
];

describe('what is found in a run over watched servers', () => {
  it('is nothing when nothing went wrong', () => {
    expect(watchVerdict(calm(), true).defects).toEqual([]);
  });

  it.each(DEFECTS)('is %s', (_, tamper, told) => {
    expect(watchVerdict(tamper(calm()), true).defects.join('\n')).toMatch(told);
  });
});
