import type { AskOutcome, HubPlace, HubState } from './subscription';
import { DAY, HOUR, MINUTE, SECOND } from './subscription';

/** What is wished for; hubs may give less. YouTube's gives 5 days. */
export const LEASE_SECONDS = 10 * (DAY / SECOND);

/** A hub that took the request asks within seconds. */
const CONFIRM_WITHIN_MS = 10 * MINUTE;
/** So much of a lease has passed when it is renewed. */
const RENEW_AT = 0.8;
/** Nobody makes us ask more often, whatever lease they name. */
const LEAST_GAP_MS = 10 * SECOND;
/** Who says without being asked that a lease is over does not make us ask more often. */
const DENIED_GAP_MS = HOUR;

export const newHub = (place: HubPlace, now: number): HubState => ({
  place,
  status: 'idle',
  askAt: now,
  askedAt: null,
  leaseUntil: null,
  secretMadeAt: null,
  failures: 0,
  failingSince: null,
  error: null,
  recorded: true,
});

export const isSamePlace = (one: HubPlace, other: HubPlace): boolean => one.id === other.id;

/** Whether it sends to us, or may be about to. */
export const isInUse = ({ status, askAt, askedAt }: HubState): boolean =>
  status === 'active' || (askAt === null && askedAt !== null);

/** The instant at which something about it happens by itself; a pause before a question counts as well. */
export function nextOfHub(hub: HubState): number {
  const question = hub.askAt ?? unconfirmedAt(hub);
  return hub.leaseUntil === null ? question : Math.min(question, hub.leaseUntil);
}

const unconfirmedAt = ({ askedAt }: HubState): number => (askedAt ?? 0) + CONFIRM_WITHIN_MS;

export const asking = (hub: HubState, now: number): HubState => ({
  ...hub,
  askAt: null,
  askedAt: now,
});

export function asked(
  hub: HubState,
  outcome: Exclude<AskOutcome, { readonly outcome: 'gone' }>,
  now: number,
): HubState {
  if (outcome.outcome === 'accepted') return { ...hub, secretMadeAt: outcome.secretMadeAt };
  // It may have asked back before it answered: then that counts.
  return hub.askAt === null ? failed(hub, outcome.outcome, outcome.reason, now) : hub;
}

/**
 * A hub's question was answered with yes. It counts if we asked it and it did not answer yet: anybody can send
 * such a question. Nobody's lease is longer than what was wished for.
 *
 * @param leaseSeconds `null`: it does not end by itself; it is renewed all the same
 */
export function confirmed(hub: HubState, leaseSeconds: number | null, now: number): HubState {
  if (hub.askAt !== null || hub.askedAt === null) return hub;
  const lease = Math.min(leaseSeconds ?? LEASE_SECONDS, LEASE_SECONDS) * SECOND;
  return {
    ...hub,
    status: 'active',
    askAt: now + Math.max(lease * RENEW_AT, LEAST_GAP_MS),
    leaseUntil: now + lease,
    failures: 0,
    failingSince: null,
    error: null,
    recorded: false,
  };
}

/** A hub says, and nobody signed it, that it refuses: believed where an answer is awaited; else it is asked again. */
export function denied(hub: HubState, reason: string, now: number): HubState {
  if (hub.askAt === null) return failed(hub, 'refused', reason, now);
  if (hub.status !== 'active') return hub;
  const soon = Math.max(now, (hub.askedAt ?? 0) + DENIED_GAP_MS);
  return { ...hub, askAt: Math.min(hub.askAt, soon) };
}

/** The definition's newest secret is another one than the hub was given. */
export function givenSecret(hub: HubState, secretMadeAt: number | null, now: number): HubState {
  const isOther = secretMadeAt !== null && hub.secretMadeAt !== secretMadeAt;
  return isOther && isInUse(hub) ? { ...hub, askAt: now } : hub;
}

/** What time alone does: a lease ends, an answer is not awaited any longer. */
export function hubAfter(hub: HubState, now: number): HubState {
  let next = hub;
  if (next.askAt === null && unconfirmedAt(next) <= now) {
    next = failed(
      next,
      'unreachable',
      'It took the request, and never asked whether it was us.',
      now,
    );
  }
  if (next.leaseUntil !== null && next.leaseUntil <= now) {
    const soon = Math.max(now, (next.askedAt ?? 0) + LEAST_GAP_MS);
    const askAt = next.askAt === null || next.failures > 0 ? next.askAt : soon;
    next = { ...next, status: 'idle', leaseUntil: null, askAt, recorded: false };
  }
  return next;
}

function failed(
  hub: HubState,
  kind: 'refused' | 'unreachable',
  reason: string,
  now: number,
): HubState {
  const failures = hub.failures + 1;
  const isActive = hub.leaseUntil !== null && hub.leaseUntil > now;
  return {
    ...hub,
    status: isActive ? 'active' : kind === 'refused' ? 'refused' : 'idle',
    askAt: now + pauseAfter(kind, failures),
    failures,
    failingSince: hub.failingSince ?? now,
    error: reason,
    recorded: false,
  };
}

/**
 * How long until a hub is asked again, in milliseconds, doubled with each failure: from 1 minute up to 6 hours
 * where it cannot be reached, from 1 hour up to a day where it says no.
 */
function pauseAfter(kind: 'refused' | 'unreachable', failures: number): number {
  const [first, longest] = kind === 'refused' ? [HOUR, DAY] : [MINUTE, 6 * HOUR];
  return Math.min(first * 2 ** Math.min(failures - 1, 20), longest);
}

/** Since when it is in such trouble that somebody is to be told; `null`: it is not. A refusal is told at once. */
export function hubTroubleAt({ failingSince, status }: HubState): number | null {
  if (failingSince === null) return null;
  return status === 'refused' ? failingSince : failingSince + DAY;
}
