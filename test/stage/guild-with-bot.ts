import { DEMO, demoSeed, type WorldSeed } from '../../sandbox';

type GuildSeed = WorldSeed['guilds'][number];

/**
 * The demo guild in which the bot has these permissions and gets none through @everyone.
 *
 * @param more channels besides the demo's
 */
export function guildWithBot(permissions: bigint, more: GuildSeed['channels'] = []): WorldSeed {
  const seed = demoSeed();
  return {
    ...seed,
    guilds: seed.guilds.map((guild) => ({
      ...guild,
      everyone: 0n,
      roles: guild.roles.map((role) => ({
        ...role,
        permissions:
          role.id === DEMO.roles.castellan
            ? permissions
            : (role.permissions ?? 0n) | guild.everyone,
      })),
      channels: [...guild.channels, ...more],
    })),
  };
}
