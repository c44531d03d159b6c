import type { Account } from '../../domain/registration/account';
import type { Answer } from './answer';

/** Accounts for the tests of what people read of them. */

export const NOW = 1_800_000_000_000;
export const SECONDS = NOW / 1_000;
export const NASTY = '@everyone <@1> **b** [x](https://x.example) `c` \u202Eback\u202C || > # ~~ ';
/** What a text from outside may be. */
export const TEXTS: readonly string[] = ['', 'Steve', NASTY, NASTY.repeat(40), '*'.repeat(2_000)];

export function account(more: Partial<Account> = {}): Account {
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

export const ALEX = account({
  key: 8,
  name: 'Alex',
  edition: 'bedrock',
  primary: false,
  linkedBy: '5',
});

/** The `custom_id`s of all components, in order. */
export const ids = (shown: Answer): string[] =>
  shown.components.flatMap(({ components }) =>
    components.map((component) => ('custom_id' in component ? component.custom_id : '')),
  );
