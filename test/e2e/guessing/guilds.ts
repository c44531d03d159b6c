import { attemptLimit } from '../../../src/domain/registration/code';
import type { CodeKind } from '../../../src/domain/registration/registration';
import { DEMO, demoSeed } from '../../../sandbox';
import { demoConfiguration } from '../bot-stage/configuration';
import type { Neighbour } from '../bot-stage/stage';
import { gameServer, REGISTRATION } from '../registration/people';

/** A guild whose registrations are guessed at. */
export interface GuessedGuild {
  readonly guildId: string;
  readonly kind: CodeKind;
  /** Wrong codes that lock. */
  readonly limit: number;
}

const NORTH = '1200000000000000100';
const EAST = '1300000000000000100';

export const HOME: GuessedGuild = {
  guildId: DEMO.guild,
  kind: 'letters',
  limit: attemptLimit('letters'),
};

/** One for each kind of code, and one that allows less than the most. All have servers of the same names. */
export const GUILDS: readonly GuessedGuild[] = [
  HOME,
  { guildId: NORTH, kind: 'digits', limit: attemptLimit('digits') },
  { guildId: EAST, kind: 'letters', limit: attemptLimit('letters', 2) },
];

/** Servers of each guild on which players type their codes, all with a plugin. */
export const BUSY_SERVERS = ['survival', 'creative', 'skyblock', 'anarchy', 'lobby'] as const;
/** One whose plugin asks more often than it may. */
export const LOUD_SERVER = 'loud';
export const SERVERS = [...BUSY_SERVERS, LOUD_SERVER] as const;
export type ServerId = (typeof SERVERS)[number];

/** The environment variable that holds a server's secret. */
export const secretVariable = (guildId: string, serverId: ServerId): string =>
  `GAME_SECRET_${guildId}_${serverId.toUpperCase()}`;

export function configurationOf({
  guildId,
  kind,
  limit,
}: GuessedGuild): Neighbour['configuration'] {
  return demoConfiguration({
    guildId,
    deskLogChannelId: null,
    panels: [],
    servers: SERVERS.map((id) => gameServer(id, id)),
    registration: { ...REGISTRATION, code: kind, mostAttempts: limit, mostAccounts: 25 },
    games: SERVERS.map((serverId) => ({
      serverId,
      adapter: 'plugin' as const,
      secretVariables: [secretVariable(guildId, serverId)],
    })),
  });
}

/** A guild with the demo guild's people and one channel. */
export function neighbour(guild: GuessedGuild): Neighbour {
  const [home] = demoSeed().guilds;
  if (home === undefined) throw new Error('The demo has a guild.');
  const id = (number: number): string => guild.guildId.replace(/\d$/, String(number));
  const castellan = home.roles.find((role) => role.id === DEMO.roles.castellan);
  return {
    configuration: configurationOf(guild),
    seed: {
      ...home,
      id: guild.guildId,
      name: `Guild ${guild.guildId}`,
      roles: castellan === undefined ? [] : [{ ...castellan, id: id(1) }],
      channels: [{ id: id(2), name: 'general' }],
      members: home.members.map(({ userId }) => ({
        userId,
        roles: userId === DEMO.bot ? [id(1)] : [],
      })),
    },
  };
}
