import { heartbeatLimit, readHeartbeat } from '../heartbeat';
import { ill, well, type Examination } from './finding';

/**
 * Whether one of the product's processes on this host lives and does its work, by its sign of life
 * in the data directory: a container's health check.
 */
export function examineService(name: string): Examination {
  return ({ dataDir }) => {
    const beat = readHeartbeat(dataDir, name);
    const seconds = Math.round((beat?.ageMs ?? 0) / 1_000);
    if (!beat) {
      return Promise.resolve([
        ill(`The ${name} does not run on this host.`, `Start it with "castellan ${name}".`),
      ]);
    }
    if (beat.ageMs > heartbeatLimit) {
      return Promise.resolve([
        ill(`The ${name} last gave a sign of life ${seconds} seconds ago.`, 'Restart it.'),
      ]);
    }
    if (!beat.healthy) {
      return Promise.resolve([
        ill(`The ${name} lives, but does not do its work right now.`, 'Its log tells why.'),
      ]);
    }
    return Promise.resolve([well(`The ${name} lives (${seconds} s ago) and does its work`)]);
  };
}
