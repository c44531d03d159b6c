import { describe, expect, it } from '@jest/globals';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { accountAnswer, accountNoticeMessage, type AskedChange } from './account-answer';
import { account, ALEX } from './sample-accounts';

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
