import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createCaseRepository,
  UnknownGuild,
  type Acceptance,
  type CaseRepository,
} from '../../src/db/cases';
import { connect, DatabaseUnavailable } from '../../src/db/connection';
import { newCase, type CaseState } from '../../src/domain/cases/case';
import { GUILD, NO_LIMITS, opening, OPENER, OTHER_GUILD, POLICY } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const NOW = Date.UTC(2026, 0, 10, 12, 0, 0, 123);
const MINUTE = 60_000;

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' }, { poolMax: 20 });

let cases: CaseRepository;
beforeAll(() => {
  cases = createCaseRepository(records.knex);
});

const numbersOf = (outcomes: readonly Acceptance[]): number[] =>
  outcomes.flatMap((outcome) => (outcome.accepted ? [outcome.number] : [])).sort((a, b) => a - b);

async function breakConnections(applicationName: string): Promise<void> {
  await records.knex.raw(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?',
    [applicationName],
  );
}

/** Brings a case that was just accepted to a status, as the workflow's record would. */
async function bringTo(caseId: string, status: CaseState['status'], at = NOW): Promise<void> {
  const state: CaseState = {
    ...newCase(OPENER, at),
    policy: POLICY,
    status,
    seq: 2,
    ...(status === 'claimed' && { assigneeId: '200000000000000001' }),
    ...((status === 'closed' || status === 'ended') && { closedAt: at }),
  };
  await cases.record({ caseId, events: [], state, notes: new Map() });
}

