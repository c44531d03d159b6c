import type { ServerSettings, ServerWish } from '../../domain/watching/server';
import { formatDuration } from '../duration';
import { explain } from './explain';
import { DEFAULT_TEMPLATE, settingsOf } from './resolve-servers';
import { server as serverSchema } from './server-schema';
import { checkServers } from './server-references';

export type CommandSettings =
  | { readonly ok: true; readonly settings: ServerSettings }
  /** Sentences for the person who gave the command. */
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * A server's settings from a command: the same rules as in the configuration file, in the same words.
 *
 * @param before its settings so far, which hold where the command says nothing; `null`: it is new
 */
export function settingsFromCommand(
  wish: ServerWish,
  before: ServerSettings | null,
): CommandSettings {
  const entry = {
    id: wish.id,
    ...optional('name', wish.name ?? before?.name),
    ...optional('probe', wish.probe ?? before?.probe),
    ...optional('address', wish.address ?? (before === null ? null : written(before))),
    ...(wish.intervalMs !== null && { interval: formatDuration(wish.intervalMs) }),
    ...(wish.template !== null && {
      channels: [{ channel: wish.channelId ?? wish.id, template: wish.template }],
    }),
  };
  const parsed = serverSchema.safeParse(entry);
  const findings = [
    ...checkServers([entry], []),
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, [entry], [0]))),
  ];
  if (wish.probe === 'rcon') {
    const reason =
      'RCON needs a password, which must not stand in Discord: define this server in the configuration file';
    return { ok: false, reasons: [reason] };
  }
  if (!parsed.success || findings.length > 0) {
    return {
      ok: false,
      reasons: findings.map(({ path, message }) => [path.slice(1).join('.'), message].join(' ')),
    };
  }
  const fresh = settingsOf(parsed.data);
  const moved = before === null || fresh.address !== before.address;
  return {
    ok: true,
    settings: {
      ...fresh,
      ...(before !== null && {
        timeoutMs: before.timeoutMs,
        thresholds: before.thresholds,
        allowInternal: before.allowInternal,
        maintenance: before.maintenance,
        expectStatus: before.expectStatus,
      }),
      intervalMs: wish.intervalMs ?? before?.intervalMs ?? fresh.intervalMs,
      host: moved ? fresh.host : before.host,
      isPublic: wish.isPublic ?? before?.isPublic ?? fresh.isPublic,
      channels: channelsOf(wish, before),
    },
  };
}

/** A command names one channel: it takes the place of the first one. */
function channelsOf(
  { channelId, template }: ServerWish,
  before: ServerSettings | null,
): ServerSettings['channels'] {
  const [first, ...others] = before?.channels ?? [];
  const shown = channelId ?? first?.channelId;
  if (shown === undefined) return [];
  return [
    {
      channelId: shown,
      template: template ?? first?.template ?? DEFAULT_TEMPLATE,
      onManualRename: first?.onManualRename ?? 'respect',
    },
    ...others.filter((other) => other.channelId !== shown),
  ];
}

/** The address as people write it. */
function written({ address, port, probe }: ServerSettings): string {
  if (port === null || probe === 'http') return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function optional(
  key: 'name' | 'probe' | 'address',
  value: string | null | undefined,
): Readonly<Record<string, string>> {
  return value === null || value === undefined ? {} : { [key]: value };
}
