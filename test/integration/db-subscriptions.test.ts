import { describe, expect, it } from '@jest/globals';
import {
  createAnnouncementRecorder,
  createSubscriptionReader,
  createSubscriptionRecorder,
} from '../../src/db/announcements';
import { UnknownGuild } from '../../src/db/case-errors';
import { SOURCE, source } from '../contracts/announcement-fixtures';
import { asRole } from '../contracts/as-role';
import { GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { DAY, START } from '../contracts/watch-fixtures';

const records = freshRecords();
const place = { guildId: GUILD, sourceId: SOURCE };
const TOPIC = 'https://castle.example/news.xml';
const known = {
  version: 2,
  entries: [
    { identity: 'a', fingerprint: '1', wasNews: false },
    { identity: 'b', fingerprint: '2', wasNews: true },
  ],
};

const recorder = () => createSubscriptionRecorder(records.knex);
const reader = () => createSubscriptionReader(records.knex);
const sources = () => createAnnouncementRecorder(records.knex);

describe('what is known of a feed', () => {
  it('is what was recorded last of this address', async () => {
    await sources().putSource(GUILD, source());
    expect(await recorder().knownEntries(place, 'x')).toBeNull();
    await recorder().setKnownEntries(place, 'x', { version: 0, entries: [] });
    await recorder().setKnownEntries(place, 'x', known);
    expect(await recorder().knownEntries(place, 'x')).toEqual(known);
    expect(await recorder().knownEntries(place, 'y')).toBeNull();
    await recorder().setKnownEntries(place, 'y', known);
    expect(await recorder().knownEntries(place, 'x')).toBeNull();
  });

  it('goes with the source', async () => {
    await sources().putSource(GUILD, source());
    await recorder().setKnownEntries(place, 'x', known);
    await sources().removeSource(GUILD, SOURCE);
    await recorder().setKnownEntries(place, 'x', known);
    await sources().putSource(GUILD, source());
    expect(await recorder().knownEntries(place, 'x')).toBeNull();
  });
});

describe('a subscription that we ended', () => {
  it('is remembered when its source is gone, by its topic, for as long as nobody forgets it', async () => {
    expect(await reader().endedAt(place, TOPIC)).toBeNull();
    await recorder().endSubscription(place, TOPIC, START);
    await recorder().endSubscription(place, TOPIC, START + DAY);
    await recorder().endSubscription(place, `${TOPIC}?other`, START);
    await recorder().forgetEndings(START + DAY);
    expect(await reader().endedAt(place, TOPIC)).toBe(START + DAY);
    expect(await reader().endedAt(place, `${TOPIC}?other`)).toBeNull();
    expect(await reader().endedAt({ ...place, sourceId: 'other' }, TOPIC)).toBeNull();
  });

  it('belongs to a guild', async () => {
    const nowhere = { guildId: '404', sourceId: SOURCE };
    await expect(recorder().endSubscription(nowhere, TOPIC, START)).rejects.toThrow(UnknownGuild);
  });
});

describe('least privilege', () => {
  it('is enough to record, and lets a reader read', async () => {
    await sources().putSource(GUILD, source());
    const database = { url: records.url, owner: records.knex };
    const all = 'grant select, insert, update, delete on all tables in schema public to ROLE';
    await asRole(database, all, async (knex) => {
      await createSubscriptionRecorder(knex).setKnownEntries(place, 'x', known);
      await createSubscriptionRecorder(knex).endSubscription(place, TOPIC, START);
      await createSubscriptionRecorder(knex).forgetEndings(START);
    });
    const some = 'grant select on all tables in schema public to ROLE';
    await asRole(database, some, async (knex) => {
      expect(await createSubscriptionReader(knex).endedAt(place, TOPIC)).toBe(START);
      const denied = createSubscriptionRecorder(knex).endSubscription(place, TOPIC, START);
      await expect(denied).rejects.toThrow('denied');
    });
  });
});
