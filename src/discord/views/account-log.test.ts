import { describe, expect, it } from '@jest/globals';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { accountLogMessage, type AccountLogEntry } from './account-log';
import { account, ALEX, NASTY, NOW } from './sample-accounts';

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
