import type { Actor, CaseState } from './case';

/** Whether the person may handle the case: a member of the handling team, of one above it, or an administrator. */
export function isStaff(state: CaseState, actor: Actor): boolean {
  return (
    actor.admin ||
    state.policy.teamChain.slice(state.teamLevel).some((team) => actor.teams.includes(team))
  );
}

/** Whether the person stands above the handling team: in a senior team of it, or an administrator. */
export function isSenior(state: CaseState, actor: Actor): boolean {
  return (
    actor.admin ||
    state.policy.teamChain.slice(state.teamLevel + 1).some((team) => actor.teams.includes(team))
  );
}
