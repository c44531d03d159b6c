import { describe, expect, it } from '@jest/globals';
import { registrationSchema, type GuildConfiguration } from '../../config/guild';
import { WATCHING_DEFAULTS } from '../../config/guild/resolved-servers';
import { DatabaseUnavailable } from '../../db/connection';
import { createConfiguredServers } from './configured-servers';

const REGISTRATION = registrationSchema.parse({
  ...{ timeoutMs: 600_000, code: 'letters', mostAttempts: 5, lockMs: 3_600_000, mostCodes: 3 },
  ...{ mostAccounts: 3, editions: ['java', 'bedrock'], bedrockPrefix: '*', roleId: null },
  ...{ nickname: false, fallbackChannelId: null, logChannelId: null, whitelist: [] },
  ...{ onLeave: 'keep', onBan: 'keep' },
});
const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const KEYS = { GAME_SECRET_ONE: one, GAME_SECRET_TWO: two };

const guild = (
  guildId: string,
  slug: string | null,
  plugins: Readonly<Record<string, readonly string[]>>,
): GuildConfiguration => ({
  ...{ guildId, guildName: 'Anvil', adminRoleIds: [], teams: {}, categories: [], panels: [] },
  ...{ limits: { mostOpen: null, cooldownMs: null, mostPerDay: null }, deskLogChannelId: null },
  ...{ servers: [], sources: [], shownIn: {}, registration: REGISTRATION },
  watching: { ...WATCHING_DEFAULTS, slug },
  games: [
    ...Object.entries(plugins).map(([serverId, secretVariables]) => ({
      serverId,
      adapter: 'plugin' as const,
      secretVariables: [...secretVariables],
    })),
    { serverId: 'log', adapter: 'log', file: '/srv/latest.log' },
  ],
});

function set(configurations: () => Promise<readonly GuildConfiguration[]>) {
  const clock = { now: 0, reads: 0 };
  const servers = createConfiguredServers({
    configurations: () => {
      clock.reads += 1;
      return configurations();
    },
    keys: KEYS,
    now: () => clock.now,
  });
  return { clock, servers };
}

describe('configured game servers', () => {
  const GUILDS = [
    guild('100', 'anvil', { survival: ['GAME_SECRET_ONE', 'GAME_SECRET_TWO'], hub: [] }),
    guild('200', null, { creative: ['GAME_SECRET_TWO', 'GAME_SECRET_GONE'], hub: [] }),
  ];

  it('are known by their ids, with all their keys', async () => {
    const { servers } = set(() => Promise.resolve(GUILDS));
    const survival = { guildId: '100', id: 'survival', keys: [one, two], bedrockPrefix: '*' };
    for (const name of ['survival', '100/survival', 'anvil/survival']) {
      expect(await servers.find(name)).toEqual(survival);
    }
    // Whose variable is not set has one key less.
    expect(await servers.find('creative')).toMatchObject({ guildId: '200', keys: [two] });
  });

  it('that share an id are known only with their guilds', async () => {
    const { servers } = set(() => Promise.resolve(GUILDS));
    expect(await servers.find('hub')).toBeNull();
    expect(await servers.find('anvil/hub')).toMatchObject({ guildId: '100' });
    expect(await servers.find('200/hub')).toMatchObject({ guildId: '200' });
  });

  it('without a plugin are not known, nor is any other name', async () => {
    const { servers } = set(() => Promise.resolve(GUILDS));
    for (const name of ['log', '', '/', 'anvil/', '__proto__', 'anvil/creative', 'constructor']) {
      expect(await servers.find(name)).toBeNull();
    }
  });

  it('are read together, and again after some seconds', async () => {
    let guilds = GUILDS;
    const { servers, clock } = set(() => Promise.resolve(guilds));
    await Promise.all(['survival', 'creative', 'hub'].map((name) => servers.find(name)));
    guilds = [];
    clock.now += 5_000;
    expect(await servers.find('survival')).not.toBeNull();
    expect(clock.reads).toBe(1);
    clock.now += 1;
    expect(await servers.find('survival')).toBeNull();
    expect(clock.reads).toBe(2);
  });

  it('cannot be found while the records are away, and can again afterwards', async () => {
    let away = true;
    const { servers } = set(() =>
      away ? Promise.reject(new DatabaseUnavailable(new Error())) : Promise.resolve(GUILDS),
    );
    await expect(servers.find('survival')).rejects.toThrow(DatabaseUnavailable);
    away = false;
    expect(await servers.find('survival')).not.toBeNull();
  });
});
