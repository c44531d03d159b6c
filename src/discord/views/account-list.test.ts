import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import type { RegistrationRow } from '../../db/registration';
import { ACCOUNTS_PAGE, lookupAnswer, ownAccountsAnswer } from './account-list';
import { account, ALEX, ids, NOW, SECONDS, TEXTS } from './sample-accounts';

const anyText = constantFrom(...TEXTS);

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
