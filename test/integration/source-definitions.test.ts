import { describe, expect, it } from '@jest/globals';
import { createAnnouncementRecorder } from '../../src/db/announcements';
import { sourceDefinitions } from '../../worker/source-definitions';
import type { SubscriptionInput } from '../../workflows/subscription/contract';
import { source } from '../contracts/announcement-fixtures';
import { GUILD, OTHER_GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords({ [GUILD]: 'Anvil', [OTHER_GUILD]: 'Bellows' });

const of = (guildId: string, ...ids: string[]) => ({
  guildId,
  sources: ids.map((id) => source(id)),
});

/** The sources whose keepers are told, as `guild/source`. */
async function told(definitions: ReturnType<typeof sourceDefinitions>): Promise<string[]> {
  const heard: string[] = [];
  await definitions.tellKeepers(({ guildId, sourceId }: SubscriptionInput) => {
    heard.push(`${guildId}/${sourceId}`);
    return Promise.resolve();
  });
  return heard.toSorted();
}

describe('keepers of sources', () => {
  it('are told of all that are there, whoever defined them', async () => {
    const definitions = sourceDefinitions(records.knex);
    expect(await told(definitions)).toEqual([]);
    expect(await definitions.apply(of(GUILD, 'git', 'blog'))).toEqual({
      added: ['blog', 'git'],
      ...{ changed: [], removed: [] },
    });
    await definitions.apply(of(OTHER_GUILD, 'git'));
    await createAnnouncementRecorder(records.knex).putSource(GUILD, source('mine'));
    expect(await told(definitions)).toEqual([
      ...[`${GUILD}/blog`, `${GUILD}/git`, `${GUILD}/mine`, `${OTHER_GUILD}/git`],
    ]);
  });

  it('are told of a removal until they have heard of it', async () => {
    const definitions = sourceDefinitions(records.knex);
    await definitions.apply(of(GUILD, 'git', 'blog'));
    await definitions.apply(of(GUILD, 'git'));
    const away = definitions.tellKeepers(() => Promise.reject(new Error('Temporal is away.')));
    await expect(away).rejects.toThrow('away');
    expect(await told(definitions)).toEqual([`${GUILD}/blog`, `${GUILD}/git`]);
    expect(await told(definitions)).toEqual([`${GUILD}/git`]);
  });
});
