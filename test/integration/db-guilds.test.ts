import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createCaseRepository } from '../../src/db/cases';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import {
  eraseEverything,
  GUILD,
  guildNamed,
  opening,
  OTHER_GUILD,
} from '../contracts/case-fixtures';
import { databaseUrl } from '../parts';

let knex: Knex;
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test' });
});
afterAll(() => knex.destroy());

describe('guilds', () => {
  const guilds = () => createGuildRepository(knex);
  beforeEach(() => eraseEverything(knex));

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
    const before: unknown = await knex('guilds').first();
    expect(await guilds().apply(guildNamed('Anvil'), 'a')).toBe('unchanged');
    expect(await knex('guilds').first()).toEqual(before);
  });

  it('get a new configuration without losing count of their cases', async () => {
    await guilds().apply(guildNamed('Anvil'), 'a');
    await createCaseRepository(knex).accept(opening('ticket-1'));
    expect(await guilds().apply(guildNamed('Anvil & Sons'), 'b')).toBe('applied');
    expect((await guilds().get(GUILD))?.guildName).toBe('Anvil & Sons');
    expect(await createCaseRepository(knex).accept(opening('ticket-2'))).toMatchObject({
      number: 2,
    });
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
