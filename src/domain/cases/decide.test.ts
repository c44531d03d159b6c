import { describe, expect, it } from '@jest/globals';
import type { Actor, CaseState, CaseStatus } from './case';
import { newCase } from './case';
import type { CaseCommand, PersonCommandType, RefusalCode } from './commands';
import { isRefusal } from './commands';
import { decide } from './decide';
import type { CaseEvent } from './events';
import { evolve } from './evolve';

const NOW = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const OPENER = '100';

const person = (userId: string, ...teams: string[]): Actor => ({ userId, teams, admin: false });
const opener = person(OPENER);
const helper = person('201', 'helpers');
const colleague = person('202', 'helpers');
const senior = person('203', 'seniors');
const head = person('204', 'heads');
const admin: Actor = { userId: '205', teams: [], admin: true };
const stranger = person('301', 'builders');

function caseIn(status: CaseStatus, more: Partial<CaseState> = {}): CaseState {
  const hasChannel = ['open', 'claimed', 'resolved', 'closing'].includes(status);
  return {
    ...newCase(OPENER, NOW - HOUR),
    status,
    seq: 5,
    number: 7,
    policy: {
      teamChain: ['helpers', 'seniors', 'heads'],
      inactivity: { warnAfterMs: 24 * HOUR, closeAfterMs: 48 * HOUR },
      reopenWindowMs: 72 * HOUR,
    },
    channelId: hasChannel ? '500' : null,
    messageId: hasChannel ? '600' : null,
    assigneeId: status === 'claimed' ? helper.userId : null,
    resolvedAt: status === 'resolved' ? NOW - HOUR : null,
    closedAt: status === 'closed' || status === 'ended' ? NOW - HOUR : null,
    closeCause: status === 'closed' || status === 'ended' ? 'staff' : null,
    ...more,
  };
}

const command = (type: PersonCommandType, actor: Actor): CaseCommand => ({
  type,
  actor,
  note: null,
});

/** What the command leads to: the events, or the code of the refusal. */
function outcome(state: CaseState, given: CaseCommand, now = NOW): readonly CaseEvent[] | string {
  const decision = decide(state, given, now);
  return isRefusal(decision) ? decision.refused : decision;
}

describe('claiming', () => {
  const mine = caseIn('claimed');
  it.each<[string, CaseState, Actor, CaseEvent | RefusalCode]>([
    ['an open case', caseIn('open'), helper, { type: 'claimed', by: '201', from: null }],
    ['one’s own case', mine, helper, 'already-yours'],
    ['a colleague’s case', mine, colleague, 'already-claimed'],
    ['it from above', mine, senior, { type: 'claimed', by: '203', from: '201' }],
    ['it from far above', mine, head, { type: 'claimed', by: '204', from: '201' }],
    ['it as an administrator', mine, admin, { type: 'claimed', by: '205', from: '201' }],
    ['a resolved case', caseIn('resolved'), senior, 'already-resolved'],
    ['as a stranger', caseIn('open'), stranger, 'not-staff'],
    ['as the opener', caseIn('open'), opener, 'not-staff'],
    [
      'as the opener who is on the staff',
      caseIn('open'),
      person(OPENER, 'helpers'),
      { type: 'claimed', by: OPENER, from: null },
    ],
    ['a raised case from below', caseIn('open', { teamLevel: 1 }), helper, 'not-staff'],
  ])('%s', (_what, state, actor, expected) => {
    expect(outcome(state, command('claim', actor))).toEqual(
      typeof expected === 'string' ? expected : [expected],
    );
  });

  it('says who has it', () => {
    expect(decide(mine, command('claim', colleague), NOW)).toEqual({
      refused: 'already-claimed',
      by: '201',
    });
  });
});