describe('accepting an opening', () => {
  it('records the case, its answers and the first event', async () => {
    const answers = [
      { fieldId: 'what', label: 'What happened?', value: `Robert'); drop table cases; -- ? :id` },
      { fieldId: 'where', label: 'Where?', value: '' },
    ];
    const outcome = await cases.accept(opening('ticket-1', { answers, now: NOW }));
    expect(outcome).toEqual({ accepted: true, number: 1, acceptedAt: NOW, policy: POLICY });

    expect(await cases.get('ticket-1')).toEqual({
      caseId: 'ticket-1',
      guildId: GUILD,
      number: 1,
      kind: 'ticket',
      categoryId: 'help',
      categoryTitle: 'Help',
      status: 'opening',
      teamId: 'helpers',
      openerId: OPENER,
      openerName: 'Alex',
      assigneeId: null,
      channelId: null,
      messageId: null,
      generation: 1,
      raisedAt: null,
      raisedBy: null,
      raisedToTeam: null,
      firstAnsweredAt: null,
      firstAnsweredBy: null,
      resolvedAt: null,
      resolvedBy: null,
      resolution: null,
      closedAt: null,
      closedBy: null,
      closeCause: null,
      closeReason: null,
      openedAt: NOW,
      lastActivityAt: NOW,
      lastMessageId: null,
      lastSeq: 1,
      policy: POLICY,
    });
    expect(await cases.answers('ticket-1')).toEqual(answers);
    expect(await cases.events('ticket-1')).toEqual([
      {
        seq: 1,
        type: 'accepted',
        at: NOW,
        actorId: OPENER,
        data: { number: 1, policy: POLICY },
        note: null,
      },
    ]);
  });

  it('gives the same case the first acceptance again, whatever has changed since', async () => {
    const first = await cases.accept(opening('ticket-1', { now: NOW }));
    await bringTo('ticket-1', 'failed');
    const again = await cases.accept(
      opening('ticket-1', {
        now: NOW + MINUTE,
        policy: { ...POLICY, reopenWindowMs: 0 },
        limits: { guild: { ...NO_LIMITS, cooldownMs: 10 * MINUTE }, category: null },
      }),
    );
    expect(again).toEqual(first);
    expect(await cases.events('ticket-1')).toHaveLength(1);
  });

  it('accepts a case once when it is asked for many times at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        cases.accept(opening('ticket-1', { now: NOW + index })),
      ),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await cases.accept(opening('ticket-2'))).toMatchObject({ number: 2 });
  });

  it('counts each guild by itself', async () => {
    await cases.accept(opening('ticket-1'));
    const other = await cases.accept(opening('ticket-2', { guildId: OTHER_GUILD }));
    expect(other).toMatchObject({ accepted: true, number: 1 });
  });

  it('tells the newest number of each guild', async () => {
    await cases.accept(opening('ticket-1'));
    await cases.accept(opening('ticket-2'));
    expect(await cases.lastNumber(GUILD)).toBe(2);
    expect(await cases.lastNumber(OTHER_GUILD)).toBe(0);
    expect(await cases.lastNumber('1')).toBe(0);
  });

  it('says so when the guild is not set up', async () => {
    const unknown = cases.accept(opening('ticket-1', { guildId: '1' }));
    await expect(unknown).rejects.toThrow(UnknownGuild);
  });

  it('leaves no gap in the numbers when 200 race and some fail in between', async () => {
    // An answer to the same field twice is refused by Postgres, after the number was taken.
    const twice = { fieldId: 'what', label: 'What?', value: 'x' };
    const limited = { guild: { ...NO_LIMITS, mostOpen: 1 }, category: null };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) => {
        const fails = index % 5 === 3;
        const refused = index % 7 === 6;
        return cases.accept(
          opening(`ticket-${index}`, {
            openerId: refused ? '42' : `1000${index}`,
            ...(refused && { limits: limited }),
            ...(fails && { answers: [twice, twice] }),
          }),
        );
      }),
    );
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    const numbers = numbersOf(
      outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    );
    expect(failed.length).toBeGreaterThan(30);
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.length).toBeLessThan(200 - failed.length);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => index + 1));
    const stored = await records.knex('cases').orderBy('number').pluck<number[]>('number');
    expect(stored).toEqual(numbers);
  });

  it('leaves no gap when connections break in between', async () => {
    const breaking = connect(records.url, { applicationName: 'breaking', poolMax: 8 });
    const repository = createCaseRepository(breaking);
    try {
      const openings = Array.from({ length: 80 }, (_, index) =>
        opening(`ticket-${index}`, { openerId: `1000${index}` }),
      );
      let settled = 0;
      const outcomes = await Promise.all(
        openings.map(async (wanted) => {
          try {
            return await repository.accept(wanted);
          } catch (error) {
            return error;
          } finally {
            settled += 1;
            // The others are under way by now: some have their number and are not committed.
            if (settled % 20 === 10) await breakConnections('breaking');
          }
        }),
      );
      const broken = outcomes.filter((outcome) => outcome instanceof Error);
      expect(broken.length).toBeGreaterThan(0);
      expect(broken.filter((error) => !(error instanceof DatabaseUnavailable))).toEqual([]);

      // Whoever was hit tries again, as an activity does, on the same pool.
      const again = await Promise.all(openings.map((wanted) => repository.accept(wanted)));
      expect(numbersOf(again)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    } finally {
      await breaking.destroy();
    }
  });
});

