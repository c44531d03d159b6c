import type { WhitelistConfirmation, WhitelistInput } from '../../../workflows/whitelist/contract';
import {
  registrationWorkflowId,
  type GuessVerdict,
  type RegistrationSubject,
} from '../../../workflows/registration/contract';
import type {
  PendingPage,
  PendingQuery,
  PendingRegistration,
  RegistrationRow,
  WhitelistEntry,
  WhitelistPlace,
} from '../../db/registration';
import { DatabaseUnavailable } from '../../db/connection';
import type { Edition } from '../../domain/registration/account';
import { nameKey, sameName } from '../../domain/registration/name';
import type { Guess, RegistrationStatus } from '../../domain/registration/registration';
import type { HashCode } from '../../temporal/code-hash';
import type { GameApi } from '../routes/game/game';
import { WorkflowsUnreachable } from '../temporal/unreachable';
import type { GameWorkflows } from './workflows';

interface Attempt extends PendingRegistration {
  readonly verdicts: Map<string, GuessVerdict>;
  /** What a right code leads to. */
  readonly right: GuessVerdict;
  status: RegistrationStatus;
  wrong: number;
  lockedUntil: number | null;
}

interface SampleRegistration extends RegistrationSubject {
  readonly right: GuessVerdict;
  readonly forMs: number;
}

const MOST_ATTEMPTS = 5;
const LOCK_MS = 3_600_000;

/** Registrations and whitelists for tests, in memory: what the records and the workflows are together. */
export class SampleRegistrations implements GameWorkflows {
  /** What cannot be reached. */
  away: 'database' | 'temporal' | null = null;
  /** How often anything was read. */
  reads = 0;
  readonly guesses: { readonly registrationId: string; readonly guess: Guess }[] = [];
  readonly confirmed: [WhitelistInput, readonly WhitelistConfirmation[]][] = [];
  readonly whitelist: WhitelistEntry[] = [];
  readonly #attempts: Attempt[] = [];
  #version = 1;

  constructor(
    private readonly hashCode: HashCode,
    private readonly now: () => number,
  ) {}

  /** Somebody begins to register a name, and gets this code. @returns the registration's id */
  add(
    code: string,
    {
      guildId = '100',
      userId = '1',
      edition = 'java',
      name = 'Steve',
      right = { verified: true },
      forMs = 600_000,
    }: Partial<SampleRegistration> = {},
  ): string {
    const registrationId = registrationWorkflowId({ guildId, userId, edition, name });
    const codeHash = this.hashCode(registrationId, code);
    const endsAt = this.now() + forMs;
    this.#attempts.push({
      ...{ registrationId, guildId, userId, edition, name, codeHash, endsAt, right },
      ...{ verdicts: new Map(), status: 'waiting', wrong: 0, lockedUntil: null },
    });
    this.#version += 1;
    return registrationId;
  }

  end(registrationId: string, status: RegistrationStatus): void {
    for (const attempt of this.#attempts) {
      if (attempt.registrationId === registrationId) attempt.status = status;
    }
    this.#version += 1;
  }

  get reader(): GameApi['reader'] {
    const read = <Value>(value: () => Value): Promise<Value> => {
      this.reads += 1;
      if (this.away === 'database')
        return Promise.reject(new DatabaseUnavailable(new Error('10.0.0.7')));
      return Promise.resolve(value());
    };
    return {
      pendingByName: (guildId, edition, name) =>
        read(() => this.#named(guildId, edition, name, true)),
      endedByName: (guildId, edition, name) =>
        read(() => this.#named(guildId, edition, name, false).map(rowOf).reverse()),
      pending: (query) => read(() => this.#page(query)),
      pendingVersions: (of) => read(() => of.map(() => this.#version)),
      whitelistPending: ({ limit }: WhitelistPlace & { readonly limit: number }) =>
        read(() => this.whitelist.filter(({ settled }) => !settled).slice(0, limit)),
    };
  }

  guess(registrationId: string, guess: Guess, requestId: string): Promise<GuessVerdict> {
    if (this.away === 'temporal') return Promise.reject(new WorkflowsUnreachable());
    const attempt = this.#attempts.findLast((one) => one.registrationId === registrationId);
    if (attempt === undefined) return Promise.resolve(refused({ refused: 'over' }));
    const verdict = attempt.verdicts.get(requestId) ?? this.#decide(attempt, guess);
    attempt.verdicts.set(requestId, verdict);
    return Promise.resolve(verdict);
  }

  recall(registrationId: string, requestId: string): Promise<GuessVerdict | null> {
    if (this.away === 'temporal') return Promise.reject(new WorkflowsUnreachable());
    const attempt = this.#attempts.findLast((one) => one.registrationId === registrationId);
    return Promise.resolve(attempt?.verdicts.get(requestId) ?? null);
  }

  whitelistConfirmed(
    server: WhitelistInput,
    confirmed: readonly WhitelistConfirmation[],
  ): Promise<void> {
    if (this.away === 'temporal') return Promise.reject(new WorkflowsUnreachable());
    this.confirmed.push([server, confirmed]);
    return Promise.resolve();
  }

  #decide(attempt: Attempt, guess: Guess): GuessVerdict {
    this.guesses.push({ registrationId: attempt.registrationId, guess });
    if (attempt.status !== 'waiting') return refused({ refused: 'over' });
    if (attempt.endsAt <= this.now()) {
      this.end(attempt.registrationId, 'timed-out');
      return refused({ refused: 'timed-out' });
    }
    if (guess.codeHash === attempt.codeHash) {
      this.end(attempt.registrationId, attempt.right.verified ? 'verified' : 'rejected');
      return attempt.right;
    }
    attempt.wrong += 1;
    const attemptsLeft = MOST_ATTEMPTS - attempt.wrong;
    if (attemptsLeft > 0) return refused({ refused: 'wrong-code', attemptsLeft });
    attempt.lockedUntil = this.now() + LOCK_MS;
    this.end(attempt.registrationId, 'locked');
    return refused({ refused: 'locked', until: attempt.lockedUntil });
  }

  #named(guildId: string, edition: Edition, name: string, waiting: boolean): Attempt[] {
    return this.#attempts.filter(
      (attempt) =>
        attempt.guildId === guildId &&
        attempt.edition === edition &&
        sameName(edition, attempt.name, name) &&
        (attempt.status === 'waiting') === waiting,
    );
  }

  #page({ guildId, edition, after, limit }: PendingQuery): PendingPage {
    const place = ({ name, registrationId }: { name: string; registrationId: string }): string =>
      `${nameKey(edition, name)} ${registrationId}`;
    const rest = this.#attempts
      .filter(
        (one) => one.guildId === guildId && one.edition === edition && one.status === 'waiting',
      )
      .filter((one) => after === undefined || place(one) > place(after))
      .sort((one, other) => (place(one) < place(other) ? -1 : 1));
    const registrations = rest.slice(0, limit);
    return { version: this.#version, registrations, more: rest.length > limit };
  }
}

const refused = (refusal: Exclude<GuessVerdict, { verified: true }>['refusal']): GuessVerdict => ({
  verified: false,
  refusal,
});

function rowOf(attempt: Attempt, index: number): RegistrationRow {
  const { registrationId, guildId, userId, edition, name, status, wrong, endsAt, lockedUntil } =
    attempt;
  return {
    ...{ registrationId, guildId, userId, edition, name, status, wrong, endsAt, lockedUntil },
    ...{ number: index + 1, codes: 1, startedAt: 0, endedAt: endsAt },
  };
}
