import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import type { AccountHistoryEntry, RegistrationRow } from '../../db/registration';
import type { Account } from '../../domain/registration/account';
import { accountAnswer, accountNoticeMessage, type AskedChange } from './account-answer';
import { accountCard, ACCOUNT_HISTORY_PAGE, unlinkForm } from './account-card';
import { ACCOUNTS_PAGE, lookupAnswer, ownAccountsAnswer } from './account-list';
import { accountLogMessage, type AccountLogEntry } from './account-log';
import type { Answer } from './answer';
import { whitelistCheckAnswer, type WhitelistDifference } from './whitelist-check';

const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1_000;
const NASTY = '@everyone <@1> **b** [x](https://x.example) `c` \u202Eback\u202C || > # ~~ ';
const anyText = constantFrom('', 'Steve', NASTY, NASTY.repeat(40), '*'.repeat(2_000));

function account(more: Partial<Account> = {}): Account {
  return {
    key: 7,
    guildId: '1',
    userId: '100',
    edition: 'java',
    name: 'Steve_1',
    uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
    primary: true,
    linkedAt: NOW,
    linkedBy: null,
    ...more,
  };
}

const ALEX = account({ key: 8, name: 'Alex', edition: 'bedrock', primary: false, linkedBy: '5' });

const REGISTRATION: RegistrationRow = {
  registrationId: 'registration-1-100-java-herobrine',
  number: 3,
  guildId: '1',
  userId: '100',
  edition: 'java',
  name: 'Herobrine',
  status: 'waiting',
  codes: 1,
  wrong: 0,
  startedAt: NOW,
  endsAt: NOW,
  endedAt: null,
  lockedUntil: null,
};

const ids = (shown: Answer): string[] =>
  shown.components.flatMap(({ components }) =>
    components.map((component) => ('custom_id' in component ? component.custom_id : '')),
  );

describe('one’s own accounts', () => {
  const own = (more: Partial<Parameters<typeof ownAccountsAnswer>[0]> = {}) =>
    ownAccountsAnswer({
      accounts: [account(), ALEX],
      registrations: [REGISTRATION],
      page: 0,
      pages: 1,
      count: 2,
      most: 3,
      ...more,
    });

  it('are listed with the primary one, and with what waits for a code', () => {
    const shown = own();
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      `⭐ **Steve\\_1** (Java Edition) · registered <t:${SECONDS}:R>`,
      `**Alex** (Bedrock Edition) · linked by the team <t:${SECONDS}:R>`,
      `⏳ **Herobrine** (Java Edition) · waits for its code · until <t:${SECONDS}:R>`,
    ]);
    expect(shown.embeds[0]?.footer?.text).toBe(
      '2 accounts of at most 3 · ⭐ is your primary account',
    );
    expect(ids(shown)).toEqual(['1:primary']);
    expect(JSON.stringify(shown.components)).toContain('"value":"8"');
    expect(JSON.stringify(shown.components)).not.toContain('"value":"7"');
  });

  it('have pages that turn both ways', () => {
    const page = (at: number) => ids(own({ page: at, pages: 3, count: 25, registrations: [] }));
    expect(page(0)).toEqual(['1:primary', '1:accounts:3', '1:accounts:1']);
    expect(page(1)).toEqual(['1:primary', '1:accounts:0', '1:accounts:2']);
    expect(page(2)).toEqual(['1:primary', '1:accounts:1', '1:accounts:3']);
    expect(own({ page: 1, pages: 3, count: 25 }).embeds[0]?.footer?.text).toContain('page 2 of 3');
  });

  it('may be none', () => {
    const none = { accounts: [], registrations: [], count: 0 };
    expect(own(none).content).toContain('`/register` proves that one is yours');
    expect(own({ ...none, most: null }).content).toContain('cannot be registered here');
  });
});

