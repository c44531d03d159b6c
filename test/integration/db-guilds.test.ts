import { describe, expect, it } from '@jest/globals';
import { createCaseRepository } from '../../src/db/cases';
import { createGuildRepository } from '../../src/db/guilds';
import { GUILD, guildNamed, opening, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords({});

describe('guilds', () => {
  const guilds = () => createGuildRepository(records.knex);

  it('are unknown before their configuration is applied', async () => {
    expect(await guilds().get(GUILD)).toBeNull();
    expect(await guilds().all()).toEqual([]);
  });

  it('keep their configuration', async () => {
    const configuration = guildNamed('Anvil');
    expect(await guilds().apply(configuration, 'a')).toBe('applied');
    expect(await guilds().get(GUILD)).toEqual(configuration);
  });

  it('are not written when nothing changed', async () => {
    await guilds().apply(guildNamed('Anvil'), 'a');
    const before: unknown = await records.knex('guilds').first();
    expect(await guilds().apply(guildNamed('Anvil'), 'a')).toBe('unchanged');
    expect(await records.knex('guilds').first()).toEqual(before);
  });

  it('get a new configuration without losing count of their cases', async () => {
    await guilds().apply(guildNamed('Anvil'), 'a');
    await createCaseRepository(records.knex).accept(opening('ticket-1'));
    expect(await guilds().apply(guildNamed('Anvil & Sons'), 'b')).toBe('applied');
    expect((await guilds().get(GUILD))?.guildName).toBe('Anvil & Sons');
    expect(await createCaseRepository(records.knex).accept(opening('ticket-2'))).toMatchObject({
      number: 2,
    });
  });

  it('tell which of them got a new configuration since they were asked before', async () => {
    await guilds().apply(guildNamed('One', GUILD), 'a');
    await guilds().apply(guildNamed('Two', OTHER_GUILD), 'b');
    await records
      .knex('guilds')
      .update({ updated_at: records.knex.raw("now() - interval '1 day'") });
    const before = await guilds().changes(null);
    expect(before.guildIds).toEqual([]);
    await guilds().apply(guildNamed('One', GUILD), 'a');
    expect((await guilds().changes(before.until)).guildIds).toEqual([]);
    await guilds().apply(guildNamed('Another', OTHER_GUILD), 'c');
    const after = await guilds().changes(before.until);
    expect(after.guildIds).toEqual([OTHER_GUILD]);
    // The statement may have begun before that answer and been seen after it.
    expect((await guilds().changes(after.until)).guildIds).toEqual([OTHER_GUILD]);
  });

  it('are applied once when several processes start at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => guilds().apply(guildNamed('Anvil'), 'a')),
    );
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
  });

  it('are listed all', async () => {
    await guilds().apply(guildNamed('Two', OTHER_GUILD), 'b');
    await guilds().apply(guildNamed('One', GUILD), 'a');
    expect((await guilds().all()).map(({ guildName }) => guildName)).toEqual(['One', 'Two']);
  });
});
