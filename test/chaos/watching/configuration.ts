import type { FleetServer } from './fleet';
import { INTERVAL_MS, TIMEOUT_MS } from './plan';

/** Where outages are told. */
export const ALERTS_CHANNEL = 'alerts';
export const PUBLIC_CHANNEL = 'outages';
/** Where the live status message is. */
export const BOARD_CHANNEL = 'server-status';
/** Pinged at an outage's beginning. */
export const PINGED_ROLE = 'Admin';

/** A guild whose servers these are, in YAML (of which JSON is a part). */
export function watchConfiguration(servers: readonly FleetServer[]): string {
  const guild = {
    guild: 'Kestrel Keep',
    roles: { admin: ['Owner'] },
    teams: {
      helpers: { name: 'Helpers', members: ['Moderator'], senior: 'seniors' },
      seniors: { name: 'Seniors', members: ['Senior'] },
    },
    // There is no guild without one.
    categories: [{ id: 'quick', title: 'Quick question', description: 'At once', team: 'helpers' }],
    servers: servers.map(serverEntry),
    watching: {
      alerts_channel: ALERTS_CHANNEL,
      ping: [PINGED_ROLE],
      senior: 'seniors',
      raise_after: '1m',
      remind_after: ['1m', '2m'],
      public_channel: PUBLIC_CHANNEL,
      status_message: BOARD_CHANNEL,
    },
  };
  return JSON.stringify({ guilds: [guild] });
}

function serverEntry({ planned, port }: FleetServer) {
  const { id, name, host, thresholds, channel } = planned;
  return {
    id,
    name,
    host,
    probe: 'java',
    address: `127.0.0.1:${port}`,
    allow_internal: true,
    interval: `${INTERVAL_MS / 1_000}s`,
    timeout: `${TIMEOUT_MS / 1_000}s`,
    thresholds: {
      down_after: thresholds.downAfter,
      up_after: thresholds.upAfter,
      flapping: {
        changes: thresholds.flapChanges,
        within: `${thresholds.flapWithinMs / 1_000}s`,
      },
    },
    ...(channel === null
      ? {}
      : { channels: [{ channel: channel.name, template: channel.template }] }),
  };
}
