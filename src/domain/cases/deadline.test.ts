import { describe, expect, it } from '@jest/globals';
import { newCase, type CaseState } from './case';
import { nextDeadline, type Deadline } from './deadline';

const DAY = 86_400_000;
const LAST = Date.UTC(2026, 0, 10, 12);

function caseWith(more: Partial<CaseState>): CaseState {
  return {
    ...newCase('100', LAST),
    policy: {
      teamChain: ['helpers'],
      inactivity: { warnAfterMs: 2 * DAY, closeAfterMs: 3 * DAY },
      reopenWindowMs: 7 * DAY,
    },
    ...more,
  };
}

const endless = { teamChain: ['helpers'], inactivity: null, reopenWindowMs: 0 };

describe('the next deadline', () => {
  it.each<[string, Partial<CaseState>, Deadline | undefined]>([
    ['of an opening case', { status: 'opening' }, undefined],
    ['of an open case', { status: 'open' }, { kind: 'inactivity-warning', at: LAST + 2 * DAY }],
    [
      'of a claimed case',
      { status: 'claimed', assigneeId: '201' },
      { kind: 'inactivity-warning', at: LAST + 2 * DAY },
    ],
    [
      'after a warning in time',
      { status: 'open', warnedAt: LAST + 2 * DAY },
      { kind: 'inactivity-close', at: LAST + 3 * DAY },
    ],
    [
      'after a warning that an outage delayed past the closing',
      { status: 'open', warnedAt: LAST + 9 * DAY },
      { kind: 'inactivity-close', at: LAST + 10 * DAY },
    ],
    [
      'of a resolved case, which needs no warning',
      { status: 'resolved', resolvedAt: LAST },
      { kind: 'resolved-close', at: LAST + 3 * DAY },
    ],
    ['of a closing case', { status: 'closing' }, undefined],
    [
      'of a closed case',
      { status: 'closed', closedAt: LAST + DAY },
      { kind: 'reopen-window-end', at: LAST + 8 * DAY },
    ],
    [
      'of a closed case that cannot be reopened',
      { status: 'closed', closedAt: LAST + DAY, policy: endless },
      { kind: 'reopen-window-end', at: LAST + DAY },
    ],
    ['of a case that is being reopened', { status: 'reopening' }, undefined],
    ['of an ended case', { status: 'ended' }, undefined],
    ['of an open case that may stay silent', { status: 'open', policy: endless }, undefined],
    ['of a resolved case that may stay so', { status: 'resolved', policy: endless }, undefined],
  ])('%s', (_what, more, expected) => {
    expect(nextDeadline(caseWith(more))).toEqual(expected);
  });
});