describe('everybody’s accounts', () => {
  const filter = { userId: '100', prefix: 'Ste' };

  it('are listed with whose they are, and pages that carry what was asked for', () => {
    const shown = lookupAnswer({ accounts: [account(), ALEX], filter, after: 3, next: 8 });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      `**Steve\\_1** (Java Edition) · <@100> ⭐ · registered <t:${SECONDS}:R>`,
      `**Alex** (Bedrock Edition) · <@100> · linked by <@5> <t:${SECONDS}:R>`,
    ]);
    expect(ids(shown)).toEqual(['1:account', '1:lookup:100:Ste:', '1:lookup:100:Ste:8']);
  });

  it('may be none, and then say what was looked for', () => {
    const none = (more: Partial<Parameters<typeof lookupAnswer>[0]> = {}) =>
      lookupAnswer({ accounts: [], filter, after: null, next: null, ...more }).content;
    expect(none()).toBe('No account matches: of <@100>, names that begin with “Ste”.');
    expect(none({ filter: { userId: null, prefix: null } })).toBe(
      'No account matches: all accounts.',
    );
    expect(none({ after: 3 })).toBe('No more accounts.');
  });

  it('fit, whatever they are called', () => {
    assert(
      property(
        array(anyText, { minLength: 1, maxLength: ACCOUNTS_PAGE }),
        anyText,
        (names, prefix) => {
          const accounts = names.map((name, key) =>
            account({ key, name, linkedBy: '1'.repeat(20) }),
          );
          const shown = lookupAnswer({
            accounts,
            filter: { userId: '1'.repeat(20), prefix: prefix.slice(0, 16) },
            after: 1,
            next: 2,
          });
          expect(breaches(shown)).toEqual([]);
        },
      ),
    );
  });
});

describe('one account', () => {
  function entry(id: number, more: Partial<AccountHistoryEntry>): AccountHistoryEntry {
    return {
      id,
      accountKey: 7,
      userId: '100',
      type: 'linked',
      at: NOW,
      actorId: null,
      data: {},
      note: null,
      ...more,
    };
  }

  it('is shown with its history, its buttons, and no markup of anybody’s', () => {
    const history = [
      entry(6, { type: 'unlinked', actorId: '5', data: { cause: 'staff' }, note: 'a *reason*' }),
      entry(5, { type: 'made-primary', actorId: '100' }),
      entry(4, { type: 'renamed', data: { from: 'Old_Name', to: 'Steve_1' } }),
      entry(3, { type: 'identified', data: { uuid: '069a79f4' } }),
      entry(2, { type: 'linked', actorId: '5', data: { proven: false } }),
      entry(1, { type: 'linked', data: { proven: true } }),
    ];
    const shown = accountCard({ account: account(), history, before: 9, next: 1 });
    expect(shown.embeds[1]?.description?.split('\n')).toEqual([
      `<t:${SECONDS}:f> <@5> took it from <@100>`,
      '> a \\*reason\\*',
      `<t:${SECONDS}:f> became the primary account of <@100>`,
      `<t:${SECONDS}:f> its name changed from **Old\\_Name** to **Steve\\_1**`,
      `<t:${SECONDS}:f> seen in the game as 069a79f4`,
      `<t:${SECONDS}:f> <@5> linked it to <@100>`,
      `<t:${SECONDS}:f> <@100> proved with a code that it is theirs`,
    ]);
    expect(ids(shown)).toEqual(['1:unlink:7', '1:lookup:100::', '1:ahist:7:', '1:ahist:7:1']);
  });

  it.each([
    ['user', '<@100> gave it up'],
    ['left', 'taken from <@100>, who left'],
    ['banned', 'taken from <@100>, who was banned'],
    ['expired', 'taken from <@100>, because it had expired'],
    ['something else', 'somebody took it from <@100>'],
  ])('says why it was unlinked: %s', (cause, words) => {
    const history = [entry(1, { type: 'unlinked', data: { cause } })];
    const shown = accountCard({ account: account(), history, before: null, next: null });
    expect(shown.embeds[1]?.description).toBe(`<t:${SECONDS}:f> ${words}`);
  });

  it('fits whatever happened to it', () => {
    const happened = record({
      type: constantFrom('linked' as const, 'unlinked' as const, 'renamed' as const),
      note: option(anyText),
      from: anyText,
      actorId: option(constantFrom('1'.repeat(20))),
    });
    assert(
      property(anyText, array(happened, { maxLength: ACCOUNT_HISTORY_PAGE }), (name, events) => {
        const history = events.map(({ from, ...more }, id) =>
          entry(id, { ...more, data: { from, to: from } }),
        );
        const shown = accountCard({
          account: account({ name, uuid: null }),
          history,
          before: 5,
          next: 4,
        });
        expect(breaches(shown)).toEqual([]);
      }),
    );
  });

  it('is unlinked by a form that asks why', () => {
    expect(unlinkForm(account())).toMatchObject({
      custom_id: '1:unlinkwhy:7',
      title: 'Unlink Steve_1',
      components: [{ label: 'Reason', component: { custom_id: 'reason', required: true } }],
    });
  });
});

