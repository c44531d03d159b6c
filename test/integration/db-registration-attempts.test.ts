import { describe, expect, it } from '@jest/globals';
import { UnknownGuild } from '../../src/db/case-errors';
import {
  createRegistrationReader,
  createRegistrationRecorder,
  type RegistrationReader,
} from '../../src/db/registration';
import { GUILD, OPENER, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import {
  attempt,
  code,
  happened,
  idOf,
  linkOf,
  OTHER_USER,
  player,
  STARTED,
  type Attempt,
} from '../contracts/registration-fixtures';
import { HOUR, MINUTE, SECOND, START } from '../contracts/watch-fixtures';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const recorder = () => createRegistrationRecorder(records.knex);
const reader = () => createRegistrationReader(records.knex);

const sent = (codeHash: string) => ({ type: 'code-sent', codeHash }) as const;
const wrong = (attemptsLeft: number) =>
  ({ type: 'wrong-code', serverId: 'survival', attemptsLeft }) as const;
const locked = (until: number) => ({ type: 'locked', until }) as const;

const pendingNames = async (name: string, guildId = GUILD) =>
  (await reader().pendingByName(guildId, 'java', name)).map(({ codeHash }) => codeHash);

const versions = (
  of: Parameters<RegistrationReader['pendingVersions']>[0] = [{ guildId: GUILD, edition: 'java' }],
) => reader().pendingVersions(of);

describe('a code', () => {
  it('is pending from when it was stored, under its name in any case', async () => {
    expect(await recorder().storeCode(code(attempt(), 'first'))).toBe('stored');
    expect(await reader().pendingByName(GUILD, 'java', 'sTEVE')).toEqual([
      {
        registrationId: idOf(attempt()),
        guildId: GUILD,
        userId: OPENER,
        edition: 'java',
        name: 'Steve',
        codeHash: 'first',
        endsAt: START + 10 * MINUTE,
      },
    ]);
    expect(await pendingNames('Steven')).toEqual([]);
    expect(await pendingNames('Steve', OTHER_GUILD)).toEqual([]);
    expect(await reader().pendingByName(GUILD, 'bedrock', 'Steve')).toEqual([]);
  });

  it('is pending beside that of another user for the same name', async () => {
    await recorder().storeCode(code(attempt({ startedAt: START + 1 }), 'mine'));
    await recorder().storeCode(code(attempt({ userId: OTHER_USER }), 'theirs'));
    expect(await pendingNames('Steve')).toEqual(['theirs', 'mine']);
  });

  it('gives way to the next one, and not to an older try that was late', async () => {
    const store = (hash: string, number: number, tried: number) =>
      recorder().storeCode(code(attempt(), hash, { number, tried }));
    expect(await store('lost answer', 1, 2)).toBe('stored');
    expect(await store('late', 1, 1)).toBe('outdated');
    expect(await store('the same try', 1, 2)).toBe('stored');
    expect(await store('next', 2, 1)).toBe('stored');
    expect(await store('very late', 1, 3)).toBe('outdated');
    expect(await pendingNames('Steve')).toEqual(['next']);
  });

  it('is not turned back by a state that knows only the code before', async () => {
    await recorder().storeCode(code(attempt(), 'first'));
    await recorder().storeCode(code(attempt(), 'second', { number: 2, endsAt: START + HOUR }));
    const known = happened(attempt(), [STARTED, sent('first'), wrong(4)]);
    expect(await recorder().recordRegistration(known)).toBe('recorded');
    expect(await reader().pendingByName(GUILD, 'java', 'Steve')).toMatchObject([
      { codeHash: 'second', endsAt: START + HOUR },
    ]);
    expect(await reader().registration(idOf(attempt()))).toMatchObject({ codes: 2, wrong: 1 });
  });

  it('is not stored when its attempt is over, nor when a later one has begun', async () => {
    await recorder().recordRegistration(
      happened(attempt(), [STARTED, sent('a'), { type: 'cancelled' }]),
    );
    expect(await recorder().storeCode(code(attempt(), 'late', { number: 2 }))).toBe('over');
    const later = attempt({ startedAt: START + HOUR });
    expect(await recorder().storeCode(code(later, 'new'))).toBe('stored');
    expect(await recorder().storeCode(code(attempt(), 'late', { number: 3 }))).toBe('outdated');
    expect(await pendingNames('Steve')).toEqual(['new']);
  });

  it('is refused for a guild that is not set up', async () => {
    const nowhere = attempt({ guildId: '900000000000000009' });
    await expect(recorder().storeCode(code(nowhere, 'a'))).rejects.toThrow(UnknownGuild);
    await expect(recorder().recordRegistration(happened(nowhere, [STARTED]))).rejects.toThrow(
      UnknownGuild,
    );
  });
});

describe('an attempt', () => {
  const story = [STARTED, sent('secret-hash'), wrong(4), { type: 'timed-out' }] as const;

  it('is recorded with its history, in which there is neither a code nor a hash', async () => {
    const told = happened(attempt(), story);
    expect(await recorder().recordRegistration(told)).toBe('recorded');
    expect(await recorder().recordRegistration(told)).toBe('recorded');
    expect(await reader().registration(idOf(attempt()))).toMatchObject({
      status: 'timed-out',
      codes: 1,
      wrong: 1,
      startedAt: START,
      endedAt: START + 4 * SECOND,
      lockedUntil: null,
    });
    const events = await reader().registrationEvents(idOf(attempt()));
    expect(events.map(({ seq, type, actorId }) => [seq, type, actorId])).toEqual([
      [1, 'started', OPENER],
      [2, 'code-sent', null],
      [3, 'wrong-code', null],
      [4, 'timed-out', null],
    ]);
    expect(events[2]?.data).toEqual({ serverId: 'survival', attemptsLeft: 4 });
    expect(JSON.stringify(events)).not.toContain('secret-hash');
    expect(JSON.stringify(await records.knex('registrations'))).not.toContain('secret-hash');
  });

  it('is not turned back by what comes late', async () => {
    await recorder().recordRegistration(happened(attempt(), story));
    expect(await recorder().recordRegistration(happened(attempt(), story.slice(0, 2)))).toBe(
      'outdated',
    );
    expect(await pendingNames('Steve')).toEqual([]);
    expect(await reader().registration(idOf(attempt()))).toMatchObject({ status: 'timed-out' });
  });

  it('begins anew under the same id, with the history of the one before', async () => {
    await recorder().recordRegistration(happened(attempt(), story));
    const again = attempt({ startedAt: START + HOUR, name: 'STEVE' });
    await recorder().storeCode(code(again, 'new'));
    await recorder().recordRegistration(happened(again, [STARTED, sent('new')]));
    expect(await reader().registration(idOf(again))).toMatchObject({
      ...{ name: 'STEVE', status: 'waiting', wrong: 0, codes: 1, startedAt: START + HOUR },
      endedAt: null,
    });
    // A try of the first attempt's end that was thought to be lost.
    expect(await recorder().recordRegistration(happened(attempt(), story))).toBe('outdated');
    expect(await pendingNames('Steve')).toEqual(['new']);
    const events = await reader().registrationEvents(idOf(again));
    expect(events.map(({ startedAt, seq }) => [startedAt - START, seq])).toEqual([
      ...[1, 2, 3, 4].map((seq) => [0, seq]),
      ...[1, 2].map((seq) => [HOUR, seq]),
    ]);
  });

  it('keeps a name locked, whatever is begun meanwhile', async () => {
    const until = START + HOUR;
    await recorder().recordRegistration(
      happened(attempt(), [STARTED, sent('a'), wrong(0), locked(until)]),
    );
    const asked = {
      ...attempt({ startedAt: START + MINUTE }),
      ...{ registrationId: idOf(attempt()), wrongSince: START - HOUR, now: START + MINUTE },
    };
    expect(await reader().standing(asked)).toMatchObject({ lockedUntil: until });
    const refusal = { refused: 'locked', until } as const;
    const refused = attempt({ startedAt: START + MINUTE });
    await recorder().recordRegistration(happened(refused, [{ type: 'refused', refusal }]));
    expect(await reader().standing(asked)).toMatchObject({ lockedUntil: until, wrong: 1 });
    expect(await reader().standing({ ...asked, now: until })).toMatchObject({ lockedUntil: null });
    const other = attempt({ name: 'Alex' });
    expect(await reader().standing({ ...asked, ...other, registrationId: idOf(other) })).toEqual({
      ...{ accounts: 0, alreadyYours: false, lockedUntil: null, wrong: 0 },
    });
  });

  it('counts the wrong codes of the attempts before, since the last that was verified', async () => {
    const begun = (hours: number) => attempt({ startedAt: START + hours * HOUR });
    const stories = [
      [begun(0), [STARTED, wrong(4), wrong(3), { type: 'verified' }]],
      [begun(1), [STARTED, wrong(4), { type: 'cancelled' }]],
      [begun(2), [STARTED, wrong(4), wrong(3), { type: 'cancelled' }]],
      [begun(3), [STARTED, wrong(1)]],
    ] as const;
    for (const [of, events] of stories) {
      await recorder().recordRegistration(happened(of, events));
    }
    const counted = async (of: Attempt, wrongSince: number) =>
      (
        await reader().standing({
          ...of,
          ...{ registrationId: idOf(of), wrongSince, now: of.startedAt },
        })
      ).wrong;
    expect(await counted(begun(3), START)).toBe(3);
    expect(await counted(begun(3), START + 2 * HOUR)).toBe(2);
    expect(await counted(begun(1), START)).toBe(0);
  });

  it('may be refused for a name that is far too long, or no text at all', async () => {
    const odd = attempt({ name: `${'\u{1F980}'.repeat(3_000)}\0\uD800` });
    const refusal = { refused: 'invalid-name' } as const;
    const told = happened(odd, [{ type: 'refused', refusal }]);
    await recorder().recordRegistration({ ...told, registrationId: 'registration-odd' });
    const { rows } = await reader().registrations({ guildId: GUILD, limit: 5 });
    expect(rows).toMatchObject([{ status: 'refused', name: '\u{1F980}'.repeat(50) }]);
  });

  it('has a history that is only added to', async () => {
    await recorder().recordRegistration(happened(attempt(), story));
    const history = records.knex('registration_events');
    await expect(history.clone().update('type', 'verified')).rejects.toThrow('only added to');
    await expect(history.clone().delete()).rejects.toThrow('registration_events');
    await expect(records.knex.raw('truncate registration_events')).rejects.toThrow('only added');
  });
});

describe('knowing who stands where', () => {
  it('tells of the accounts that the user has', async () => {
    await recorder().link(linkOf('1', { player: player('Alex', 1) }));
    await recorder().link(linkOf('2', { player: player('Zuri', 2) }));
    const asked = {
      ...{ registrationId: 'none', wrongSince: START, now: START },
      ...attempt({ name: 'ALEX' }),
    };
    expect(await reader().standing(asked)).toMatchObject({ accounts: 2, alreadyYours: true });
    expect(await reader().standing({ ...asked, userId: OTHER_USER })).toMatchObject({
      ...{ accounts: 0, alreadyYours: false },
    });
    expect(await reader().standing({ ...asked, edition: 'bedrock' })).toMatchObject({
      ...{ accounts: 2, alreadyYours: false },
    });
  });
});

describe('what is pending in a guild', () => {
  it('is listed by name, a page at a time', async () => {
    const names = ['zuri', 'Alex', 'steve', 'STEVE_2'];
    for (const name of names) await recorder().storeCode(code(attempt({ name }), `of ${name}`));
    await recorder().storeCode(code(attempt({ name: 'alex', userId: OTHER_USER }), 'again'));
    await recorder().storeCode(code(attempt({ guildId: OTHER_GUILD }), 'elsewhere'));
    const scope = { guildId: GUILD, edition: 'java' as const, limit: 2 };
    const seen: string[] = [];
    let page = await reader().pending(scope);
    for (;;) {
      seen.push(...page.registrations.map(({ name }) => name));
      const after = page.registrations.at(-1);
      if (!page.more || after === undefined) break;
      page = await reader().pending({ ...scope, after });
    }
    expect(seen).toEqual(['Alex', 'alex', 'steve', 'STEVE_2', 'zuri']);
    expect(await versions([scope, { guildId: OTHER_GUILD, edition: 'java' }])).toEqual([5, 1]);
    expect(page.version).toBe(5);
  });

  it('has a number that changes with it, and with nothing else', async () => {
    expect(await versions()).toEqual([0]);
    expect(await versions([])).toEqual([]);
    const told = (events: Parameters<typeof happened>[1]) =>
      recorder().recordRegistration(happened(attempt(), events));
    await recorder().storeCode(code(attempt(), 'a', { endsAt: START + 2 * SECOND + 10 * MINUTE }));
    expect(await versions()).toEqual([1]);
    await told([STARTED, sent('a')]);
    await told([STARTED, sent('a'), wrong(4)]);
    expect(await versions()).toEqual([1]);
    await recorder().storeCode(code(attempt(), 'b', { number: 2 }));
    expect(await versions()).toEqual([2]);
    await told([STARTED, sent('a'), wrong(4), { type: 'cancelled' }]);
    expect(await versions()).toEqual([3]);
    await told([STARTED, sent('a'), wrong(4), { type: 'cancelled' }]);
    expect(await versions()).toEqual([3]);
    const bedrock = { guildId: GUILD, edition: 'bedrock' } as const;
    expect(await versions([bedrock, { guildId: GUILD, edition: 'java' }])).toEqual([0, 3]);
  });

  it('leaves what ended for whoever types too late', async () => {
    await recorder().recordRegistration(
      happened(attempt(), [STARTED, sent('a'), { type: 'timed-out' }]),
    );
    const ended = (since: number) => reader().endedByName(GUILD, 'java', 'steve', since);
    expect(await ended(START)).toMatchObject([{ status: 'timed-out', userId: OPENER }]);
    expect(await ended(START + MINUTE)).toEqual([]);
  });
});

describe('lists of attempts', () => {
  it('begin with the newest, and are those of a user or those that go on', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `name_${letter}`);
    for (const name of names) await recorder().storeCode(code(attempt({ name }), name));
    const over = [STARTED, { type: 'cancelled' }] as const;
    await recorder().recordRegistration(happened(attempt({ name: 'name_b' }), over));
    await recorder().storeCode(code(attempt({ name: 'theirs', userId: OTHER_USER }), 'x'));
    await recorder().storeCode(code(attempt({ name: 'name_b', startedAt: START + HOUR }), 'again'));
    await recorder().recordRegistration(happened(attempt({ name: 'name_a' }), over));
    const all = async (more: { readonly userId?: string; readonly open?: boolean }) => {
      const seen: string[] = [];
      let before: number | null = null;
      do {
        const asked = { guildId: GUILD, limit: 2, ...more };
        const page = await reader().registrations(before === null ? asked : { ...asked, before });
        seen.push(...page.rows.map(({ name }) => name));
        before = page.next;
      } while (before !== null);
      return seen;
    };
    const mine = ['name_b', 'name_e', 'name_d', 'name_c'];
    expect(await all({})).toEqual(['name_b', 'theirs', ...mine.slice(1), 'name_a']);
    expect(await all({ userId: OPENER })).toEqual([...mine, 'name_a']);
    expect(await all({ userId: OPENER, open: true })).toEqual(mine);
    expect(await all({ userId: '5' })).toEqual([]);
  });
});
