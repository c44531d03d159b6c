import { attemptLimit } from '../../domain/registration/code';
import type { GameEntry } from './game-schema';
import type { Lookup } from './lookup';
import { milliseconds } from './milliseconds';
import type { Path } from './problem';
import type { RegistrationEntry } from './registration-schema';
import type { GameSettings, RegistrationSettings } from './resolved-registration';
import { parseServerAddress } from './server-address';
import type { ServerEntry } from './server-schema';

const DEFAULT_TIMEOUT = '10m';
const DEFAULT_LOCK = '1h';
const DEFAULT_MOST_CODES = 3;
const DEFAULT_MOST_ACCOUNTS = 3;
const DEFAULT_BEDROCK_PREFIX = '.';
const DEFAULT_OBJECTIVE = 'verify';
const RCON_PORT = 25_575;

/**
 * How members register.
 *
 * @param deskLogChannelId where changes are told when no channel is named for them
 * @returns `null`: nobody can register here
 */
export function registrationOf(
  entry: RegistrationEntry | undefined,
  deskLogChannelId: string | null,
  lookup: Lookup,
  path: Path,
): RegistrationSettings | null {
  if (entry === undefined) return null;
  const code = entry.code ?? 'letters';
  const text = (key: 'fallback_channel' | 'log_channel'): string | null => {
    const written = entry[key];
    return written === undefined ? null : lookup.text(written, [...path, key]);
  };
  return {
    timeoutMs: milliseconds(entry.timeout ?? DEFAULT_TIMEOUT),
    code,
    mostAttempts: attemptLimit(code, entry.attempts),
    lockMs: milliseconds(entry.lock ?? DEFAULT_LOCK),
    mostCodes: entry.most_codes ?? DEFAULT_MOST_CODES,
    mostAccounts: entry.most_accounts ?? DEFAULT_MOST_ACCOUNTS,
    editions: entry.editions ?? ['java'],
    bedrockPrefix: entry.bedrock_prefix ?? DEFAULT_BEDROCK_PREFIX,
    roleId: entry.role === undefined ? null : lookup.given(entry.role, [...path, 'role']),
    nickname: entry.nickname ?? false,
    fallbackChannelId: text('fallback_channel'),
    logChannelId: entry.log_channel === undefined ? deskLogChannelId : text('log_channel'),
    onLeave: entry.on_leave ?? 'keep',
    onBan: entry.on_ban ?? 'keep',
    whitelist: entry.whitelist ?? [],
  };
}

/** How the servers take part; those without `game` do not. In: valid entries. */
export function gamesOf(servers: readonly ServerEntry[]): GameSettings[] {
  return servers.flatMap((server) =>
    server.game === undefined ? [] : gameOf(server, server.game),
  );
}

function gameOf(server: ServerEntry, entry: GameEntry): GameSettings {
  const serverId = server.id;
  switch (entry.adapter) {
    case 'plugin': {
      const { secret_env: first, second_secret_env: second } = entry;
      return {
        serverId,
        adapter: 'plugin',
        secretVariables: [first, second].filter((name) => name !== undefined),
      };
    }
    case 'rcon':
      return {
        serverId,
        adapter: 'rcon',
        ...rconAddress(server, entry),
        allowInternal: server.allow_internal ?? false,
        passwordVariable: entry.password_env ?? server.rcon?.password_env ?? '',
        objective: entry.objective ?? DEFAULT_OBJECTIVE,
      };
    case 'log':
      return { serverId, adapter: 'log', file: entry.file ?? '' };
  }
}

/** A server that is watched by RCON is spoken to where it is asked; of another one only the host is known. */
function rconAddress(
  { address, probe }: ServerEntry,
  entry: GameEntry,
): { readonly host: string; readonly port: number } {
  const own = parseServerAddress(address);
  const wanted =
    entry.address === undefined
      ? { host: own?.host ?? '', port: probe === 'rcon' ? (own?.port ?? null) : null }
      : parseServerAddress(entry.address);
  return { host: wanted?.host ?? '', port: wanted?.port ?? RCON_PORT };
}
