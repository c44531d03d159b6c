/** Everything that the worker bundles. */
export { accountWorkflow } from './account/workflow';
export { announcementWorkflow } from './announcement/workflow';
export { channelNameWorkflow } from './channel-name/workflow';
export { incidentWorkflow } from './incident/workflow';
export { maintenanceWorkflow } from './maintenance/workflow';
export { mirrorReviewWorkflow } from './mirror/review-workflow';
export { mirrorSetupWorkflow } from './mirror-setup/workflow';
export { mirrorWorkflow } from './mirror/workflow';
export { panelWorkflow } from './panel/workflow';
export { registrationWorkflow } from './registration/workflow';
export { serverSetupWorkflow } from './server-setup/workflow';
export { sourceSetupWorkflow } from './source-setup/workflow';
export { subscriptionWorkflow } from './subscription/workflow';
export { ticketWorkflow } from './ticket/workflow';
export { watchServersWorkflow } from './watch-servers/workflow';
export { whitelistCheckWorkflow } from './whitelist/check-workflow';
export { whitelistWorkflow } from './whitelist/workflow';
