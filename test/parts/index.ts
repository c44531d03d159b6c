/** What tests use: the shared parts that jest's set-up started (jest.config.js, setup/). */
export { databaseUrl } from './database';
export { freshNamespace, temporal } from './namespace';
export type { TemporalAddresses } from './temporal-server';
export { timeSkippingEnvironment } from './time-skipping';
export { workflowBundle } from './workflows';
