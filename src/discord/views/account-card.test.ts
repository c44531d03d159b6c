import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, option, property, record } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import type { AccountHistoryEntry } from '../../db/registration';
import { accountCard, ACCOUNT_HISTORY_PAGE, unlinkForm } from './account-card';
import { account, ids, NOW, SECONDS, TEXTS } from './sample-accounts';

const anyText = constantFrom(...TEXTS);

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