describe('releasing', () => {
  it.each<[string, CaseState, Actor, CaseEvent | RefusalCode]>([
    ['one’s own', caseIn('claimed'), helper, { type: 'released', by: '201', from: '201' }],
    ['a colleague’s', caseIn('claimed'), colleague, 'already-claimed'],
    ['it from above', caseIn('claimed'), senior, { type: 'released', by: '203', from: '201' }],
    ['what nobody has', caseIn('open'), helper, 'not-claimed'],
    ['a resolved case', caseIn('resolved', { assigneeId: '201' }), helper, 'already-resolved'],
  ])('%s', (_what, state, actor, expected) => {
    expect(outcome(state, command('release', actor))).toEqual(
      typeof expected === 'string' ? expected : [expected],
    );
  });
});

describe('raising', () => {
  it.each<[string, CaseState, Actor, CaseEvent | RefusalCode]>([
    [
      'an open case',
      caseIn('open'),
      helper,
      { type: 'raised', by: { userId: '201' }, team: 'seniors' },
    ],
    [
      'a raised case further',
      caseIn('open', { teamLevel: 1 }),
      senior,
      { type: 'raised', by: { userId: '203' }, team: 'heads' },
    ],
    [
      'a resolved case',
      caseIn('resolved'),
      colleague,
      { type: 'raised', by: { userId: '202' }, team: 'seniors' },
    ],
    ['above the last team', caseIn('open', { teamLevel: 2 }), head, 'no-senior-team'],
    ['as its opener', caseIn('open'), opener, 'not-staff'],
  ])('%s', (_what, state, actor, expected) => {
    expect(outcome(state, command('raise', actor))).toEqual(
      typeof expected === 'string' ? expected : [expected],
    );
  });
});

describe('resolving, closing and reopening', () => {
  it.each<[string, PersonCommandType, CaseState, Actor, CaseEvent | RefusalCode]>([
    [
      'resolving an open case',
      'resolve',
      caseIn('open'),
      helper,
      { type: 'resolved', by: '201', note: null },
    ],
    [
      'resolving a colleague’s case',
      'resolve',
      caseIn('claimed'),
      colleague,
      { type: 'resolved', by: '202', note: null },
    ],
    ['resolving twice', 'resolve', caseIn('resolved'), helper, 'already-resolved'],
    ['resolving as opener', 'resolve', caseIn('open'), opener, 'not-staff'],
    [
      'closing as opener',
      'close',
      caseIn('claimed'),
      opener,
      { type: 'closing', cause: 'opener', by: OPENER, note: null },
    ],
    [
      'closing as staff',
      'close',
      caseIn('resolved'),
      colleague,
      { type: 'closing', cause: 'staff', by: '202', note: null },
    ],
    ['closing as a stranger', 'close', caseIn('open'), stranger, 'not-yours'],
    ['closing while it closes', 'close', caseIn('closing'), opener, 'closing'],
    ['closing what is closed', 'close', caseIn('closed'), opener, 'closed'],
    [
      'reopening a resolved case',
      'reopen',
      caseIn('resolved'),
      opener,
      { type: 'reopened', by: OPENER, newChannel: false },
    ],
    [
      'reopening a closed case',
      'reopen',
      caseIn('closed'),
      helper,
      { type: 'reopened', by: '201', newChannel: true },
    ],
    ['reopening an open case', 'reopen', caseIn('claimed'), opener, 'already-open'],
    ['reopening as a stranger', 'reopen', caseIn('closed'), stranger, 'not-yours'],
    ['reopening too late', 'reopen', caseIn('ended'), opener, 'reopen-window-over'],
    [
      'reopening in the last millisecond',
      'reopen',
      caseIn('closed', { closedAt: NOW - 72 * HOUR + 1 }),
      opener,
      { type: 'reopened', by: OPENER, newChannel: true },
    ],
    [
      'reopening just too late, before the clock rang',
      'reopen',
      caseIn('closed', { closedAt: NOW - 72 * HOUR }),
      opener,
      'reopen-window-over',
    ],
  ])('%s', (_what, type, state, actor, expected) => {
    expect(outcome(state, command(type, actor))).toEqual(
      typeof expected === 'string' ? expected : [expected],
    );
  });

  it('keeps the sealed words with the event', () => {
    for (const type of ['resolve', 'close'] as const) {
      const [event] = outcome(caseIn('open'), { type, actor: helper, note: 'sealed' });
      expect(event).toMatchObject({ note: 'sealed' });
    }
  });
});

