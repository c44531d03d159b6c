import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import {
  caseListQuery,
  createCaseReader,
  openChannelsQuery,
  type CaseQuery,
} from '../../src/db/case-reader';
import { createCaseRepository, type CaseRow } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { GUILD, guildNamed, opening, OTHER_GUILD, POLICY } from '../contracts/case-fixtures';
import { explain, type Step } from '../contracts/query-plans';
import { databaseUrl } from '../parts';

const CASES = 50_000;
const ACTIVE = ['open', 'claimed', 'resolved'] as const;

let knex: Knex;
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test', statementTimeoutMs: 60_000 });
  const guilds = createGuildRepository(knex);
  await guilds.apply(guildNamed('Anvil', GUILD), 'a');
  await guilds.apply(guildNamed('Bellows', OTHER_GUILD), 'b');
  // A guild of some years: nearly all of its cases are over, and a few old ones are not.
  await knex.raw(
    `insert into cases (id, guild_id, number, kind, category_id, category_title, status, team_id,
       opener_id, opener_name, assignee_id, channel_id, generation, opened_at, closed_at,
       last_activity_at, last_seq, policy)
     select 'ticket-' || n, :guild, n, 'ticket', 'category-' || n % 7, 'Category', status, 'helpers',
       (100000 + n % 3000)::text, 'Somebody',
       case when status in ('claimed', 'ended') then (200000 + n % 40)::text end,
       case when status <> 'ended' then (500000 + n)::text end,
       1, at, case when status = 'ended' then at end, at, 5, :policy
     from generate_series(1, :count) as n,
       lateral (select timestamptz '2025-01-01Z' + n * interval '10 minutes' as at, case
         when n % 500 = 0 then 'open'
         when n % 700 = 0 then 'claimed'
         when n % 900 = 0 then 'resolved'
         else 'ended' end as status) as facts`,
    { guild: GUILD, policy: JSON.stringify(POLICY), count: CASES },
  );
  await knex.raw('vacuum analyze cases');
});
afterAll(() => knex.destroy());

const numbers = (rows: readonly CaseRow[]): number[] => rows.map(({ number }) => number);

async function allPages(query: Omit<CaseQuery, 'before'>): Promise<CaseRow[][]> {
  const pages: CaseRow[][] = [];
  let before: number | null = null;
  do {
    const page = await createCaseReader(knex).list(before === null ? query : { ...query, before });
    pages.push(page.cases);
    before = page.next;
  } while (before !== null);
  return pages;
}

