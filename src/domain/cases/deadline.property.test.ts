import { describe, expect, it } from '@jest/globals';
import { give, PEOPLE, type Moment } from '../../../test/contracts/case-life';
import { happened, whenever } from '../../../test/contracts/case-properties';
import type { CaseState, CaseStatus } from './case';
import { nextDeadline, type Deadline } from './deadline';
import { decide } from './decide';

const became = ({ before, after }: Moment, status: CaseStatus): boolean =>
  after.status === status && before.status !== status;

describe('deadlines', () => {
  /** Between these moments, did somebody do something that starts the clock anew? */
  const clockRestarted = (moments: readonly Moment[]): boolean =>
    moments.some(
      ({ before, after }) =>
        after.lastActivityAt > before.lastActivityAt || after.generation > before.generation,
    );
  const lastBefore = (earlier: readonly Moment[], condition: (moment: Moment) => boolean) => {
    const index = earlier.findLastIndex(condition);
    return { moment: earlier[index], since: earlier.slice(index + 1) };
  };

  it('are never counted twice', () => {
    const sameBefore = (moment: Moment, earlier: readonly Moment[]) =>
      lastBefore(earlier, (other) => passed(other)?.kind === passed(moment)?.kind);
    whenever(
      (moment, earlier) =>
        passed(moment) !== undefined && sameBefore(moment, earlier).moment !== undefined,
      (moment, earlier) => {
        expect(clockRestarted(sameBefore(moment, earlier).since)).toBe(true);
      },
    );
  });

  it('count once when the clock rings twice', () => {
    whenever(
      (moment) => passed(moment) !== undefined,
      (moment) => {
        const again = give(moment.after, { type: 'deadline' }, moment.at);
        expect(passed(again)?.kind).not.toBe(passed(moment)?.kind);
      },
    );
  });

  it('do nothing before their time, and always something at it', () => {
    whenever(
      ({ after }) => nextDeadline(after) !== undefined,
      ({ after }) => {
        const at = nextDeadline(after)?.at ?? NaN;
        expect(decide(after, { type: 'deadline' }, at - 1)).toEqual([]);
        expect(decide(after, { type: 'deadline' }, at)).toHaveLength(1);
      },
    );
  });

  it('that are none never come', () => {
    whenever(
      ({ after }) => nextDeadline(after) === undefined,
      ({ after, at }) => {
        expect(decide(after, { type: 'deadline' }, at + 1e12)).toEqual([]);
      },
    );
  });

  it('warn in time, and promise the whole time to answer', () => {
    whenever(
      (moment) => happened(moment, 'inactivity-warned'),
      ({ before, after, at }) => {
        const { warnAfterMs, closeAfterMs } = inactivityOf(before);
        expect(at).toBeGreaterThanOrEqual(before.lastActivityAt + warnAfterMs);
        const promised = nextDeadline(after);
        expect(promised?.kind).toBe('inactivity-close');
        expect(promised?.at).toBeGreaterThanOrEqual(at + closeAfterMs - warnAfterMs);
        expect(promised?.at).toBeGreaterThanOrEqual(after.lastActivityAt + closeAfterMs);
      },
    );
  });

  it('keep what the warning promised, and close nothing without one', () => {
    whenever(
      (moment) => passed(moment)?.kind === 'inactivity-close',
      (moment, earlier) => {
        const { warnAfterMs, closeAfterMs } = inactivityOf(moment.before);
        const warning = lastBefore(earlier, (other) => happened(other, 'inactivity-warned'));
        expect(clockRestarted(warning.since)).toBe(false);
        const timeToAnswer = moment.at - (warning.moment?.at ?? NaN);
        expect(timeToAnswer).toBeGreaterThanOrEqual(closeAfterMs - warnAfterMs);
      },
    );
  });

  it('close a silent case no sooner than its last activity allows', () => {
    whenever(
      (moment) => became(moment, 'closing') && moment.after.closeCause === 'inactivity',
      ({ before, at }) => {
        const { closeAfterMs } = inactivityOf(before);
        expect(at - before.lastActivityAt).toBeGreaterThanOrEqual(closeAfterMs);
      },
    );
  });

  it('end the reopen window exactly when it ends', () => {
    whenever(
      ({ after }) => after.status === 'closed',
      ({ after }) => {
        const { reopenWindowMs } = after.policy;
        const end = (after.closedAt ?? NaN) + reopenWindowMs;
        const reopen = { type: 'reopen', actor: PEOPLE.opener } as const;
        expect(nextDeadline(after)).toEqual({ kind: 'reopen-window-end', at: end });
        expect(decide(after, reopen, end)).toEqual({ refused: 'reopen-window-over' });
        expect(decide(after, reopen, end - Math.min(1, reopenWindowMs))).toEqual(
          reopenWindowMs === 0
            ? { refused: 'reopen-window-over' }
            : [{ type: 'reopened', by: PEOPLE.opener.userId, newChannel: true }],
        );
      },
    );
  });
});

/** The deadline that a moment counted, if it was one that did. */
function passed(moment: Moment): Deadline | undefined {
  const counts = moment.command?.type === 'deadline' && moment.events.length > 0;
  return counts ? nextDeadline(moment.before) : undefined;
}

function inactivityOf({ policy }: CaseState) {
  if (policy.inactivity === null) throw new Error('Such a case has no inactivity.');
  return policy.inactivity;
}
