import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createRegistrationReader, createRegistrationRecorder } from '../../src/db/registration';
import { createWatchRecorder } from '../../src/db/watching';
import { GUILD, guildNamed, OPENER } from '../contracts/case-fixtures';
import {
  attempt,
  code,
  linkOf,
  OTHER_USER,
  player,
  proof,
} from '../contracts/registration-fixtures';
import { HOUR, settings, START } from '../contracts/watch-fixtures';
import { asRole } from '../contracts/as-role';
import { databaseUrl } from '../parts';

let url: string;
let owner: Knex;
beforeAll(async () => {
  url = await databaseUrl();
  await migrate(url);
  owner = connect(url, { applicationName: 'test' });
  await createGuildRepository(owner).apply(guildNamed('Anvil'), 'a');
  await createWatchRecorder(owner).applyServers(GUILD, 'file', [settings('survival')], START);
});
afterAll(() => owner.destroy());

const place = { guildId: GUILD, serverId: 'survival' };

describe('least privilege', () => {
  it('is enough to record everything: rights on tables, and on nothing else', async () => {
    const grants = 'grant select, insert, update, delete on all tables in schema public to ROLE';
    await asRole({ url, owner }, grants, async (knex) => {
      const recorder = createRegistrationRecorder(knex);
      const reader = createRegistrationReader(knex);
      await recorder.storeCode(code(attempt(), 'hash'));
      const proven = proof(attempt(), player('Steve', 1), { serverIds: ['survival'] });
      expect(await recorder.recordProof(proven)).toMatchObject({ outcome: 'linked' });
      const linked = await recorder.link(linkOf('l', { player: player('Alex', 2) }));
      expect(linked).toMatchObject({ outcome: 'linked' });
      const [entry] = await reader.whitelistPending({ ...place, limit: 1 });
      if (entry === undefined) throw new Error('Something is to be told.');
      const unlink = {
        ...{ operation: 'u', guildId: GUILD, cause: 'user' as const, reason: null },
        ...{ which: { accountKey: entry.accountKey }, actorId: OPENER, now: START + HOUR },
      };
      expect(await recorder.unlink(unlink)).toMatchObject({ serverIds: ['survival'] });
      const [removal] = await reader.whitelistPending({ ...place, limit: 1 });
      const answer = { ...place, now: START + HOUR, accountKey: entry.accountKey };
      const { version } = removal ?? entry;
      expect(await recorder.whitelistApplied({ ...answer, version })).toBe('applied');
      await expect(knex('account_events').delete()).rejects.toThrow('only added to');
      await expect(knex.raw('truncate account_events')).rejects.toThrow('denied');
      await expect(knex.raw('drop table accounts')).rejects.toThrow('must be owner');
    });
  });

  it('lets a reader read, and nothing else', async () => {
    await asRole(
      { url, owner },
      'grant select on all tables in schema public to ROLE',
      async (knex) => {
        const reader = createRegistrationReader(knex);
        expect(await reader.accountsOf(GUILD, OPENER)).toMatchObject([{ name: 'Alex' }]);
        expect(await reader.whitelist({ ...place, limit: 1 })).toEqual({ rows: [], next: null });
        expect(await reader.pendingVersions([{ guildId: GUILD, edition: 'java' }])).toEqual([2]);
        const recorder = createRegistrationRecorder(knex);
        const theirs = code(attempt({ userId: OTHER_USER }), 'hash');
        await expect(recorder.storeCode(theirs)).rejects.toThrow('denied');
        await expect(recorder.link(linkOf('m', { player: player('Zuri', 3) }))).rejects.toThrow(
          'denied',
        );
      },
    );
  });
});