describe('the answer to a change', () => {
  const changed = {
    outcome: 'changed',
    userId: '100',
    linked: [],
    unlinked: [],
    primary: null,
    serverIds: [],
  } as const;
  const unregister: AskedChange = { type: 'unregister', edition: null, name: 'Steve_1' };
  const makePrimary: AskedChange = { type: 'make-primary', accountKey: 8 };
  const link: AskedChange = {
    type: 'link',
    userId: '100',
    edition: 'java',
    name: 'Steve_1',
    uuid: null,
    sealedReason: 's',
  };
  const unlink: AskedChange = { type: 'unlink', accountKey: 7, sealedReason: 's' };

  it.each([
    [
      unregister,
      { ...changed, unlinked: [account()], primary: ALEX },
      '✅ **Steve\\_1** (Java Edition) is no longer yours. You are taken off the whitelist of **Survival**; a server that is off learns of it as soon as it is back. **Alex** (Bedrock Edition) is your primary account now.',
    ],
    [unregister, changed, '✅ The registration of **Steve\\_1** is cancelled.'],
    [
      makePrimary,
      { ...changed, primary: ALEX },
      '✅ **Alex** (Bedrock Edition) is your primary account now.',
    ],
    [
      link,
      { ...changed, linked: [account()] },
      '✅ **Steve\\_1** (Java Edition) belongs to <@100> now. It is put on the whitelist of **Survival**.',
    ],
    [
      unlink,
      { ...changed, unlinked: [account()] },
      '✅ **Steve\\_1** (Java Edition) no longer belongs to <@100>. It is taken off the whitelist of **Survival**; a server that is off learns of it as soon as it is back.',
    ],
  ] as const)('%# says what was done and what follows', (change, outcome, words) => {
    expect(accountAnswer(change, outcome, ['Survival']).content).toBe(words);
  });

  it.each([unregister, makePrimary, link, unlink])(
    '$type says that nothing was to be done',
    (change) => {
      const shown = accountAnswer(change, { outcome: 'unchanged' }, []);
      expect(shown.content).toMatch(/already|any more/);
      expect(breaches(shown)).toEqual([]);
    },
  );

  it.each([
    { refused: 'not-configured' },
    { refused: 'invalid-name' },
    { refused: 'no-such-account' },
    { refused: 'taken', userId: '200' },
    { refused: 'most-accounts', most: 3 },
  ] as const)('tells staff alone whose it is: $refused', (refusal) => {
    const words = (change: AskedChange) =>
      accountAnswer(change, { outcome: 'refused', refusal }, []).content;
    expect(words(unregister)).toMatch(/^⚠️ /);
    expect(words(unregister)).not.toContain('<@');
    expect(words(link).includes('<@200>')).toBe(refusal.refused === 'taken');
  });

  it('tells a member what staff changed, without the reason', () => {
    const linked = { ...changed, linked: [account()] };
    expect(accountNoticeMessage(link, linked, 'Kestrel Keep')?.content).toBe(
      '**Kestrel Keep**\nThe team has linked **Steve\\_1** (Java Edition) to you. `/accounts` shows all your accounts there.',
    );
    expect(accountNoticeMessage(unlink, changed, 'K')?.content).toContain('has taken');
    expect(accountNoticeMessage(unregister, linked, 'K')).toBeNull();
    expect(accountNoticeMessage(link, { outcome: 'unchanged' }, 'K')).toBeNull();
  });
});

