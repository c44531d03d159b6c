import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { maintenanceAt, nextMaintenance } from '../../src/domain/watching/maintenance';
import type { WatchedServer } from '../../src/domain/watching/server';
import { startOptions } from '../../src/temporal/starting';
import {
  MAINTENANCE_WORKFLOW,
  maintenanceEndedSignal,
  maintenanceWorkflowId,
  type MaintenanceInput,
} from '../../workflows/maintenance/contract';
import type { WatchingDependencies } from './dependencies';

const MINUTE = 60_000;
/** Users read of it so long before. */
const AHEAD_MS = 60 * MINUTE;
/** Rules of calendars are not free: a server's are looked at so often, which is early enough. */
const LOOK_EVERY_MS = MINUTE;

/** Starts the announcements of maintenance that comes or is on; each once, however often it is asked. */
export class MaintenancePlan {
  private readonly looked = new Map<number, { readonly at: number; readonly windows: string }>();

  constructor(private readonly deps: WatchingDependencies) {}

  /** What cannot be started now is, as long as it matters, with a later round. */
  async announce(
    servers: readonly WatchedServer[],
    guilds: readonly GuildConfiguration[],
    now: number,
  ): Promise<void> {
    const told = new Set(
      guilds.flatMap(({ guildId, watching }) =>
        watching.publicChannelId === null ? [] : [guildId],
      ),
    );
    for (const server of servers) {
      if (server.maintenance.length === 0 || !server.isPublic || !told.has(server.guildId))
        continue;
      const windows = server.maintenance.map(({ id }) => id).join();
      const last = this.looked.get(server.key);
      if (last?.windows === windows && now - last.at < LOOK_EVERY_MS && now >= last.at) continue;
      try {
        for (const input of near(server, now)) await this.start(input);
        this.looked.set(server.key, { at: now, windows });
      } catch (error) {
        this.deps.log.warn({ err: error, server: server.key }, 'maintenance is not announced yet');
      }
    }
  }

  private async start(input: MaintenanceInput): Promise<void> {
    try {
      const work = {
        workflowId: maintenanceWorkflowId(input),
        kind: 'maintenance',
        summary: 'Announcement of planned maintenance',
        input,
      };
      await this.deps.workflows.start(MAINTENANCE_WORKFLOW, startOptions(work, 'REJECT_DUPLICATE'));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}

/** Tells the announcement of a window, if there is one now, that it was ended before its time. */
export async function tellMaintenanceEnded(
  { workflows, log }: WatchingDependencies,
  server: WatchedServer,
  windowId: string,
  now: number,
): Promise<void> {
  const maintenance = server.maintenance.filter(({ id }) => id === windowId);
  for (const input of near({ ...server, maintenance }, now)) {
    try {
      await workflows.getHandle(maintenanceWorkflowId(input)).signal(maintenanceEndedSignal);
    } catch (error) {
      log.debug({ err: error }, 'no announcement of this maintenance is under way');
    }
  }
}

/** The maintenance that is on, and the next one if it is not far. */
function near(server: WatchedServer, now: number): MaintenanceInput[] {
  const { maintenance: windows } = server;
  const next = nextMaintenance(windows, now);
  const times = [
    maintenanceAt(windows, now),
    next !== null && next.from - now <= AHEAD_MS ? next : null,
  ];
  return times.flatMap((time) =>
    time === null
      ? []
      : [
          {
            guildId: server.guildId,
            serverKey: server.key,
            serverId: server.id,
            windowId: time.window.id,
            from: time.from,
            to: time.to,
          },
        ],
  );
}
