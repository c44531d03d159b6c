import type { Link, NewCode, Proven, RecordedRegistration } from '../../src/db/registration';
import type { Player } from '../../src/domain/registration/account';
import { evolveRegistration, newRegistration } from '../../src/domain/registration/evolve';
import type {
  RegistrationEvent,
  RegistrationPolicy,
  RegistrationState,
} from '../../src/domain/registration/registration';
import { GUILD, OPENER, STAFF } from './case-fixtures';
import { HOUR, MINUTE, SECOND, START } from './watch-fixtures';

export const OTHER_USER = '100000000000000002';

export const REGISTRATION_POLICY: RegistrationPolicy = {
  code: 'letters',
  timeoutMs: 10 * MINUTE,
  mostAttempts: 5,
  lockMs: HOUR,
  mostCodes: 3,
};

/** Who wants which name; each test says what it minds. */
export interface Attempt {
  readonly guildId: string;
  readonly userId: string;
  readonly edition: 'java' | 'bedrock';
  readonly name: string;
  readonly startedAt: number;
}

export function attempt(more: Partial<Attempt> = {}): Attempt {
  return {
    guildId: GUILD,
    userId: OPENER,
    edition: 'java',
    name: 'Steve',
    startedAt: START,
    ...more,
  };
}

export function idOf({ guildId, userId, edition, name }: Attempt): string {
  return `registration-${guildId}-${userId}-${edition}-${name.toLowerCase()}`;
}

/** The first code of an attempt, but for what the test says. */
export function code(of: Attempt, codeHash: string, more: Partial<NewCode> = {}): NewCode {
  return {
    ...of,
    registrationId: idOf(of),
    number: 1,
    tried: 1,
    codeHash,
    endsAt: of.startedAt + REGISTRATION_POLICY.timeoutMs,
    ...more,
  };
}

export const STARTED: RegistrationEvent = {
  type: 'started',
  policy: REGISTRATION_POLICY,
  wrong: 0,
};

/** What these events lead to, one second after the other; all of them are told. */
export function happened(
  of: Attempt,
  events: readonly RegistrationEvent[],
  told: number = events.length,
): RecordedRegistration {
  let state: RegistrationState = newRegistration(of, of.startedAt);
  const recorded = events.map((event, index) => {
    const at = of.startedAt + (index + 1) * SECOND;
    state = evolveRegistration(state, event, at);
    return { seq: index + 1, at, event };
  });
  const { guildId } = of;
  return {
    registrationId: idOf(of),
    guildId,
    state,
    events: recorded.slice(recorded.length - told),
  };
}

/** A UUID that ends with this number. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function player(name: string, number: number): Player {
  return { edition: 'java', name, uuid: uuid(number) };
}

/** The right code was typed by this player. */
export function proof(of: Attempt, by: Player, more: Partial<Proven> = {}): Proven {
  const events: readonly RegistrationEvent[] = [
    STARTED,
    { type: 'code-sent', codeHash: `hash of ${idOf(of)}` },
    { type: 'proven', proof: { serverId: 'survival', player: by } },
  ];
  return {
    ...happened(of, events),
    ...{ player: by, mostAccounts: 3, serverIds: [], now: of.startedAt + MINUTE },
    ...more,
  };
}

/** A link by staff that nobody minds, but for what the test says. */
export function linkOf(operation: string, more: Partial<Link> = {}): Link {
  return {
    operation,
    guildId: GUILD,
    userId: OPENER,
    player: player('Steve', 1),
    actorId: STAFF,
    reason: null,
    mostAccounts: null,
    serverIds: [],
    now: START,
    ...more,
  };
}
