import { describe, expect, it } from '@jest/globals';
import { createRegistrationReader, createRegistrationRecorder } from '../../src/db/registration';
import { createWatchRecorder } from '../../src/db/watching';
import { GUILD, OPENER, STAFF } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import {
  attempt,
  code,
  happened,
  linkOf,
  OTHER_USER,
  player,
  proof,
  STARTED,
  uuid,
} from '../contracts/registration-fixtures';
import { settings, START } from '../contracts/watch-fixtures';

const records = freshRecords(undefined, { poolMax: 12 });

const recorder = () => createRegistrationRecorder(records.knex);
const reader = () => createRegistrationReader(records.knex);

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

const userNumber = (index: number) => `10000000000000${String(1_000 + index)}`;

const unlinkAll = (operation: string, userId = OPENER) => ({
  ...{ operation, guildId: GUILD, which: { userId }, cause: 'left' as const },
  ...{ actorId: null, reason: null, now: START + 1 },
});

describe('at the same instant', () => {
  it('many users prove the same account: one gets it', async () => {
    const steve = player('Steve', 1);
    const proofs = indexes(10).map((index) => proof(attempt({ userId: userNumber(index) }), steve));
    const concluded = await Promise.all(proofs.map((proven) => recorder().recordProof(proven)));
    const winners = concluded.filter(({ outcome }) => outcome === 'linked');
    expect(winners).toHaveLength(1);
    expect(concluded.filter((one) => 'rejection' in one)).toEqual(
      indexes(9).map(() => expect.objectContaining({ rejection: { refused: 'taken' } })),
    );
    const account = await reader().accountByUuid(GUILD, 'java', uuid(1));
    expect(winners).toMatchObject([{ account }]);
    const { rows } = await reader().registrations({ guildId: GUILD, limit: 20 });
    expect(rows.map(({ status }) => status).sort()).toEqual([
      ...indexes(9).map(() => 'rejected'),
      'verified',
    ]);
  });

  it('one user proves many accounts: no more than the most, one of them primary', async () => {
    const proofs = indexes(10).map((index) =>
      proof(attempt({ name: `name_${index}` }), player(`name_${index}`, index)),
    );
    const concluded = await Promise.all(proofs.map((proven) => recorder().recordProof(proven)));
    expect(concluded.filter(({ outcome }) => outcome === 'linked')).toHaveLength(3);
    const theirs = await reader().accountsOf(GUILD, OPENER);
    expect(theirs.map(({ primary }) => primary)).toEqual([true, false, false]);
  });

  it('one proof is tried by many: one link, and all are told the same', async () => {
    const proven = proof(attempt(), player('Steve', 1));
    const concluded = await Promise.all(indexes(8).map(() => recorder().recordProof(proven)));
    for (const one of concluded) expect(one).toEqual(concluded[0]);
    const asked = { guildId: GUILD, userId: OPENER, limit: 20 };
    expect((await reader().accountEvents(asked)).rows).toHaveLength(1);
  });

  it('a name is proved by one and given to another by staff: one of them has it', async () => {
    for (const round of indexes(5)) {
      const name = `name_${round}`;
      await Promise.all([
        recorder().recordProof(proof(attempt({ name }), player(name, round), { mostAccounts: 9 })),
        recorder().link(
          linkOf(`l${round}`, {
            ...{ userId: OTHER_USER, player: { edition: 'java', name, uuid: null } },
          }),
        ),
      ]);
      expect(await reader().accountsByName(GUILD, 'java', name)).toHaveLength(1);
    }
  });

  it('accounts are linked, chosen and taken: whoever has any has one primary', async () => {
    const start = await Promise.all(
      indexes(4).map((index) =>
        recorder().link(linkOf(`s${index}`, { player: player(`s_${index}`, index) })),
      ),
    );
    const keys = start.flatMap((one) => ('account' in one ? [one.account.key] : []));
    const shared = { guildId: GUILD, actorId: STAFF, reason: null, now: START + 1 };
    await Promise.all([
      ...keys.map((accountKey, index) =>
        recorder().makePrimary({ ...shared, operation: `p${index}`, userId: OPENER, accountKey }),
      ),
      ...keys.slice(0, 3).map((accountKey, index) =>
        recorder().unlink({
          ...{ ...shared, operation: `u${index}`, cause: 'staff', which: { accountKey } },
        }),
      ),
      recorder().link(linkOf('late', { player: player('late', 9) })),
    ]);
    const theirs = await reader().accountsOf(GUILD, OPENER);
    expect(theirs).toHaveLength(2);
    expect(theirs.filter(({ primary }) => primary)).toHaveLength(1);
  });

  it('an account is unlinked and wanted on a whitelist: it is wanted on none', async () => {
    await createWatchRecorder(records.knex).applyServers(GUILD, 'file', [settings('one')], START);
    const place = { guildId: GUILD, serverId: 'one' };
    for (const round of indexes(5)) {
      const linked = await recorder().link(linkOf(`l${round}`));
      const accountKey = 'account' in linked ? linked.account.key : 0;
      const wish = { guildId: GUILD, accountKey, serverIds: ['one'], wanted: true, now: START };
      await Promise.all([
        recorder().unlink(unlinkAll(`u${round}`)),
        recorder().wantWhitelisted(wish),
      ]);
      const { rows } = await reader().whitelist({ ...place, limit: 20 });
      expect(rows.filter(({ wanted }) => wanted)).toEqual([]);
    }
  });

  it('codes are stored and the end is recorded: no code outlives it', async () => {
    for (const round of indexes(5)) {
      const of = attempt({ startedAt: START + round });
      await recorder().storeCode(code(of, 'first'));
      await Promise.all([
        ...indexes(4).map((index) =>
          recorder().storeCode(code(of, `late ${index}`, { number: 2, tried: index + 1 })),
        ),
        recorder().recordRegistration(happened(of, [STARTED, { type: 'cancelled' }])),
      ]);
      expect(await reader().pendingByName(GUILD, 'java', 'Steve')).toEqual([]);
    }
  });

  it('many change what is pending: every change is counted', async () => {
    await Promise.all(
      indexes(20).map((index) => {
        const name = `name_${index}`;
        return recorder().storeCode(code(attempt({ name }), name));
      }),
    );
    const scope = { guildId: GUILD, edition: 'java' } as const;
    expect(await reader().pendingVersions([scope])).toEqual([20]);
    expect((await reader().pending({ ...scope, limit: 50 })).registrations).toHaveLength(20);
  });
});
