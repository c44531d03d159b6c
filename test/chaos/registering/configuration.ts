import { OBJECTIVE } from './rcon-game';

/** The servers' ids, which are on the whitelists of both. */
export const PLUGIN_SERVER = 'survival';
export const RCON_SERVER = 'vanilla';
/** The variables that hold the plugin's secret and the password of RCON. */
export const SECRET_VARIABLE = 'GAME_SECRET_SURVIVAL';
export const PASSWORD_VARIABLE = 'RCON_PASSWORD_VANILLA';

/** How many wrong codes lock a name. */
export const ATTEMPTS = 3;

/** A guild with a server that has a plugin and one that has none, in YAML (of which JSON is a part). */
export function registerConfiguration(rconPort: number, timeoutMs: number): string {
  const address = `127.0.0.1:${rconPort}`;
  const watched = { probe: 'tcp', address, allow_internal: true, interval: '10s', timeout: '1s' };
  const guild = {
    guild: 'Kestrel Keep',
    roles: { admin: ['Owner'] },
    teams: { helpers: { name: 'Helpers', members: ['Moderator'] } },
    // There is no guild without one.
    categories: [{ id: 'quick', title: 'Quick question', description: 'At once', team: 'helpers' }],
    servers: [
      {
        ...{ ...watched, id: RCON_SERVER, name: 'Vanilla' },
        // It comes and goes all the time: each outage is one.
        thresholds: { down_after: 2, up_after: 1, flapping: { changes: 100, within: '1h' } },
        game: { adapter: 'rcon', address, password_env: PASSWORD_VARIABLE, objective: OBJECTIVE },
      },
      {
        // Nobody needs to look at this one: its plugin comes by itself.
        ...{ ...watched, interval: '1d', id: PLUGIN_SERVER, name: 'Survival' },
        game: { adapter: 'plugin', secret_env: SECRET_VARIABLE },
      },
    ],
    registration: {
      timeout: `${timeoutMs / 1_000}s`,
      code: 'digits',
      attempts: ATTEMPTS,
      most_codes: 10,
      most_accounts: 3,
      role: 'Player',
      fallback_channel: 'general',
      log_channel: 'desk-log',
      on_leave: 'unlink',
      on_ban: 'unlink',
      whitelist: [PLUGIN_SERVER, RCON_SERVER],
    },
  };
  return JSON.stringify({ guilds: [guild] });
}
