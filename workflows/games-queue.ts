/**
 * The task queue of activities that listen on game servers for minutes: they would take the places of those that
 * are done in a moment. The same worker program serves it, by a worker of its own with many places.
 */
export const GAMES_TASK_QUEUE = 'castellan-games';
