/** What starts a round of checks. The schedule and the tests import this file and nothing else of the workflow. */

export const WATCH_SERVERS_WORKFLOW = 'watchServersWorkflow';

/** The Schedule that starts the rounds; also the beginning of their workflow ids. */
export const WATCH_SERVERS_SCHEDULE = 'watch-servers';