describe('a command that comes at the wrong time', () => {
  const types: readonly PersonCommandType[] = ['claim', 'release', 'raise', 'resolve', 'close'];
  it.each<[CaseStatus, RefusalCode, RefusalCode]>([
    ['opening', 'not-ready', 'not-ready'],
    ['reopening', 'not-ready', 'not-ready'],
    ['closing', 'closing', 'closing'],
    ['refused', 'closed', 'reopen-window-over'],
    ['failed', 'closed', 'reopen-window-over'],
    ['ended', 'closed', 'reopen-window-over'],
  ])('while the case is %s: %s, and reopening: %s', (status, refusal, reopening) => {
    const refusals = types.map((type) => outcome(caseIn(status), command(type, helper)));
    expect(new Set(refusals)).toEqual(new Set([refusal]));
    expect(outcome(caseIn(status), command('reopen', helper))).toBe(reopening);
  });

  it('is still refused to a stranger for being a stranger', () => {
    expect(outcome(caseIn('closing'), command('claim', stranger))).toBe('not-staff');
    expect(outcome(caseIn('ended'), command('reopen', stranger))).toBe('not-yours');
  });
});

describe('messages', () => {
  const messages = (staff: { userId: string; at: number } | null): CaseCommand => ({
    type: 'messages',
    lastAt: NOW - 1_000,
    staff,
  });

  it('of the opener are an activity', () => {
    expect(outcome(caseIn('open'), messages(null))).toEqual([
      { type: 'messages-seen', lastAt: NOW - 1_000 },
    ]);
  });

  it('of the staff are the first answer, once', () => {
    const first = outcome(caseIn('open'), messages({ userId: '201', at: NOW - 5_000 }));
    expect(first).toEqual([
      { type: 'first-answered', by: '201', answeredAt: NOW - 5_000 },
      { type: 'messages-seen', lastAt: NOW - 1_000 },
    ]);
    const answered = caseIn('open', { firstAnswer: { userId: '202', at: NOW - HOUR } });
    expect(outcome(answered, messages({ userId: '201', at: NOW }))).toHaveLength(1);
  });

  it.each<CaseStatus>(['opening', 'closing', 'closed', 'reopening', 'ended', 'failed'])(
    'mean nothing while the case is %s',
    (status) => {
      expect(outcome(caseIn(status), messages({ userId: '201', at: NOW }))).toEqual([]);
    },
  );

  it('that are news of long ago do not turn the clock back', () => {
    const state = caseIn('open', { lastActivityAt: NOW - 500, warnedAt: NOW - 100 });
    const after = evolve(state, { type: 'messages-seen', lastAt: NOW - 1_000 }, NOW);
    expect(after).toEqual({ ...state, seq: state.seq + 1 });
  });
});

describe('a channel that is gone', () => {
  const gone = (channelId: string): CaseCommand => ({ type: 'channel-gone', channelId });

  it.each<CaseStatus>(['open', 'claimed', 'resolved'])('closes a case that is %s', (status) => {
    expect(outcome(caseIn(status), gone('500'))).toEqual([
      { type: 'closing', cause: 'channel-gone', by: null, note: null },
    ]);
  });

  it('means nothing when it is another one, or was deleted by us', () => {
    expect(outcome(caseIn('open'), gone('501'))).toEqual([]);
    expect(outcome(caseIn('closing'), gone('500'))).toEqual([]);
    expect(outcome(caseIn('closed'), gone('500'))).toEqual([]);
  });
});
