import type { ServerState, ServerStatus } from './server-state';

/** What is shown of a server. What is not seen is never guessed, and flapping hides its single turns. */
export function statusOf(state: ServerState): ServerStatus {
  if (state.kind === 'maintenance') return 'maintenance';
  if (state.verdict === 'unknown') return 'unknown';
  if (state.flappingSince !== null) return 'flapping';
  if (state.doubt === null) return state.verdict;
  return state.verdict === 'up' ? 'suspect' : 'recovering';
}

/**
 * Whether a server should be probed again within the round: it failed and that is not sure yet. A server that
 * is known to be down is not, and neither is one that begins to answer, whose steadiness only time shows.
 */
export function needsAnotherProbe(state: ServerState): boolean {
  return (state.doubt !== null && state.doubt.cause !== null) || state.setback !== null;
}
