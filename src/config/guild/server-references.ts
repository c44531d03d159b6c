import type { ProbeKind } from '../../domain/watching/check';
import { PROBE_KINDS } from '../../domain/watching/check';
import { maintenanceProblem } from '../../domain/watching/maintenance';
import { recurrenceProblem } from '../../domain/watching/recurrence';
import { asPhrase } from './as-phrase';
import { keysOf, listOf, textOf, timeOf, uniqueIds } from './as-written';
import type { Finding, Path } from './problem';
import { formatPath, quoted } from './problem';
import { isWebAddress, parseServerAddress } from './server-address';
import { unknownTeam } from './unknown-team';
import { isTimeZone, zonedTime } from './zoned-time';

/** What the values of game servers must be like together; it reads the data as it was written. */

/** The probe of an entry, with the default; undefined when there is no such probe. */
function probeOf(value: unknown): ProbeKind | undefined {
  return value === undefined ? 'java' : PROBE_KINDS.find((kind) => kind === value);
}

function checkAddress(address: string, probe: ProbeKind): string | undefined {
  if (address.trim() === '') return undefined;
  if (probe === 'http') {
    return isWebAddress(address)
      ? undefined
      : 'must be an address of the web without name and password, such as https://map.example.net/health';
  }
  const parsed = parseServerAddress(address);
  if (parsed === undefined) {
    return 'must be a host with or without a port, such as play.example.net or 203.0.113.7:25565';
  }
  if (probe === 'tcp' && parsed.port === null) {
    return `needs a port, such as ${address.trim()}:25565; only Minecraft's own protocols have one that is usual`;
  }
  return undefined;
}

function checkServer(value: unknown, path: Path): Finding[] {
  const entry = keysOf(value);
  const probe = probeOf(entry['probe']);
  const findings: Finding[] = [];
  const find = (key: string, message: string): void => {
    findings.push({ path: [...path, key], message });
  };
  const address = textOf(entry['address']);
  if (address !== undefined && probe !== undefined) {
    const message = checkAddress(address, probe);
    if (message !== undefined) find('address', message);
  }
  const [interval, timeout] = [
    timeOf(entry['interval'] ?? '30s'),
    timeOf(entry['timeout'] ?? '3s'),
  ];
  if (interval !== undefined && timeout !== undefined && timeout >= interval) {
    find('timeout', `must be shorter than the interval (${textOf(entry['interval']) ?? '30s'})`);
  }
  if (probe === 'rcon' && !Object.hasOwn(entry, 'rcon')) {
    find('rcon', 'is missing; such as { command: list, password_env: RCON_PASSWORD_SURVIVAL }');
  }
  if (probe !== undefined && probe !== 'rcon' && Object.hasOwn(entry, 'rcon')) {
    find('rcon', `has no effect with probe: ${probe}; remove it, or write probe: rcon`);
  }
  if (probe !== undefined && probe !== 'http' && Object.hasOwn(entry, 'expect_status')) {
    find('expect_status', `has no effect with probe: ${probe}; remove it, or write probe: http`);
  }
  return [...findings, ...checkMaintenance(entry['maintenance'], [...path, 'maintenance'])];
}

/** What is written as a date can still be none, and a rule may name days that never come. */
function checkMaintenance(windows: unknown, path: Path): Finding[] {
  return listOf(windows).flatMap((window, index) => {
    const { starts, time_zone: zone = 'UTC', repeat } = keysOf(window);
    const [text, timeZone, rule] = [textOf(starts), textOf(zone), textOf(repeat)];
    if (text === undefined || !/^\s*\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}\s*$/.test(text)) return [];
    if (timeZone === undefined || !isTimeZone(timeZone)) return [];
    const startsAt = zonedTime(text, timeZone);
    const find = (key: string, message: string): Finding[] => [
      { path: [...path, index, key], message },
    ];
    if (startsAt === undefined) return find('starts', 'there is no such day or time of day');
    if (rule === undefined || recurrenceProblem(rule.trim()) !== null) return [];
    const planned = { id: '', title: '', startsAt, durationMs: 1, rule: rule.trim(), timeZone };
    const problem = maintenanceProblem(planned);
    return problem === null ? [] : find('repeat', asPhrase(problem));
  });
}

/** Findings about a guild's servers. */
export function checkServers(servers: unknown, path: Path): Finding[] {
  return [
    ...uniqueIds(servers, path),
    ...listOf(servers).flatMap((server, index) => checkServer(server, [...path, index])),
  ];
}

/** Findings about how the servers are watched, given the guild's whole entry. */
export function checkWatching(
  value: unknown,
  guild: Readonly<Record<string, unknown>>,
  path: Path,
): Finding[] {
  const entry = keysOf(value);
  const findings: Finding[] = [];
  const teams = Object.keys(keysOf(guild['teams']));
  const senior = textOf(entry['senior']);
  if (senior !== undefined && !teams.includes(senior)) {
    findings.push({ path: [...path, 'senior'], message: unknownTeam(senior, teams) });
  }
  if (Object.hasOwn(entry, 'raise_after') && !Object.hasOwn(entry, 'senior')) {
    const message = 'has no effect without senior: the team to raise an outage to, such as seniors';
    findings.push({ path: [...path, 'raise_after'], message });
  }
  const alerts = textOf(entry['alerts_channel']) ?? textOf(keysOf(guild['desk'])['log_channel']);
  if (alerts === undefined) {
    const silent = ['ping', 'senior', 'remind_after'].filter((key) => Object.hasOwn(entry, key));
    findings.push(
      ...silent.map((key) => ({
        path: [...path, key],
        message: 'has no effect without alerts_channel (or the log_channel of desk)',
      })),
    );
  }
  return findings;
}

/** Findings for status pages that are to have the same address. */
export function checkSlugs(guilds: unknown): Finding[] {
  const first = new Map<string, Path>();
  return listOf(guilds).flatMap((guild, index) => {
    const slug = textOf(keysOf(keysOf(guild)['watching'])['slug']);
    if (slug === undefined) return [];
    const path = ['guilds', index, 'watching', 'slug'];
    const taken = first.get(slug);
    if (taken === undefined) {
      first.set(slug, path);
      return [];
    }
    return [{ path, message: `${quoted(slug)} is already ${formatPath(taken)}` }];
  });
}
