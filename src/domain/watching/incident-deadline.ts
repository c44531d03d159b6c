import type { IncidentDeadline, IncidentState } from './incident';

/** A policy that says "at once, again and again" must not become a flood. */
const LEAST_GAP_MS = 60_000;

/**
 * What happens next if nobody acts: the raising to the seniors, once, or a reminder. Both end when somebody
 * acknowledges or all servers are back, and there are none when the administration is told nowhere. Raising
 * comes first when both are due.
 */
export function nextIncidentDeadline(state: IncidentState): IncidentDeadline | undefined {
  if (state.status !== 'open' || state.policy.alertChannelId === null) return undefined;
  const raise = raising(state);
  const remind = reminding(state);
  if (raise === undefined || remind === undefined) return raise ?? remind;
  return raise.at <= remind.at ? raise : remind;
}

function raising(state: IncidentState): IncidentDeadline | undefined {
  const { raiseAfterMs, seniorRoleIds } = state.policy;
  if (raiseAfterMs === null || seniorRoleIds.length === 0 || state.raisedAt !== null) {
    return undefined;
  }
  return { kind: 'raise', at: state.openedAt + raiseAfterMs };
}

function reminding(state: IncidentState): IncidentDeadline | undefined {
  const { remindAfterMs } = state.policy;
  const gap = remindAfterMs[state.reminders] ?? remindAfterMs.at(-1);
  if (gap === undefined) return undefined;
  return {
    kind: 'remind',
    at: (state.remindedAt ?? state.openedAt) + Math.max(gap, LEAST_GAP_MS),
  };
}
