import { MOST_ATTEMPTS } from '../../domain/registration/code';
import { keysOf, listOf, textOf } from './as-written';
import { GAME_ADAPTERS, type GameAdapter } from './game-schema';
import type { Finding, Path } from './problem';
import { formatPath, listed, quoted } from './problem';
import { parseServerAddress } from './server-address';

/** What registrations and the servers that take part must be like together; it reads the data as it was written. */

type Written = Readonly<Record<string, unknown>>;

const GAME_EXAMPLE = 'game: { adapter: plugin, secret_env: GAME_SECRET_SURVIVAL }';
const RCON_EXAMPLE = 'game: { adapter: rcon, password_env: RCON_PASSWORD_SURVIVAL }';

/** The keys that belong to each adapter; the first one is needed. */
const KEYS: Readonly<Record<GameAdapter, readonly [string, ...string[]]>> = {
  plugin: ['secret_env', 'second_secret_env'],
  rcon: ['password_env', 'address', 'objective'],
  log: ['file'],
};

const NEEDED: Readonly<Record<GameAdapter, string>> = {
  plugin:
    'is missing; such as GAME_SECRET_SURVIVAL, a variable with the secret that the plugin has',
  rcon: 'is missing; such as RCON_PASSWORD_SURVIVAL, a variable with the password of RCON',
  log: 'is missing; such as /srv/minecraft/logs/latest.log',
};

function adapterOf(server: Written): GameAdapter | undefined {
  const { adapter } = keysOf(server['game']);
  return GAME_ADAPTERS.find((known) => known === adapter);
}

/** Whether a code can be typed there: what we reach by RCON needs triggers, which servers of Bedrock have not. */
function takesCodes(server: Written): boolean {
  if (!Object.hasOwn(server, 'game')) return false;
  return !(adapterOf(server) === 'rcon' && server['probe'] === 'bedrock');
}

function checkGame(server: Written, path: Path): Finding[] {
  const entry = keysOf(server['game']);
  const adapter = adapterOf(server);
  if (adapter === undefined) return [];
  const findings: Finding[] = [];
  const find = (key: string, message: string): void => {
    findings.push({ path: [...path, key], message });
  };
  const [needed] = KEYS[adapter];
  const watchedByRcon = adapter === 'rcon' && server['probe'] === 'rcon';
  if (!Object.hasOwn(entry, needed) && !watchedByRcon) find(needed, NEEDED[adapter]);
  for (const other of GAME_ADAPTERS) {
    if (other === adapter) continue;
    for (const key of KEYS[other].filter((name) => Object.hasOwn(entry, name))) {
      find(key, `has no effect with adapter: ${adapter}; remove it, or write adapter: ${other}`);
    }
  }
  if (
    textOf(entry['secret_env']) !== undefined &&
    entry['secret_env'] === entry['second_secret_env']
  ) {
    find(
      'second_secret_env',
      'is the same variable as secret_env; name the other one, or remove it',
    );
  }
  if (adapter === 'rcon') {
    const address = textOf(entry['address']);
    const example = 'such as play.example.net:25575';
    if (address === undefined && server['probe'] === 'http' && !Object.hasOwn(entry, 'address')) {
      find('address', `is missing, because the server is watched as a web page; ${example}`);
    } else if (
      address !== undefined &&
      address.trim() !== '' &&
      parseServerAddress(address) === undefined
    ) {
      find('address', `must be a host with or without a port, ${example}`);
    }
  }
  return findings;
}

/** Findings about how a guild's servers take part in registrations. */
export function checkGames(guild: Written, path: Path): Finding[] {
  return listOf(guild['servers']).flatMap((entry, index) => {
    const server = keysOf(entry);
    if (!Object.hasOwn(server, 'game')) return [];
    const place = [...path, 'servers', index, 'game'];
    const findings = checkGame(server, place);
    if (Object.hasOwn(guild, 'registration')) return findings;
    const message =
      'has no effect without registration: in this guild; such as registration: { role: Player }';
    return [...findings, { path: place, message }];
  });
}

/** Findings about how members register, given the guild's whole entry. */
export function checkRegistration(guild: Written, path: Path): Finding[] {
  if (!Object.hasOwn(guild, 'registration')) return [];
  const entry = keysOf(guild['registration']);
  const place = [...path, 'registration'];
  const servers = listOf(guild['servers']).map(keysOf);
  if (!servers.some(takesCodes)) {
    const message = servers.some((server) => Object.hasOwn(server, 'game'))
      ? `needs a server where a code can be typed, which is impossible by RCON on servers of Bedrock; such as one with ${GAME_EXAMPLE}`
      : `needs a server with game:, or there is no place to type a code; such as ${GAME_EXAMPLE}`;
    return [{ path: place, message }, ...checkWhitelist(entry, servers, place)];
  }
  return [
    ...checkCode(entry, servers, path),
    ...checkEditions(entry, place),
    ...checkWhitelist(entry, servers, place),
  ];
}

function checkCode(entry: Written, servers: readonly Written[], guildPath: Path): Finding[] {
  const { code = 'letters', attempts } = entry;
  const path = [...guildPath, 'registration'];
  const byTrigger = servers.findIndex(
    (server) => adapterOf(server) === 'rcon' && takesCodes(server),
  );
  if (code === 'letters' && byTrigger >= 0) {
    const server = formatPath([...guildPath, 'servers', byTrigger]);
    const message = `must be digits, because ${server} takes codes by RCON, where players can type whole numbers only; write code: digits`;
    return [{ path: [...path, 'code'], message }];
  }
  if (code === 'digits' && typeof attempts === 'number' && attempts > MOST_ATTEMPTS.digits) {
    const message = `must be at most ${MOST_ATTEMPTS.digits} with code: digits, which are easier to guess, not ${attempts}`;
    return [{ path: [...path, 'attempts'], message }];
  }
  return [];
}

function checkEditions(entry: Written, path: Path): Finding[] {
  const { editions = ['java'] } = entry;
  const written = listOf(editions);
  const twice = written.flatMap((edition, index) =>
    typeof edition === 'string' && written.indexOf(edition) < index
      ? [
          {
            path: [...path, 'editions', index],
            message: `${quoted(edition)} is already on this list`,
          },
        ]
      : [],
  );
  if (written.includes('bedrock') || !Object.hasOwn(entry, 'bedrock_prefix')) return twice;
  const message = 'has no effect without bedrock in editions; write editions: [java, bedrock]';
  return [...twice, { path: [...path, 'bedrock_prefix'], message }];
}

function checkWhitelist(entry: Written, servers: readonly Written[], path: Path): Finding[] {
  const seen = new Set<string>();
  const byId = new Map(servers.map((server) => [textOf(server['id']), server]));
  return listOf(entry['whitelist']).flatMap((written, index) => {
    const id = textOf(written);
    if (id === undefined) return [];
    const find = (message: string): Finding[] => [{ path: [...path, 'whitelist', index], message }];
    const server = byId.get(id);
    if (server === undefined) {
      const ids = servers.flatMap((known) => textOf(known['id']) ?? []);
      const known = ids.length === 0 ? 'no servers are written here' : `servers are ${listed(ids)}`;
      return find(`no server ${quoted(id)}; ${known}`);
    }
    if (seen.has(id)) return find(`${quoted(id)} is already on this list`);
    seen.add(id);
    const adapter = adapterOf(server);
    if (adapter === 'plugin' || adapter === 'rcon') return [];
    return find(
      `nothing can change the whitelist of ${quoted(id)}: it needs the adapter plugin or rcon, such as ${RCON_EXAMPLE}`,
    );
  });
}