describe('lists of cases', () => {
  const reader = () => createCaseReader(knex);

  it('begin with the newest', async () => {
    const page = await reader().list({ guildId: GUILD, limit: 3 });
    expect(numbers(page.cases)).toEqual([CASES, CASES - 1, CASES - 2]);
    expect(page.next).toBe(CASES - 2);
  });

  it('show every case exactly once, page after page, and then end', async () => {
    const pages = await allPages({ guildId: GUILD, status: ACTIVE, limit: 25 });
    const listed = pages.flat();
    const expected = await knex('cases')
      .whereIn('status', [...ACTIVE])
      .orderBy('number', 'desc')
      .pluck<number[]>('number');
    expect(numbers(listed)).toEqual(expected);
    expect(pages.slice(0, -1).every((page) => page.length === 25)).toBe(true);
    expect(pages.at(-1)).not.toHaveLength(0);
  });

  it('end exactly at the end when the last page is full', async () => {
    const count = (await allPages({ guildId: GUILD, status: ['resolved'], limit: 100 })).flat()
      .length;
    const page = await reader().list({ guildId: GUILD, status: ['resolved'], limit: count });
    expect(page.cases).toHaveLength(count);
    expect(page.next).toBeNull();
  });

  it('are empty when nothing fits', async () => {
    expect(await reader().list({ guildId: OTHER_GUILD, limit: 10 })).toEqual({
      cases: [],
      next: null,
    });
    expect(await reader().list({ guildId: GUILD, status: [], limit: 10 })).toEqual({
      cases: [],
      next: null,
    });
    expect(await reader().list({ guildId: GUILD, before: 1, limit: 10 })).toEqual({
      cases: [],
      next: null,
    });
  });

  it('combine their filters', async () => {
    const query = {
      guildId: GUILD,
      kind: 'ticket',
      status: ['claimed', 'open'],
      categoryId: 'category-0',
      limit: 1_000,
    } as const;
    const { cases } = await reader().list(query);
    const expected = await knex('cases')
      .where({ category_id: 'category-0' })
      .whereIn('status', ['claimed', 'open'])
      .orderBy('number', 'desc')
      .pluck<number[]>('number');
    expect(expected.length).toBeGreaterThan(10);
    expect(numbers(cases)).toEqual(expected);

    const assigneeId = cases.find(({ status }) => status === 'claimed')?.assigneeId ?? '';
    const theirs = await reader().list({ ...query, assigneeId });
    expect(theirs.cases.length).toBeGreaterThan(0);
    expect(theirs.cases.every((row) => row.assigneeId === assigneeId)).toBe(true);
    const nobodys = await reader().list({ ...query, assigneeId: null });
    expect(nobodys.cases.every(({ status }) => status === 'open')).toBe(true);
    expect(
      nobodys.cases.length + numbers(cases.filter(({ assigneeId }) => assigneeId)).length,
    ).toBe(cases.length);
    expect(await reader().list({ ...query, kind: 'report' })).toMatchObject({ cases: [] });
  });

  it('neither repeat nor skip a case when others are opened between two pages', async () => {
    await createCaseRepository(knex).accept(opening('first', { guildId: OTHER_GUILD }));
    const query = { guildId: OTHER_GUILD, limit: 4 };
    for (let index = 1; index < 10; index += 1) {
      await createCaseRepository(knex).accept(opening(`more-${index}`, { guildId: OTHER_GUILD }));
    }
    const seen: number[] = [];
    let before: number | undefined;
    for (let pageNumber = 0; ; pageNumber += 1) {
      const page = await reader().list(before === undefined ? query : { ...query, before });
      seen.push(...numbers(page.cases));
      if (page.next === null) break;
      before = page.next;
      await createCaseRepository(knex).accept(
        opening(`between-${pageNumber}`, { guildId: OTHER_GUILD }),
      );
    }
    expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

const explained = (query: Knex.QueryBuilder) => explain(knex, query.toSQL().toNative());

/** How many rows of `cases` or of its indexes were looked at, those that were passed over included. */
function looked(plans: readonly Step[]): number {
  return plans
    .filter((step) => step['Relation Name'] === 'cases')
    .reduce(
      (sum, step) =>
        sum + (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
      0,
    );
}

describe(`lists among ${CASES} cases`, () => {
  const page = { guildId: GUILD, limit: 10 };
  it.each<[string, CaseQuery, string]>([
    ['all cases', page, 'cases_by_number'],
    ['a page in the middle', { ...page, before: 25_000 }, 'cases_by_number'],
    ['one status', { ...page, status: ['open'] }, 'cases_by_status'],
    ['everything that waits', { ...page, status: ACTIVE }, 'cases_by_status'],
    ['the last page of what waits', { ...page, status: ACTIVE, before: 2_000 }, 'cases_by_status'],
    ['a category', { ...page, categoryId: 'category-3' }, 'cases_by'],
    [
      'what waits in a category',
      { ...page, status: ACTIVE, categoryId: 'category-0' },
      'cases_by_status',
    ],
    ['somebody’s own tickets', { ...page, openerId: '100042' }, 'cases_by_opener'],
    ['a member of staff’s cases', { ...page, assigneeId: '200007' }, 'cases_by_assignee'],
    [
      'a member of staff’s waiting cases',
      { ...page, assigneeId: '200007', status: ACTIVE },
      'cases_by',
    ],
    ['what nobody has', { ...page, assigneeId: null, status: ['open'] }, 'cases_by_status'],
  ])('%s: the page is found in an index alone', async (_what, query, index) => {
    const plans = await explained(caseListQuery(knex, query));
    const scans = plans.filter((step) => step['Relation Name'] === 'cases');
    expect(scans.map((step) => step['Node Type'])).not.toContain('Seq Scan');
    const finding = scans.filter((step) => step['Node Type'] === 'Index Only Scan');
    expect(finding.length).toBeGreaterThan(0);
    for (const step of finding) expect(step['Index Name']).toContain(index);
    expect(looked(plans)).toBeLessThan(500);
  });

  it('do not take longer to count an opener’s cases', async () => {
    const plans = await explained(
      knex('cases')
        .where({ guild_id: GUILD, opener_id: '100042' })
        .select(knex.raw(`count(*) filter (where status = 'open'), max(opened_at)`)),
    );
    expect(plans.map((step) => step['Index Name'])).toContain('cases_by_opener');
    expect(looked(plans)).toBeLessThan(50);
  });

  it('find the open channels among them', async () => {
    const plans = await explained(openChannelsQuery(knex, GUILD));
    expect(plans.map((step) => step['Index Name'])).toContain('cases_by_channel');
    expect(looked(plans)).toBeLessThan(500);
  });

  it.each([
    ['byChannel', { channel_id: '500500' }, 'cases_by_channel'],
    ['byNumber', { guild_id: GUILD, number: 500 }, 'cases_by_number'],
  ])('%s is one look into an index', async (_method, where, index) => {
    const plans = await explained(knex('cases').where(where).limit(1).select());
    expect(plans.map((step) => step['Index Name'])).toContain(index);
    expect(looked(plans)).toBe(1);
  });
});
