/** Everything that the worker bundles. */
export { panelWorkflow } from './panel/workflow';
export { ticketWorkflow } from './ticket/workflow';
