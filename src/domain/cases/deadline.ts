import type { CaseState } from './case';

export type DeadlineKind =
  'inactivity-warning' | 'inactivity-close' | 'resolved-close' | 'reopen-window-end';

/** What happens, and when (milliseconds since the epoch), if nobody acts before. */
export interface Deadline {
  readonly kind: DeadlineKind;
  readonly at: number;
}

/** The next thing that happens by itself, or `undefined` when the case only waits for people. */
export function nextDeadline(state: CaseState): Deadline | undefined {
  const { inactivity } = state.policy;
  switch (state.status) {
    case 'open':
    case 'claimed':
      if (inactivity === null) return undefined;
      if (state.warnedAt === null) {
        return { kind: 'inactivity-warning', at: state.lastActivityAt + inactivity.warnAfterMs };
      }
      // A warning that an outage delayed still leaves the opener the whole time to answer it.
      return {
        kind: 'inactivity-close',
        at: Math.max(
          state.lastActivityAt + inactivity.closeAfterMs,
          state.warnedAt + inactivity.closeAfterMs - inactivity.warnAfterMs,
        ),
      };
    case 'resolved':
      if (inactivity === null) return undefined;
      return { kind: 'resolved-close', at: state.lastActivityAt + inactivity.closeAfterMs };
    case 'closed':
      return {
        kind: 'reopen-window-end',
        at: (state.closedAt ?? state.lastActivityAt) + state.policy.reopenWindowMs,
      };
    case 'opening':
    case 'refused':
    case 'failed':
    case 'closing':
    case 'reopening':
    case 'ended':
      return undefined;
  }
}