describe('limits for openers in the database', () => {
  const limits = (guild: Partial<typeof NO_LIMITS>, category?: Partial<typeof NO_LIMITS>) => ({
    guild: { ...NO_LIMITS, ...guild },
    category: category ? { ...NO_LIMITS, ...category } : null,
  });

  it('accept one of 50 openings at once when one may be open', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        cases.accept(opening(`ticket-${index}`, { limits: limits({ mostOpen: 1 }) })),
      ),
    );
    expect(numbersOf(outcomes)).toEqual([1]);
    expect(outcomes.filter(({ accepted }) => !accepted)).toEqual(
      Array.from({ length: 49 }, () => ({
        accepted: false,
        refusal: { limit: 'most-open', most: 1 },
      })),
    );
  });

  it.each([
    ['opening', true],
    ['open', true],
    ['claimed', true],
    ['resolved', true],
    ['closing', true],
    ['reopening', true],
    ['failed', false],
    ['closed', false],
    ['ended', false],
  ] as const)('count a case that is %s as open: %s', async (status, counts) => {
    await cases.accept(opening('ticket-1', { now: NOW }));
    await bringTo('ticket-1', status);
    const next = await cases.accept(
      opening('ticket-2', { now: NOW, limits: limits({ mostOpen: 1 }) }),
    );
    expect(next.accepted).toBe(!counts);
  });

  it('say to the millisecond when the cool-down is over', async () => {
    const cooldown = limits({ cooldownMs: 5 * MINUTE });
    await cases.accept(opening('ticket-1', { now: NOW }));
    const refused = await cases.accept(
      opening('ticket-2', { now: NOW + 5 * MINUTE - 1, limits: cooldown }),
    );
    expect(refused).toEqual({
      accepted: false,
      refusal: { limit: 'cooldown', retryAt: NOW + 5 * MINUTE },
    });
    const later = await cases.accept(
      opening('ticket-2', { now: NOW + 5 * MINUTE, limits: cooldown }),
    );
    expect(later).toMatchObject({ accepted: true, number: 2 });
  });

  it('remember an opening for as long as the cool-down lasts', async () => {
    await cases.accept(opening('ticket-1', { now: NOW - 2 * 86_400_000 }));
    const refused = await cases.accept(
      opening('ticket-2', { now: NOW, limits: limits({ cooldownMs: 3 * 86_400_000 }) }),
    );
    expect(refused).toEqual({
      accepted: false,
      refusal: { limit: 'cooldown', retryAt: NOW + 86_400_000 },
    });
  });

  it('count the openings of a day, closed ones too', async () => {
    for (const [index, hours] of [30, 20, 10].entries()) {
      await cases.accept(opening(`ticket-${index}`, { now: NOW - hours * 60 * MINUTE }));
      await bringTo(`ticket-${index}`, 'ended');
    }
    const refused = await cases.accept(
      opening('ticket-9', { now: NOW, limits: limits({ mostPerDay: 2 }) }),
    );
    expect(refused).toEqual({
      accepted: false,
      refusal: { limit: 'per-day', most: 2, retryAt: NOW + 4 * 60 * MINUTE },
    });
  });

  it('hold for one person, guild and, where they are the category’s, category', async () => {
    const one = limits({}, { mostOpen: 1 });
    await cases.accept(opening('ticket-1', { limits: one }));
    const tries = {
      sameCategory: opening('ticket-2', { limits: one }),
      otherCategory: opening('ticket-3', { limits: one, categoryId: 'appeal' }),
      otherPerson: opening('ticket-4', { limits: one, openerId: '42' }),
      otherGuild: opening('ticket-5', { limits: one, guildId: OTHER_GUILD }),
    };
    const outcomes: Record<string, boolean> = {};
    for (const [name, wanted] of Object.entries(tries)) {
      outcomes[name] = (await cases.accept(wanted)).accepted;
    }
    expect(outcomes).toEqual({
      sameCategory: false,
      otherCategory: true,
      otherPerson: true,
      otherGuild: true,
    });
  });

  it('of the guild count all categories', async () => {
    await cases.accept(opening('ticket-1', { categoryId: 'appeal' }));
    const refused = await cases.accept(
      opening('ticket-2', { limits: limits({ mostOpen: 1 }, { mostOpen: 5 }) }),
    );
    expect(refused).toEqual({ accepted: false, refusal: { limit: 'most-open', most: 1 } });
  });

  it('name the later instant when guild and category both refuse', async () => {
    await cases.accept(opening('ticket-1', { now: NOW }));
    const refused = await cases.accept(
      opening('ticket-2', {
        now: NOW + 1,
        limits: limits({ cooldownMs: MINUTE }, { cooldownMs: 9 * MINUTE }),
      }),
    );
    expect(refused).toEqual({
      accepted: false,
      refusal: { limit: 'cooldown', retryAt: NOW + 9 * MINUTE },
    });
  });

  it('take no number for a refusal', async () => {
    await cases.accept(opening('ticket-1'));
    await cases.accept(opening('ticket-2', { limits: limits({ mostOpen: 1 }) }));
    expect(await cases.accept(opening('ticket-3'))).toMatchObject({ number: 2 });
  });
});
