import { timingSafeEqual } from 'node:crypto';
import type {
  PendingRegistration,
  RegistrationRow,
  RegistrationsReader,
} from '../../db/registration';
import type { Player } from '../../domain/registration/account';
import type { GuessVerdict } from '../../../workflows/registration/contract';
import type { GameServer } from './server';
import type { GameWorkflows } from './workflows';

/** How long a registration that ended is still spoken of, in milliseconds. */
const SPOKEN_OF_MS = 60 * 60_000;
/** The longest lock that a configuration can have. */
const LONGEST_LOCK_MS = 30 * 24 * 60 * 60_000;
/** Of how many that ended it is asked what they answered to the same request. */
const MOST_RECALLED = 5;

/** What a player typed on a game server. */
export interface TypedCode {
  readonly player: Player;
  /** As it was typed. */
  readonly code: string;
  /** The request's own id: the same request twice is one attempt. */
  readonly requestId: string;
}

export type Outcome =
  | { readonly outcome: 'verified' }
  | { readonly outcome: 'nobody' }
  /** Nobody any more: it was confirmed just before. */
  | { readonly outcome: 'done' }
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'most-accounts' }
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'wrong-code'; readonly attemptsLeft: number }
  /** `until`: milliseconds since the epoch. */
  | { readonly outcome: 'locked'; readonly until: number };

export interface CheckCodeDependencies {
  readonly registrations: Pick<RegistrationsReader, 'pendingByName' | 'endedByName'>;
  readonly workflows: Pick<GameWorkflows, 'guess' | 'recall'>;
  /** The keyed hash under which a registration's code is stored. */
  readonly hashCode: (registrationId: string, code: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Finds the registration that a code belongs to, and has it decided there.
 *
 * Only attempts to register the player's own name are looked at, so that nobody learns anything of
 * other names and their codes. A code that belongs to none of them is a wrong attempt for each that
 * waits: which of them it was meant for, nobody can know.
 *
 * @throws DatabaseUnavailable, WorkflowsUnreachable
 */
export async function checkCode(
  dependencies: CheckCodeDependencies,
  server: GameServer,
  { player, code, requestId }: TypedCode,
): Promise<Outcome> {
  const { registrations, workflows, hashCode, now } = dependencies;
  const of = [server.guildId, player.edition, player.name] as const;
  const since = now() - LONGEST_LOCK_MS;
  const guess = ({ registrationId }: PendingRegistration): Promise<GuessVerdict> => {
    const codeHash = hashCode(registrationId, code);
    return workflows.guess(registrationId, { serverId: server.id, player, codeHash }, requestId);
  };

  // Whatever was typed takes the same way to the workflow: a right code must not overtake wrong ones.
  const pending = await registrations.pendingByName(...of);
  const ended = await registrations.endedByName(...of, since);
  // All are compared, whichever is right.
  const right = pending.filter(({ registrationId, codeHash }) =>
    isSame(codeHash, hashCode(registrationId, code)),
  )[0];
  const recalled = await Promise.all(
    ended
      .filter((row) => isRecent(row, now()))
      .slice(0, MOST_RECALLED)
      .map(({ registrationId }) => workflows.recall(registrationId, requestId)),
  );
  const before = recalled.filter((verdict) => verdict !== null);
  if (before.length > 0) return outcomeOf(before);
  if (pending.length === 0) return endOf(ended, now());
  const meant = right === undefined ? pending : [right];
  const outcome = outcomeOf(await Promise.all(meant.map(guess)));
  // It ended while this was on its way.
  if (outcome.outcome !== 'nobody') return outcome;
  return endOf(await registrations.endedByName(...of, since), now());
}

function isSame(stored: string, typed: string): boolean {
  const [one, other] = [Buffer.from(stored), Buffer.from(typed)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** One answer for all: the best that may be said to the player who typed it. */
function outcomeOf(verdicts: readonly GuessVerdict[]): Outcome {
  if (verdicts.some(({ verified }) => verified)) return { outcome: 'verified' };
  const refusals = verdicts.flatMap((verdict) => (verdict.verified ? [] : [verdict.refusal]));
  const named = refusals.map(({ refused }) => refused);
  for (const outcome of ['taken', 'most-accounts'] as const) {
    if (named.includes(outcome)) return { outcome };
  }
  const left = refusals.flatMap((refusal) =>
    refusal.refused === 'wrong-code' ? [refusal.attemptsLeft] : [],
  );
  // Never more than are left of any: the next one may lock it.
  if (left.length > 0) return { outcome: 'wrong-code', attemptsLeft: Math.min(...left) };
  const locks = refusals.flatMap((refusal) =>
    refusal.refused === 'locked' ? [refusal.until] : [],
  );
  if (locks.length > 0) return { outcome: 'locked', until: Math.max(...locks) };
  return { outcome: named.includes('timed-out') ? 'timed-out' : 'nobody' };
}

function isRecent({ endedAt }: RegistrationRow, now: number): boolean {
  return endedAt !== null && endedAt >= now - SPOKEN_OF_MS;
}

/** What is to be said of the newest of which there is anything to say. @param ended newest first */
function endOf(ended: readonly RegistrationRow[], now: number): Outcome {
  for (const row of ended) {
    const { status, lockedUntil } = row;
    if (lockedUntil !== null && lockedUntil > now) return { outcome: 'locked', until: lockedUntil };
    if (!isRecent(row, now)) continue;
    if (status === 'timed-out') return { outcome: 'timed-out' };
    if (status === 'verified') return { outcome: 'done' };
  }
  return { outcome: 'nobody' };
}
