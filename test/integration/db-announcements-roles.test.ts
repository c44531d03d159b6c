import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createAnnouncementReader, createAnnouncementRecorder } from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { video } from '../../src/domain/announcements/samples';
import { CHANNEL, delivery, routed, SOURCE, source } from '../contracts/announcement-fixtures';
import { asRole } from '../contracts/as-role';
import { GUILD, guildNamed } from '../contracts/case-fixtures';
import { explainAll } from '../contracts/query-plans';
import { START } from '../contracts/watch-fixtures';
import { databaseUrl } from '../parts';

const DELIVERIES = 50_000;

let url: string;
let owner: Knex;
beforeAll(async () => {
  url = await databaseUrl();
  await migrate(url);
  owner = connect(url, { applicationName: 'test', statementTimeoutMs: 60_000 });
  await createGuildRepository(owner).apply(guildNamed('Anvil'), 'a');
  await createAnnouncementRecorder(owner).applySources(GUILD, 'file', [source()]);
});
afterAll(() => owner.destroy());

describe('least privilege', () => {
  it('is enough to record: a role that may neither create nor drop', async () => {
    const grants = 'grant select, insert, update, delete on all tables in schema public to ROLE';
    await asRole({ url, owner }, grants, async (knex) => {
      const recorder = createAnnouncementRecorder(knex);
      const secret = { sealed: 's', madeAt: START, othersUntil: START };
      await recorder.addSecret(GUILD, SOURCE, secret);
      const plan = await recorder.plan(delivery('d1'), [routed(video())], START);
      const key = plan?.posts[0]?.key ?? '';
      expect(await recorder.mayPing(key, { roleId: '5', everyMs: 1 }, START)).toBe(true);
      await recorder.postShown(key, { version: 1, messageId: 'm', threadId: null });
      expect(await recorder.takePublication(CHANNEL, 'm', START)).toBeNull();
      await recorder.setFate(delivery('d1'), 'posted', null);
      await expect(knex.raw('drop table deliveries')).rejects.toThrow('must be owner');
    });
  });

  it('lets a reader read, and nothing else', async () => {
    const grants = 'grant select on all tables in schema public to ROLE';
    await asRole({ url, owner }, grants, async (knex) => {
      const reader = createAnnouncementReader(knex);
      expect(await reader.sources()).toHaveLength(1);
      expect(await reader.delivery(GUILD, SOURCE, 'd1')).toMatchObject({ fate: 'posted' });
      await expect(createAnnouncementRecorder(knex).told(GUILD, SOURCE, 'silent')).rejects.toThrow(
        'denied',
      );
    });
  });
});

describe(`among ${DELIVERIES} deliveries`, () => {
  const place = { guildId: GUILD, sourceId: SOURCE };
  const reader = () => createAnnouncementReader(owner);
  beforeAll(async () => {
    await owner.raw(
      `insert into deliveries (guild_id, source_id, id, received_at, storage_key, bytes, fate, plan)
       select :guild, :source, 'n' || n, timestamptz '2026-01-01Z' + n / 3 * interval '1 second',
         case when n > 49000 then 'k' || n end, 1, 'posted', '{ "posts": [], "joined": [] }'
       from generate_series(1, cast(:count as int)) as n`,
      { guild: GUILD, source: SOURCE, count: DELIVERIES },
    );
    await owner.raw('vacuum analyze deliveries');
  }, 60_000);

  it('every one is on one page, in order', async () => {
    const seen: string[] = [];
    let after = null;
    do {
      const page = await reader().deliveries(place, { after, limit: 10_000 });
      seen.push(...page.deliveries.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(DELIVERIES + 1);
    expect(seen).toHaveLength(DELIVERIES + 1);
  });

  it('a page and what is to be erased are found in an index', async () => {
    const middle = { receivedAt: Date.UTC(2026, 0, 1, 2), id: 'n1' };
    for (const read of [
      () => reader().deliveries(place, { after: null, limit: 10 }),
      () => reader().deliveries(place, { after: middle, limit: 10 }),
      () => createAnnouncementRecorder(owner).expired(GUILD, SOURCE, START, 10),
    ]) {
      const steps = await explainAll(owner, read);
      expect(steps.map((step) => step['Node Type'])).not.toContain('Seq Scan');
      const looked = steps
        .filter((step) => step['Relation Name'] === 'deliveries')
        .map((step) => step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0));
      expect(Math.max(...looked)).toBeLessThan(20);
    }
  });
});
