import type { ChannelNameActivities } from '../../workflows/channel-name/activities';
import type { IncidentActivities } from '../../workflows/incident/activities';
import type { ServerSetupActivities } from '../../workflows/server-setup/activities';
import type { WatchServersActivities } from '../../workflows/watch-servers/activities';
import type { MaintenanceActivities } from '../../workflows/maintenance/activities';
import { attempt } from '../attempt';
import { announceMaintenance } from './announce-maintenance';
import { changeServer, tellSetupFailed } from './change-server';
import { checkServers } from './check-servers';
import type { WatchingDependencies } from './dependencies';
import { MaintenancePlan } from './plan-maintenance';
import { planRound } from './plan-round';
import { renameChannel } from './rename-channel';
import { showIncident } from './show-incident';
import { StatusBoard } from './status-board';
import { tellNews } from './tell-news';

export {
  WATCHING_LIMITS,
  type ControlTarget,
  type WatchingDependencies,
  type WatchingLimits,
} from './dependencies';

type WatchingActivities = WatchServersActivities &
  IncidentActivities &
  ChannelNameActivities &
  MaintenanceActivities &
  ServerSetupActivities;

/** The activities of watching game servers over real parts. */
export function createWatchingActivities(deps: WatchingDependencies): WatchingActivities {
  const { log } = deps;
  const board = new StatusBoard(deps);
  const plan = new MaintenancePlan(deps);
  return {
    planRound: () => attempt(log, () => planRound(deps, board)),
    checkServers: (batch) => attempt(log, (run) => checkServers(deps, batch, plan, run)),
    announceMaintenance: (request) =>
      attempt(log, (run) => announceMaintenance(deps, request, run)),
    tellNews: () => attempt(log, (run) => tellNews(deps, run)),
    showStatus: () => attempt(log, (run) => board.show(run)),
    showIncident: (change) => attempt(log, (run) => showIncident(deps, change, run)),
    renameChannel: (request) => attempt(log, (run) => renameChannel(deps, request, run)),
    changeServer: (input) => attempt(log, (run) => changeServer(deps, input, run)),
    tellSetupFailed: (input) => attempt(log, (run) => tellSetupFailed(deps, input, run)),
  };
}
