import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyLife,
  hashOf,
  live,
  NAME,
  type Moment,
} from '../../../test/contracts/registration-life';
import { nextRegistrationDeadline } from './deadline';
import { decideRegistration, isOver } from './decide';
import { nameKey } from './name';
import type { RegistrationEvent, RegistrationStatus } from './registration';

const LIVES = 600;

type Check = (moment: Moment, earlier: readonly Moment[]) => void;

/** Checks a property of the moments of many lives that fulfil a condition, and that there were any. */
function whenever(condition: (moment: Moment) => boolean, check: Check): void {
  let checked = 0;
  const property = fc.property(anyLife, (life) => {
    const moments = live(life);
    moments.forEach((moment, index) => {
      if (!condition(moment)) return;
      checked += 1;
      check(moment, moments.slice(0, index));
    });
  });
  fc.assert(property, { numRuns: LIVES });
  expect(checked).toBeGreaterThan(0);
}

const always = (check: Check): void => {
  whenever(() => true, check);
};

const happened = (type: RegistrationEvent['type']) => (moment: Moment) =>
  moment.events.some((event) => event.type === type);

const guessOf = ({ step }: Moment) =>
  step.by === 'command' && step.command.type === 'guess' ? step.command.guess : null;

const codesSentIn = (moments: readonly Moment[]): number =>
  moments.filter((moment) => happened('code-sent')(moment) || happened('code-unseen')(moment))
    .length;

const isByThePlayer = (moment: Moment): boolean => {
  const guessed = guessOf(moment)?.player;
  return guessed?.edition === 'java' && nameKey('java', guessed.name) === nameKey('java', NAME);
};

/** What may follow directly on what. */
const SUCCESSORS: Record<RegistrationStatus, readonly RegistrationStatus[]> = {
  starting: ['waiting', 'refused'],
  waiting: ['starting', 'linking', 'timed-out', 'cancelled', 'locked'],
  linking: ['verified', 'rejected'],
  verified: [],
  rejected: [],
  'timed-out': [],
  cancelled: [],
  locked: [],
  refused: [],
};

