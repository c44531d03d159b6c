import type { ScheduleClient } from '@temporalio/client';
import type { DiscordEnvironment } from '../src/config/environment';
import type { GuildRepository } from '../src/db/guilds';
import type { WatchReader, WatchRecorder } from '../src/db/watching';
import { roundsEvery, runRoundNow, scheduleRounds } from '../src/temporal/rounds';
import type { ControlTarget } from '../activities/watching';

/** Discord: what we can reach whenever we have a network. */
export function controlTargetOf({ apiUrl }: DiscordEnvironment): ControlTarget {
  const { hostname, port, protocol } = new URL(apiUrl);
  const usual = protocol === 'http:' ? 80 : 443;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}

/**
 * Brings the schedule of the rounds in step with what is watched: as often as the intervals ask, and not at
 * all when nothing is watched. What is then still to be told is told in a last round.
 */
export async function adjustRounds(
  schedules: ScheduleClient,
  guilds: Pick<GuildRepository, 'all'>,
  records: WatchReader & WatchRecorder,
): Promise<void> {
  const now = Date.now();
  const configured = await guilds.all();
  const servers = await Promise.all(configured.map(({ guildId }) => records.servers(guildId, now)));
  const every = roundsEvery(servers.flat().map(({ server }) => server.intervalMs));
  await scheduleRounds(schedules, every);
  if (every === null && (await records.hasNews())) await runRoundNow(schedules);
}
