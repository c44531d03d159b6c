import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiscordSnowflake } from '@sapphire/snowflake';
import {
  InteractionContextType,
  InteractionType,
  Locale,
  type APIInteraction,
} from 'discord-api-types/v10';
import { createLogger } from '../../observability/logger';
import { createSeal } from '../../temporal/seal';
import { noted, openInteractionJournal, type InteractionJournal } from './journal';

const log = createLogger({ level: 'silent', name: 'test' });
const key = randomBytes(32);
const NOW = Date.parse('2026-11-23T12:00:00Z');

let dataDir: string;
const journals: InteractionJournal[] = [];

function open(secret = key): InteractionJournal {
  const journal = openInteractionJournal({
    dataDir,
    seal: createSeal(secret),
    now: () => NOW,
    log,
  });
  journals.push(journal);
  return journal;
}

function asked(secondsAgo: number, word = 'hello'): APIInteraction {
  const id = String(DiscordSnowflake.generate({ timestamp: NOW - secondsAgo * 1_000 }));
  return {
    id,
    application_id: '1',
    type: InteractionType.ModalSubmit,
    token: 'a-token',
    version: 1,
    data: { custom_id: word, components: [] },
    user: { id: '3', username: 'ada', discriminator: '0', global_name: null, avatar: null },
    context: InteractionContextType.BotDM,
    app_permissions: '0',
    locale: Locale.EnglishGB,
    entitlements: [],
    authorizing_integration_owners: {},
    attachment_size_limit: 10_485_760,
  };
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'castellan-journal-'));
});

afterEach(async () => {
  for (const journal of journals.splice(0)) journal.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the journal of interactions', () => {
  it('gives the next process what was not answered, once', () => {
    const [answered, left] = [asked(20), asked(10)];
    const first = open();
    first.begin(answered)();
    first.begin(left);
    const next = open();
    expect(next.takeLeftovers()).toEqual([left]);
    expect(next.takeLeftovers()).toEqual([]);
  });

  it('gives it to the one after that, too, when the next process dies before it answered', () => {
    const left = asked(10);
    open().begin(left);
    open().takeLeftovers();
    expect(open().takeLeftovers()).toEqual([left]);
  });

  it('knows what was answered, also by an earlier process, and passes it over', async () => {
    const again = asked(10);
    open().begin(again)();
    const next = open();
    expect([next.answered(again.id), next.answered('1')]).toEqual([true, false]);
    const handled: string[] = [];
    const dispatch = noted(next, ({ id }) => Promise.resolve(void handled.push(id)));
    const other = asked(9);
    await Promise.all([dispatch(again), dispatch(other)]);
    expect(handled).toEqual([other.id]);
  });

  it('does not give out what Discord has told again', () => {
    const left = asked(10);
    open().begin(left);
    const next = open();
    next.begin(left)();
    expect(next.takeLeftovers()).toEqual([]);
    expect(open().takeLeftovers()).toEqual([]);
  });

  it('forgets what can no longer be answered', () => {
    open().begin(asked(15 * 60));
    expect(open().takeLeftovers()).toEqual([]);
  });

  it('reads over a line that a kill cut off, and over what another key sealed', async () => {
    open(randomBytes(32)).begin(asked(12));
    const left = asked(10);
    open().begin(left);
    await appendFile(join(dataDir, 'interactions.ndjson'), '{"begun":"12');
    expect(open().takeLeftovers()).toEqual([left]);
  });

  it('holds no word and no token that can be read, and is for its owner alone', async () => {
    open().begin(asked(10, 'a secret word'));
    const path = join(dataDir, 'interactions.ndjson');
    const text = await readFile(path, 'utf8');
    expect(text).not.toMatch(/secret|a-token/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is emptied when it has grown and nothing is under way', async () => {
    const journal = open();
    for (let index = 0; index < 40; index += 1) {
      journal.begin(asked(index / 10, randomBytes(5_000).toString('hex')))();
    }
    expect((await stat(join(dataDir, 'interactions.ndjson'))).size).toBeLessThan(300_000);
    const last = asked(1);
    journal.begin(last)();
    expect(open().answered(last.id)).toBe(true);
  });

  it('does without a file where none can be written', async () => {
    await appendFile(join(dataDir, 'a-file'), '');
    const journal = openInteractionJournal({
      dataDir: join(dataDir, 'a-file'),
      seal: createSeal(key),
      now: () => NOW,
      log,
    });
    journal.begin(asked(1))();
    expect(journal.takeLeftovers()).toEqual([]);
  });
});
