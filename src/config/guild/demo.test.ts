import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  configurationHash,
  formatProblems,
  type GuildConfiguration,
  guildConfigurationSchema,
  parseGuildConfiguration,
  resolve,
} from '.';
import { guildConfigurationFileSchema } from './file-schema';
import { directory } from './sample-directory';

const root = join(__dirname, '../../..');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function demoGuilds(): readonly GuildConfiguration[] {
  const reading = parseGuildConfiguration(
    readFileSync(join(root, 'sandbox/demo/castellan.yaml'), 'utf8'),
  );
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  const resolution = resolve(reading.configuration, directory, reading.locate);
  if (!resolution.ok) throw new Error(formatProblems(resolution.problems));
  return resolution.configurations;
}

describe('the demo file', () => {
  it('parses and resolves against the demo guild', () => {
    const [guild, ...others] = demoGuilds();
    expect(others).toEqual([]);
    expect(guild).toMatchObject({
      guildId: '100',
      guildName: 'Kestrel Keep',
      adminRoleIds: ['201', '202'],
      teams: {
        helpers: {
          id: 'helpers',
          name: 'Helpers',
          memberRoleIds: ['204'],
          seniorTeamId: 'seniors',
        },
        seniors: {
          id: 'seniors',
          name: 'Seniors',
          memberRoleIds: ['203', '202'],
          seniorTeamId: null,
        },
      },
      limits: { mostOpen: 3, cooldownMs: 30_000, mostPerDay: 10 },
      deskLogChannelId: '303',
      sources: [
        {
          ...{ id: 'plugins', origin: { provider: 'github' }, staffChannelId: '303' },
          routes: [
            { channelId: '306', filter: { events: ['release'] }, quietHours: null },
            { channelId: '306', digestMs: 60_000, quietHours: null },
          ],
        },
      ],
      panels: [{ id: 'main', categoryIds: ['support', 'appeal', 'billing'], style: 'buttons' }],
      registration: {
        code: 'letters',
        mostAttempts: 5,
        editions: ['java', 'bedrock'],
        roleId: '205',
        fallbackChannelId: '306',
        logChannelId: '303',
        whitelist: ['survival'],
      },
      games: [{ serverId: 'survival', adapter: 'plugin' }],
    });
    expect(guild?.categories).toMatchObject([
      {
        id: 'support',
        teamId: 'helpers',
        parentChannelId: '301',
        limits: { mostOpen: 3, cooldownMs: 30_000, mostPerDay: 10 },
        inactivity: { warnAfterMs: 48 * HOUR, closeAfterMs: 72 * HOUR },
        reopenWindowMs: 7 * DAY,
      },
      {
        id: 'appeal',
        teamId: 'seniors',
        limits: { mostOpen: 1, cooldownMs: 30_000, mostPerDay: 1 },
        inactivity: { warnAfterMs: 5 * DAY, closeAfterMs: 7 * DAY },
        reopenWindowMs: 14 * DAY,
      },
      { id: 'billing', teamId: 'helpers' },
    ]);
    expect(guild?.categories[0]?.form).toEqual([
      {
        id: 'subject',
        label: 'What is it about?',
        description: null,
        style: 'short',
        required: true,
        placeholder: null,
        minLength: null,
        maxLength: 100,
      },
      {
        id: 'details',
        label: 'Tell us more',
        description: 'What did you do, what did you expect, what happened instead?',
        style: 'paragraph',
        required: false,
        placeholder: null,
        minLength: null,
        maxLength: 1500,
      },
    ]);
  });

  it('comes back the same from where it is stored', () => {
    const [guild] = demoGuilds();
    const stored: unknown = JSON.parse(JSON.stringify(guild));
    expect(guildConfigurationSchema.parse(stored)).toEqual(guild);
  });
});

describe('the documentation', () => {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text ?? '');

  it('has examples that are valid', () => {
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      const reading = parseGuildConfiguration(example);
      expect(reading.ok ? '' : formatProblems(reading.problems)).toBe('');
    }
  });

  it('explains every key', () => {
    const keys = new Set<string>();
    z.toJSONSchema(guildConfigurationFileSchema, {
      unrepresentable: 'any',
      io: 'input',
      override: ({ jsonSchema }) => {
        for (const key of Object.keys(jsonSchema.properties ?? {})) keys.add(key);
      },
    });
    keys.delete('guilds');
    expect(keys.size).toBeGreaterThan(30);
    expect([...keys].filter((key) => !page.includes(`| \`${key}\``))).toEqual([]);
  });
});

describe('configurationHash', () => {
  it('is the same whatever the order of keys, and another when something changes', () => {
    const [guild = {}] = demoGuilds();
    const hash = configurationHash(guild);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(configurationHash(Object.fromEntries(Object.entries(guild).reverse()))).toBe(hash);
    expect(configurationHash({ ...guild, guildName: 'Other' })).not.toBe(hash);
    expect(configurationHash({ a: [1, { b: 1, c: null }], d: undefined })).toBe(
      configurationHash({ a: [1, { c: null, b: 1 }] }),
    );
    expect(configurationHash({ a: [1, 2] })).not.toBe(configurationHash({ a: [2, 1] }));
  });
});
