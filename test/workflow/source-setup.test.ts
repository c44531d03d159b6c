import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { createSourceSetupActivities } from '../../activities/source-setup';
import { createAnnouncementRecorder } from '../../src/db/announcements';
import { createGuildRepository } from '../../src/db/guilds';
import { SAYS_NOTHING, type SourceWish } from '../../src/domain/announcements/wish';
import { tellKeeper } from '../../src/temporal/announcing';
import { createMakeSecret } from '../../src/temporal/source-secret';
import {
  SOURCE_SETUP_WORKFLOW,
  sourceSetupWorkflowId,
  type SourceChange,
} from '../../workflows/source-setup/contract';
import { subscriptionWorkflowId } from '../../workflows/subscription/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO } from '../../sandbox';
import { delivery, source } from '../contracts/announcement-fixtures';
import { timeSkippingEnvironment } from '../parts';
import { SourceHouse } from '../subscriptions/source-house';
import { keepHistory } from './kept-history';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

const MINUTE = 60_000;
const DAY = 86_400_000;
const FEED = 'https://blog.example.com/feed.xml?token=for-friends-only';

describe('a change to the sources of announcements', () => {
  let env: TestWorkflowEnvironment;
  let house: SourceHouse;
  let count = 0;
  const answers: string[] = [];
  const handles: WorkflowHandle[] = [];

  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    const secretKey = randomBytes(32);
    house = await SourceHouse.open(env, ({ deps, knex }) =>
      createSourceSetupActivities({
        ...deps,
        guilds: createGuildRepository(knex),
        makeSecret: createMakeSecret(secretKey),
        publicUrl: 'https://castellan.example.org',
        tellKeeper: (place) => tellKeeper(env.client.workflow, place),
      }),
    );
    await house.discord.driver.watch((entry) => {
      if (entry.kind === 'rest' && entry.method === 'PATCH' && entry.path.startsWith('/webhooks')) {
        answers.push(JSON.stringify(entry.requestBody));
      }
    });
  });

  afterAll(async () => {
    await house.close();
    await env.teardown();
  });

  /** One that skips no time while it waits. */
  const workflows = () => new Client({ connection: env.connection }).workflow;

  const interactionIdOf = (number: number): string => `90000000000000${2_000 + number}`;

  const begun = async (wanted: SourceChange): Promise<WorkflowHandle> => {
    count += 1;
    const interactionId = interactionIdOf(count);
    const handle = await workflows().start(SOURCE_SETUP_WORKFLOW, {
      workflowId: sourceSetupWorkflowId(interactionId),
      taskQueue: TASK_QUEUE,
      args: [
        {
          guildId: DEMO.guild,
          userId: DEMO.people.ada,
          interactionId,
          change: wanted,
          applicationId: house.discord.applicationId,
          sealedToken: house.deps.seal.seal('nobody-listens'),
        },
      ],
    });
    handles.push(handle);
    return handle;
  };

  /** Changes a source as the bot does, and waits for what the person was answered. */
  const change = async (wanted: SourceChange, keep?: string): Promise<string> => {
    const before = answers.length;
    const handle = await begun(wanted);
    await handle.result();
    if (keep !== undefined) await keepHistory(keep, handle);
    return until('the answer', () => Promise.resolve(answers[before]));
  };

  const put = (type: 'add' | 'edit', id: string, more: Partial<SourceWish>): SourceChange => ({
    type,
    id,
    sealedWish: house.deps.seal.seal({ ...SAYS_NOTHING, ...more } satisfies SourceWish),
  });
  const add = (id: string, more: Partial<SourceWish> = {}): SourceChange =>
    put('add', id, {
      provider: 'github',
      channel: { id: DEMO.channels.general, kind: 'text' },
      ...more,
    });
  const secretsOf = async (id: string): Promise<readonly string[]> =>
    ((await house.record(id))?.secrets ?? []).map(({ sealed }) =>
      house.deps.seal.open(sealed, z.string()),
    );
  const keeper = (id: string) =>
    workflows().getHandle(subscriptionWorkflowId({ guildId: DEMO.guild, sourceId: id }));

  it('is refused where it is not right, in words', async () => {
    expect(await change(add('a', { provider: null }))).toContain('provider is missing');
    expect(await change(put('edit', 'a', { language: 'de' }))).toContain('There is no source');
    expect(await change({ type: 'remove', id: 'a' })).toContain('There is no source');
    expect(await change({ type: 'rotate', id: 'a' })).toContain('There is no source');
    const again = { type: 'deliver-again', id: 'a', deliveryId: 'd' } as const;
    expect(await change(again)).toContain('There is no such delivery');
    expect(await house.record('a')).toBeNull();
  });

  it('adds a source with an address and a secret, and begins to keep it', async () => {
    const added = await change(add('b'), 'source-added');
    expect(added).toContain(`https://castellan.example.org/webhooks/github/${DEMO.guild}-b`);
    const [secret = '-', ...others] = await secretsOf('b');
    expect(others).toEqual([]);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(added).toContain(secret);
    expect((await keeper('b').describe()).status.name).toBe('RUNNING');
    expect(await house.record('b')).toMatchObject({
      origin: 'command',
      settings: { staffChannelId: DEMO.channels.deskLog },
    });
    expect(await change(add('b'))).toContain('There is already a source');
    expect(await secretsOf('b')).toEqual([secret]);
  });

  it('makes one secret and shows that one, however often it has to be tried', async () => {
    const fault = await house.discord.driver.faults.add({
      kind: 'status',
      status: 500,
      when: 'before',
      match: { method: 'PATCH', route: '^/webhooks', times: 2 },
    });
    const before = answers.length;
    await (await begun(add('c'))).result();
    await fault.remove();
    expect(answers.length).toBeGreaterThan(before + 1);
    const [secret = '-', ...others] = await secretsOf('c');
    expect(others).toEqual([]);
    expect(answers.at(-1)).toContain(secret);
  });

  it('exchanges a secret; the one before it is valid for a day', async () => {
    const [old = '-'] = await secretsOf('b');
    const rotated = await change({ type: 'rotate', id: 'b' }, 'source-secret-exchanged');
    const [newest = '-', before] = await secretsOf('b');
    expect(before).toBe(old);
    expect(newest).not.toBe(old);
    expect(rotated).toContain(newest);
    expect(rotated).not.toContain(old);
    const [made, earlier] = (await house.record('b'))?.secrets ?? [];
    expect(earlier?.validUntil).toBe((made?.madeAt ?? 0) + DAY);
    expect(made?.validUntil).toBeNull();
  });

  it('writes a secret as Standard Webhooks does where that is what it is for', async () => {
    const added = await change(
      add('standard', { provider: 'generic', authentication: 'standard-webhooks' }),
    );
    expect(added).toMatch(/whsec_[A-Za-z0-9+/]{43}=/);
  });

  it('exchanges no secret that is elsewhere or that nobody enters', async () => {
    const { records } = house.deps;
    await records.applySources(DEMO.guild, 'file', [
      source('of-file', { secretVariables: ['WEBHOOK_SECRET_KEEP'] }),
      source('of-file-too'),
    ]);
    expect(await change({ type: 'rotate', id: 'of-file' })).toContain('WEBHOOK_SECRET_KEEP');
    const given = await change({ type: 'rotate', id: 'of-file-too' });
    const [secret = '-'] = await secretsOf('of-file-too');
    expect(given).toContain(secret);
    await change(add('feed', { provider: 'feed', feed: FEED }));
    expect(await change({ type: 'rotate', id: 'feed' })).toContain('needs no secret');
  });

  it('leaves alone what the configuration file defines', async () => {
    const definition = (await house.record('of-file'))?.settings;
    for (const wanted of [
      add('of-file'),
      put('edit', 'of-file', { language: 'de' }),
      { type: 'remove', id: 'of-file' } as const,
    ]) {
      expect(await change(wanted)).toContain('configuration file');
    }
    expect((await house.record('of-file'))?.settings).toEqual(definition);
  });

  it('changes a source, and removes it with its keeper', async () => {
    expect(await change(put('edit', 'b', { language: 'de', events: 'push' }))).toContain(
      'is changed',
    );
    expect(await house.record('b')).toMatchObject({
      settings: { routes: [{ language: 'de', filter: { events: ['push'] } }] },
    });
    expect(await change(put('edit', 'b', { language: 'de' }))).toContain('is as it was');
    expect(await change({ type: 'remove', id: 'b' })).toContain('is removed');
    expect(await house.record('b')).toBeNull();
    await keeper('b').result();
  });

  it('says what the bot may not do where it is to post', async () => {
    const { EmbedLinks, MentionEveryone } = PermissionFlagsBits;
    await house.deps.discord.channels.editPermissionOverwrite(
      DEMO.channels.general,
      house.discord.applicationId,
      { type: OverwriteType.Member, allow: '0', deny: String(EmbedLinks | MentionEveryone) },
    );
    const warned = await change(add('silenced'));
    expect(warned).toContain(`I cannot post in <#${DEMO.channels.general}> yet`);
    expect(warned).toContain('give my role **Embed Links** there');
    // A role that not everybody may mention is pinged only by who may mention all.
    const pinging = { pingRoleId: DEMO.roles.player, staffChannelId: DEMO.channels.rules };
    expect(await change(put('edit', 'silenced', pinging))).toContain(
      'give my role **Embed Links**, **Mention All Roles** there',
    );
  });

  it('delivers again what is kept, and only that', async () => {
    await change(add('d'));
    const recorder = createAnnouncementRecorder(house.knex);
    for (const [id, storageKey] of [
      ['kept', 'deliveries/x'],
      ['gone', null],
    ] as const) {
      const came = { guildId: DEMO.guild, sourceId: 'd', receivedAt: house.now() };
      await recorder.plan(delivery(id, { ...came, storageKey }), [], house.now());
    }
    const again = (deliveryId: string) =>
      change({ type: 'deliver-again', id: 'd', deliveryId } as const);
    expect(await again('gone')).toContain('kept no longer');
    expect(await again('kept')).toContain('is delivered again');
    expect(house.deliveriesOf('d')).toMatchObject([
      { deliveryId: 'kept', storageKey: 'deliveries/x', again: interactionIdOf(count) },
    ]);
  });

  it('tells the person when it was not possible in time', async () => {
    const fault = await house.discord.driver.faults.add({
      kind: 'status',
      status: 500,
      match: { method: 'PATCH', route: '^/webhooks', body: '^(?!.*Reference:)' },
    });
    const handle = await begun(add('e'));
    await house.sleep(6 * MINUTE);
    await expect(handle.result()).rejects.toThrow();
    await fault.remove();
    await keepHistory('source-setup-in-vain', handle);
    expect(answers.at(-1)).toContain(`Reference: \`${handle.workflowId}\``);
  });

  it('leaves no secret and no address of a feed in any history', async () => {
    const shown = (await Promise.all(['c', 'd', 'standard'].map(secretsOf))).flat();
    expect(shown.length).toBeGreaterThanOrEqual(3);
    const histories = await Promise.all(handles.map((handle) => handle.fetchHistory()));
    const all = histories.map(textsOf).join('\n');
    expect(all).toContain('"type":"rotate"');
    expect(all).not.toContain('for-friends-only');
    for (const secret of shown) expect(all).not.toContain(secret);
  });
});

/** All that stands in a history, what is in its payloads too. */
function textsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n');
}