describe('in every life of a registration', () => {
  it('only the newest code verifies it, typed by the player of that name', () => {
    whenever(happened('proven'), (moment, earlier) => {
      const guess = guessOf(moment);
      // The newest one is the last that was kept, whether somebody saw it or not.
      expect(guess?.codeHash).toBe(hashOf(codesSentIn(earlier)));
      expect(guess?.player.edition).toBe('java');
      expect(nameKey('java', guess?.player.name ?? '')).toBe(nameKey('java', NAME));
    });
    whenever(
      ({ after }) => after.status === 'verified',
      (moment, earlier) => {
        expect([...earlier, moment].filter(happened('proven'))).toHaveLength(1);
      },
    );
  });

  it('no code is worth anything while a new one is being sent, nor one that nobody saw', () => {
    whenever(
      (moment) => happened('code-asked')(moment) || happened('code-unseen')(moment),
      ({ after }) => {
        expect(after.codeHash).toBeNull();
      },
    );
  });

  it('each wrong code of the player counts once, and nothing else does', () => {
    whenever(
      ({ before, after }) => before.policy !== null && before.wrong !== after.wrong,
      (moment) => {
        expect(moment.after.wrong).toBe(moment.before.wrong + 1);
        expect(moment.events.filter(({ type }) => type === 'wrong-code')).toHaveLength(1);
        expect(guessOf(moment)?.codeHash).not.toBe(moment.before.codeHash);
      },
    );
    whenever(happened('wrong-code'), ({ before, after }) => {
      expect(after.wrong).toBe(before.wrong + 1);
    });
  });

  it('a new code does not begin the count anew', () => {
    whenever(
      (moment) => happened('code-sent')(moment) && moment.before.policy !== null,
      ({ before, after }) => {
        expect(after.wrong).toBe(before.wrong);
      },
    );
  });

  it('so many wrong codes lock it, and no more are taken', () => {
    always(({ after }) => {
      const most = after.policy?.mostAttempts ?? 0;
      expect(after.wrong).toBeLessThanOrEqual(most);
      expect(after.status === 'locked').toBe(after.policy !== null && after.wrong === most);
    });
  });

  it('who may begin has at least one attempt', () => {
    whenever(happened('started'), ({ after }) => {
      expect(after.wrong).toBeLessThan(after.policy?.mostAttempts ?? 0);
    });
  });

  it('a lock lasts as long as it should', () => {
    whenever(happened('locked'), ({ after, at }) => {
      expect(after.lockedUntil).toBe(at + (after.policy?.lockMs ?? 0));
    });
  });

  it('nothing leads out of its end, least of all out of a lock', () => {
    whenever(
      ({ before }) => isOver(before),
      ({ before, after, events }) => {
        expect(events).toEqual([]);
        expect(after).toBe(before);
        expect(nextRegistrationDeadline(before)).toBeUndefined();
      },
    );
  });

  it('a locked one says so, and until when, to every guess of the player', () => {
    whenever(
      (moment) => moment.before.status === 'locked' && isByThePlayer(moment),
      ({ before, refusal }) => {
        expect(refusal).toEqual({ refused: 'locked', until: before.lockedUntil });
      },
    );
  });

  it('other players change nothing and learn nothing', () => {
    whenever(
      (moment) => guessOf(moment) !== null && !isByThePlayer(moment),
      ({ before, after, refusal }) => {
        expect(after).toBe(before);
        expect(refusal).toEqual({ refused: 'other-player' });
      },
    );
  });

  it('what is typed too late is worth nothing, even before the timeout was noticed', () => {
    whenever(
      ({ before, at }) => at >= (nextRegistrationDeadline(before)?.at ?? Infinity),
      (moment) => {
        expect(['waiting', 'timed-out']).toContain(moment.after.status);
        expect(moment.after.wrong).toBe(moment.before.wrong);
      },
    );
  });

  it('no more codes are given out than there may be', () => {
    always(({ after }) => {
      expect(after.codes).toBeLessThanOrEqual(after.policy?.mostCodes ?? 0);
    });
  });

  it('statuses follow one another only as they should', () => {
    whenever(
      ({ before, after }) => before.status !== after.status,
      ({ before, after }) => {
        expect(SUCCESSORS[before.status]).toContain(after.status);
      },
    );
  });

  it('every change of status is reached by chance', () => {
    const reached = new Set<string>();
    for (const life of fc.sample(anyLife, 2_000)) {
      for (const { before, after } of live(life)) reached.add(`${before.status} → ${after.status}`);
    }
    const possible = Object.entries(SUCCESSORS).flatMap(([status, successors]) =>
      successors.map((successor) => `${status} → ${successor}`),
    );
    expect(possible.filter((change) => !reached.has(change))).toEqual([]);
  });

  it('something is awaited, be it an effect or a deadline, until it is over', () => {
    always(({ after }) => {
      const waits = after.status === 'starting' || after.status === 'linking';
      expect([waits, nextRegistrationDeadline(after) !== undefined, isOver(after)]).toContain(true);
    });
  });

  it('a refusal changes nothing, and every event is counted once', () => {
    always(({ before, after, events, refusal }) => {
      expect(after.seq).toBe(before.seq + events.length);
      expect(refusal !== null && after !== before).toBe(false);
    });
  });

  it('the player who was verified hears the same again, and nobody else does', () => {
    whenever(
      (moment) => moment.before.status === 'verified' && guessOf(moment) !== null,
      (moment) => {
        const { before, refusal } = moment;
        const guess = guessOf(moment);
        const same =
          isByThePlayer(moment) &&
          guess?.codeHash === before.codeHash &&
          guess.player.uuid === before.proof?.player.uuid;
        expect(refusal === null).toBe(same);
        expect(decideRegistration(before, { type: 'new-code' }, moment.at)).toEqual({
          refused: 'over',
        });
      },
    );
  });

  it('the state survives being written down, as a workflow’s new run needs it', () => {
    always(({ after }) => {
      expect(JSON.parse(JSON.stringify(after))).toEqual(after);
    });
  });
});
