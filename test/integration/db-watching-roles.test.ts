import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createWatchReader, createWatchRecorder } from '../../src/db/watching';
import { GUILD, guildNamed } from '../contracts/case-fixtures';
import { answered, DAY, failed, HOUR, round, settings, START } from '../contracts/watch-fixtures';
import { asRole } from '../contracts/as-role';
import { databaseUrl } from '../parts';

let url: string;
let owner: Knex;
beforeAll(async () => {
  url = await databaseUrl();
  await migrate(url);
  owner = connect(url, { applicationName: 'test' });
  await createGuildRepository(owner).apply(guildNamed('Anvil'), 'a');
});
afterAll(() => owner.destroy());

describe('least privilege', () => {
  it('is enough for rounds and for tidying: a role that may neither create nor drop', async () => {
    await asRole(
      { url, owner },
      `grant select, insert, update, delete on all tables in schema public to ROLE;
       grant execute on function make_history_partition, drop_history_before to ROLE`,
      async (knex) => {
        const recorder = createWatchRecorder(knex);
        await recorder.applyServers(GUILD, 'file', [settings('survival')], START);
        await recorder.tidy(START, 60_000);
        await round(recorder, () => [answered(START), failed(START + 1)]);
        const tidied = await recorder.tidy(START + 4 * DAY, 60_000);
        expect(tidied?.finished).toBe(true);
        expect(tidied?.partitionsMade).toBeGreaterThan(0);
        expect(tidied?.partitionsDropped).toBeGreaterThan(0);
        await expect(knex.raw('create table mine (id int primary key)')).rejects.toThrow('denied');
        await expect(knex.raw('drop table server_checks')).rejects.toThrow('must be owner');
      },
    );
  });

  it('lets a reader read, and nothing else', async () => {
    await asRole(
      { url, owner },
      `grant select on all tables in schema public to ROLE`,
      async (knex) => {
        const servers = await createWatchReader(knex).servers(GUILD, START + HOUR);
        expect(servers.map(({ server }) => server.id)).toEqual(['survival']);
        const [key = 0] = servers.map(({ server }) => server.key);
        const time = { from: START - DAY, to: START + DAY };
        const asked = { serverKeys: [key], ...time };
        expect(await createWatchReader(knex).series({ ...asked, step: 'day' })).toHaveLength(1);
        await expect(
          knex.raw(`select drop_history_before('server_checks', 'infinity')`),
        ).rejects.toThrow('denied');
        await expect(createWatchRecorder(knex).newsDelivered([1])).rejects.toThrow('denied');
      },
    );
  });
});
