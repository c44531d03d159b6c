/** Everything that the worker bundles. */
export { channelNameWorkflow } from './channel-name/workflow';
export { incidentWorkflow } from './incident/workflow';
export { maintenanceWorkflow } from './maintenance/workflow';
export { panelWorkflow } from './panel/workflow';
export { serverSetupWorkflow } from './server-setup/workflow';
export { ticketWorkflow } from './ticket/workflow';
export { watchServersWorkflow } from './watch-servers/workflow';