describe('the staff’s log', () => {
  const entries: readonly AccountLogEntry[] = [
    { type: 'verified', userId: '100', account: account(), serverName: NASTY },
    { type: 'locked', userId: '100', account: account(), until: NOW },
    { type: 'taken', userId: '100', account: account() },
    {
      type: 'linked',
      userId: '100',
      accounts: [account()],
      actorId: '5',
      reason: NASTY.repeat(20),
    },
    ...(['user', 'staff', 'left', 'banned', 'expired'] as const).map((cause): AccountLogEntry => ({
      type: 'unlinked',
      userId: '100',
      accounts: Array.from({ length: 9 }, () => ALEX),
      cause,
      actorId: '5',
      reason: null,
    })),
    ...(['role-forbidden', 'role-gone', 'nickname-forbidden', 'channel-forbidden'] as const).map(
      (trouble): AccountLogEntry => ({ type: 'trouble', userId: '100', trouble }),
    ),
    { type: 'not-whitelisted', account: account(), serverName: 'Survival' },
  ];

  it.each(entries)('%# says who did what to whom, and pings nobody', (entry) => {
    const message = accountLogMessage(entry);
    expect(breaches(message)).toEqual([]);
    expect(message.allowed_mentions).toEqual({ parse: [] });
    expect(message.content).not.toMatch(/USER|@everyone/);
  });

  it('quotes the reason', () => {
    const message = accountLogMessage({
      type: 'linked',
      userId: '100',
      accounts: [account()],
      actorId: '5',
      reason: 'They lost *their* phone',
    });
    expect(message.content).toBe(
      '🔗 <@5> linked **Steve\\_1** (Java Edition) to <@100>.\n> They lost \\*their\\* phone',
    );
  });
});

describe('a whitelist that is compared', () => {
  const SURVIVAL = { id: 'survival', name: 'Survival' };
  const difference: WhitelistDifference = {
    entries: 12,
    missing: ['Steve_1', 'Alex'],
    surplus: ['Herobrine'],
    strangers: ['Builder'],
    underWay: 1,
  };

  it('shows the difference first, with a button that repairs', () => {
    const shown = whitelistCheckAnswer(SURVIVAL, { outcome: 'compared', difference });
    expect(shown.content).toBe(
      'The whitelist of **Survival** is not as it should be. Nothing has been changed yet; **Repair** brings it in step: 2 names put on its whitelist, 1 name taken off it.',
    );
    expect(shown.embeds[0]?.fields).toEqual([
      { name: 'Missing: they will be put on it (2)', value: '**Steve\\_1**, **Alex**' },
      { name: 'Too many: they will be taken off (1)', value: '**Herobrine**' },
      { name: 'Put there by hand: they stay (1)', value: '**Builder**' },
      { name: 'Under way', value: '1 change that it has not been told of yet' },
    ]);
    expect(ids(shown)).toEqual(['1:wlrepair:survival', '1:wlcheck:survival']);
  });

  it('has nothing to repair where it is as it should be', () => {
    const same = { ...difference, missing: [], surplus: [] };
    const shown = whitelistCheckAnswer(SURVIVAL, { outcome: 'compared', difference: same });
    expect(shown.content).toBe('✅ The whitelist of **Survival** is as it should be.');
    expect(ids(shown)).toEqual(['1:wlcheck:survival']);
  });

  it.each([
    { outcome: 'repairing', difference },
    { outcome: 'away' },
    { outcome: 'unreadable' },
    { outcome: 'not-kept' },
    { outcome: 'failed', reference: 'whitelist-check-1' },
  ] as const)('says so when it is $outcome', (result) => {
    const shown = whitelistCheckAnswer(SURVIVAL, result);
    expect(shown.content.length).toBeGreaterThan(60);
    expect(breaches(shown)).toEqual([]);
  });

  it('fits, however many names there are', () => {
    assert(
      property(anyText, integer({ min: 0, max: 3_000 }), (name, count) => {
        const many = Array.from({ length: count }, () => name);
        const all = {
          entries: count,
          missing: many,
          surplus: many,
          strangers: many,
          underWay: count,
        };
        const shown = whitelistCheckAnswer(
          { id: 'x'.repeat(32), name },
          { outcome: 'compared', difference: all },
        );
        expect(breaches(shown)).toEqual([]);
      }),
    );
  });
});
